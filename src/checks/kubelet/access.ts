import { cis } from '../cis.ts';
import { booleanAt, numberAt, stringAt } from '../fields.ts';
import { kubeletConfigMap, kubeletFieldCheck } from './configuration.ts';

const AUTHENTICATION = 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/';

/** Unset means false in a configuration file (defaults of kubelet.config.k8s.io/v1beta1), other than on the command line. */
export const kubeletAnonymousAuth = kubeletFieldCheck(
  {
    id: 'kubelet-anonymous-auth',
    severity: 'Critical',
    title: 'Kubelet answers requests without credentials',
    why: 'Unless its authorization stops them, whoever reaches the node runs commands in every container.',
    fix: 'Set authentication.anonymous.enabled: false.',
    references: {
      cis: cis('4.2.1'),
      nsa: ['Authentication and authorization'],
      trivy: ['KCV-0079'],
      kubescape: ['C-0172', 'C-0069'],
      checkov: ['CKV_K8S_138'],
      urls: [AUTHENTICATION],
    },
    example: {
      before: kubeletConfigMap('authentication:', '  anonymous:', '    enabled: true'),
      after: kubeletConfigMap('authentication:', '  anonymous:', '    enabled: false'),
    },
  },
  'authentication.anonymous.enabled',
  (config) =>
    booleanAt(config, 'authentication.anonymous.enabled') === true
      ? 'requests without credentials are let in'
      : undefined,
);

/** Unset means Webhook. */
export const kubeletAuthorizationAlwaysAllow = kubeletFieldCheck(
  {
    id: 'kubelet-authorization-always-allow',
    severity: 'Critical',
    title: 'Kubelet allows everything to everybody it knows',
    why: 'Any credential, such as the token of any pod, is enough to run commands in every container of the node.',
    fix: 'Set authorization.mode: Webhook.',
    references: {
      cis: cis('4.2.2'),
      nsa: ['Authentication and authorization'],
      trivy: ['KCV-0080'],
      kubescape: ['C-0173'],
      checkov: ['CKV_K8S_139'],
      urls: [AUTHENTICATION],
    },
    example: {
      before: kubeletConfigMap('authorization:', '  mode: AlwaysAllow'),
      after: kubeletConfigMap('authorization:', '  mode: Webhook'),
    },
  },
  'authorization.mode',
  (config) =>
    stringAt(config, 'authorization.mode') === 'AlwaysAllow' ? 'authorization.mode is AlwaysAllow' : undefined,
);

export const kubeletClientCaMissing = kubeletFieldCheck(
  {
    id: 'kubelet-client-ca-missing',
    severity: 'High',
    title: 'Kubelet trusts no authority for the certificates of its clients',
    why: 'The API server cannot authenticate by its certificate, so that weaker ways must stay open.',
    fix: 'Set authentication.x509.clientCAFile to the authority of the cluster.',
    references: {
      cis: cis('4.2.3'),
      nsa: ['Authentication and authorization'],
      trivy: ['KCV-0081'],
      kubescape: ['C-0174', 'C-0070'],
      checkov: ['CKV_K8S_140'],
      urls: [AUTHENTICATION],
    },
    example: {
      before: kubeletConfigMap('authentication: {}'),
      after: kubeletConfigMap('authentication:', '  x509:', '    clientCAFile: /etc/kubernetes/pki/ca.crt'),
    },
  },
  'authentication.x509.clientCAFile',
  (config) =>
    (stringAt(config, 'authentication.x509.clientCAFile') ?? '') === '' ? 'no clientCAFile is set' : undefined,
);

/** Unset means 0: it is off. */
export const kubeletReadOnlyPort = kubeletFieldCheck(
  {
    id: 'kubelet-read-only-port',
    severity: 'High',
    title: 'Kubelet serves its read-only port',
    why: 'It shows the specs of all pods of the node, their environment too, to whoever reaches it.',
    fix: 'Set readOnlyPort: 0, and let monitoring use the authenticated port.',
    references: {
      cis: cis('4.2.4'),
      nsa: ['Worker node'],
      trivy: ['KCV-0082'],
      kubescape: ['C-0175'],
      checkov: ['CKV_K8S_141'],
      urls: [AUTHENTICATION],
    },
    example: { before: kubeletConfigMap('readOnlyPort: 10255'), after: kubeletConfigMap('readOnlyPort: 0') },
  },
  'readOnlyPort',
  (config) => ((numberAt(config, 'readOnlyPort') ?? 0) === 0 ? undefined : 'the read-only port is open'),
);
