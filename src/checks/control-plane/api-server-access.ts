import { cis } from '../cis.ts';
import { apiServerItems, flagCheck, staticPod } from './flag-check.ts';
import { FALSE, rulesOf, SET, TRUE, UNSET } from './flag-rules.ts';

const apiServer = rulesOf('kube-apiserver');
const REFERENCE = 'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/';
const AUTHORIZATION = { absent: 'AlwaysAllow', movedTo: 'authorization-config' };

/** Unset means true. A file of --authentication-config may allow it for some paths only, which is not seen. */
export const apiserverAnonymousAuth = flagCheck(
  {
    id: 'apiserver-anonymous-auth',
    severity: 'Medium',
    title: 'API server answers requests without credentials',
    why: 'Whoever reaches it is let in as system:anonymous, and gets what a careless binding grants to that user.',
    fix:
      'Allow it in a file of --authentication-config for /livez, /readyz and /healthz only, or set --anonymous-auth=false where ' +
      'neither probes nor joining nodes need it.',
    references: {
      cis: apiServerItems(1),
      nsa: ['Authentication and authorization'],
      trivy: ['KCV-0001'],
      kubescape: ['C-0113'],
      checkov: ['CKV_K8S_68'],
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests'],
    },
    example: {
      before: staticPod('kube-apiserver', '--anonymous-auth=true'),
      after: staticPod('kube-apiserver', '--anonymous-auth=false'),
    },
  },
  [apiServer('anonymous-auth', FALSE, { absent: 'true', movedTo: 'authentication-config' })],
);

export const apiserverTokenAuthFile = flagCheck(
  {
    id: 'apiserver-token-auth-file',
    severity: 'High',
    title: 'API server accepts tokens from a file',
    why: 'They stand there in clear text, never expire, and change only when the API server starts anew.',
    fix: 'Remove --token-auth-file and let people authenticate by OpenID Connect, and machines by ServiceAccounts.',
    references: {
      cis: apiServerItems(2),
      nsa: ['Authentication and authorization'],
      trivy: ['KCV-0002'],
      kubescape: ['C-0114'],
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file'],
    },
    example: {
      before: staticPod('kube-apiserver', '--token-auth-file=/etc/kubernetes/tokens.csv'),
      after: staticPod('kube-apiserver'),
    },
  },
  [apiServer('token-auth-file', UNSET)],
);

/** Without any mode and any file the API server allows everything to everybody. */
export const apiserverAuthorizationMode = flagCheck(
  {
    id: 'apiserver-authorization-mode',
    severity: 'Critical',
    title: 'API server does not authorize by Node and RBAC',
    why: 'With AlwaysAllow every request is granted; without Node a kubelet may read what belongs to other nodes.',
    fix: 'Set --authorization-mode=Node,RBAC, to which Webhook may be added.',
    references: {
      cis: apiServerItems(6, 7, 8),
      nsa: ['Authentication and authorization'],
      trivy: ['KCV-0007', 'KCV-0008', 'KCV-0009'],
      kubescape: ['C-0118', 'C-0119', 'C-0120', 'C-0088'],
      checkov: ['CKV_K8S_74'],
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/authorization/'],
    },
    example: {
      before: staticPod('kube-apiserver', '--authorization-mode=AlwaysAllow'),
      after: staticPod('kube-apiserver', '--authorization-mode=Node,RBAC'),
    },
  },
  [
    apiServer('authorization-mode', { op: 'lacks', item: 'AlwaysAllow' }, AUTHORIZATION),
    ...['Node', 'RBAC'].map((item) =>
      apiServer(
        'authorization-mode',
        { op: 'has', item },
        {
          ...AUTHORIZATION,
          severity: 'High',
          // That everything is allowed is the one thing to say then.
          unless: [{ flag: 'authorization-mode', want: { op: 'has', item: 'AlwaysAllow' }, absent: 'AlwaysAllow' }],
        },
      ),
    ),
  ],
);

/** Tokens are looked up by default, but kept valid for a year by default too, for clients that never read them anew. */
export const apiserverServiceAccountKeys = flagCheck(
  {
    id: 'apiserver-service-account-keys',
    severity: 'Medium',
    title: 'Tokens of ServiceAccounts are trusted too readily',
    why: 'A token that was taken from a pod stays of use after the pod, or even the ServiceAccount, is gone.',
    fix:
      'Set --service-account-key-file, leave --service-account-lookup on, and set ' +
      '--service-account-extend-token-expiration=false once no client complains (metric serviceaccount_stale_tokens_total).',
    references: {
      cis: [...apiServerItems(21, 22), ...cis('1.2.30', { since: '1.11' })],
      nsa: ['Protecting Pod service account tokens'],
      trivy: ['KCV-0024', 'KCV-0025'],
      kubescape: ['C-0135', 'C-0136', 'C-0290'],
      urls: [REFERENCE],
    },
    example: {
      before: staticPod('kube-apiserver', '--service-account-lookup=false'),
      after: staticPod(
        'kube-apiserver',
        '--service-account-key-file=/etc/kubernetes/pki/sa.pub',
        '--service-account-extend-token-expiration=false',
      ),
    },
  },
  [
    apiServer('service-account-lookup', TRUE, { absent: 'true' }),
    apiServer('service-account-key-file', SET),
    apiServer('service-account-extend-token-expiration', FALSE, { absent: 'true', severity: 'Low' }),
  ],
);

export const apiserverProfiling = flagCheck(
  {
    id: 'apiserver-profiling',
    severity: 'Low',
    title: 'API server serves profiles of itself',
    why: 'They show its inner workings, and taking one slows it down.',
    fix: 'Set --profiling=false unless somebody is measuring.',
    references: {
      cis: apiServerItems(15),
      trivy: ['KCV-0018'],
      kubescape: ['C-0129'],
      urls: [REFERENCE],
    },
    example: { before: staticPod('kube-apiserver'), after: staticPod('kube-apiserver', '--profiling=false') },
  },
  [apiServer('profiling', FALSE, { absent: 'true' })],
);
