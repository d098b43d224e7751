/** A part of the control plane that is configured by flags. */
export type ComponentName = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd';

/** One running instance of a part of the control plane, and how it was told to run. */
export interface ComponentFacts {
  readonly component: ComponentName;
  /** The node it runs on; empty where that is not known. */
  readonly node: string;
  /** Flags that a check reads, as far as they are set. Booleans are `true` or `false`; lists are joined by commas. */
  readonly flags: Readonly<Record<string, string>>;
}

/** How a flag takes its values: a boolean may stand alone, and of a list every occurrence counts. */
export type FlagSort = 'boolean' | 'text' | 'list';

/** The flags that any check reads; all others may change without anyone caring. */
export const JUDGED_FLAGS: Readonly<Record<ComponentName, Readonly<Record<string, FlagSort>>>> = {
  'kube-apiserver': {
    'anonymous-auth': 'boolean',
    'audit-log-maxage': 'text',
    'audit-log-maxbackup': 'text',
    'audit-log-maxsize': 'text',
    'audit-log-path': 'text',
    'audit-policy-file': 'text',
    'audit-webhook-config-file': 'text',
    'authentication-config': 'text',
    'authorization-config': 'text',
    'authorization-mode': 'list',
    'client-ca-file': 'text',
    'disable-admission-plugins': 'list',
    'enable-admission-plugins': 'list',
    'encryption-provider-config': 'text',
    'etcd-cafile': 'text',
    'etcd-certfile': 'text',
    'etcd-keyfile': 'text',
    'kubelet-certificate-authority': 'text',
    'kubelet-client-certificate': 'text',
    'kubelet-client-key': 'text',
    profiling: 'boolean',
    'service-account-extend-token-expiration': 'boolean',
    'service-account-key-file': 'list',
    'service-account-lookup': 'boolean',
    'tls-cert-file': 'text',
    'tls-cipher-suites': 'list',
    'tls-private-key-file': 'text',
    'token-auth-file': 'text',
  },
  'kube-controller-manager': {
    'bind-address': 'text',
    'feature-gates': 'list',
    profiling: 'boolean',
    'root-ca-file': 'text',
    'secure-port': 'text',
    'service-account-private-key-file': 'text',
    'terminated-pod-gc-threshold': 'text',
    'use-service-account-credentials': 'boolean',
  },
  'kube-scheduler': { 'bind-address': 'text', config: 'text', profiling: 'boolean', 'secure-port': 'text' },
  etcd: {
    'auto-tls': 'boolean',
    'cert-file': 'text',
    'client-cert-auth': 'boolean',
    'config-file': 'text',
    'key-file': 'text',
    'peer-auto-tls': 'boolean',
    'peer-cert-file': 'text',
    'peer-client-cert-auth': 'boolean',
    'peer-key-file': 'text',
    'peer-trusted-ca-file': 'text',
    'trusted-ca-file': 'text',
  },
};

/** Whether a word is the name of a part of the control plane. */
export const isComponentName = (word: string): word is ComponentName => Object.hasOwn(JUDGED_FLAGS, word);
