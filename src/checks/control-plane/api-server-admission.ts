import { apiServerItems, flagCheck, staticPod } from './flag-check.ts';
import { rulesOf } from './flag-rules.ts';

const apiServer = rulesOf('kube-apiserver');
const PLUGINS = 'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/';

/** Plugins that are on unless they are switched off, and that security rests on. */
const ON_BY_DEFAULT = ['NamespaceLifecycle', 'PodSecurity', 'ServiceAccount'];

export const apiserverAlwaysAdmit = flagCheck(
  {
    id: 'apiserver-always-admit',
    severity: 'Critical',
    title: 'API server admits every request',
    why: 'The admission plugin AlwaysAdmit is a relic that says yes to everything.',
    fix: 'Take AlwaysAdmit out of --enable-admission-plugins.',
    references: { cis: apiServerItems(10), trivy: ['KCV-0011'], kubescape: ['C-0122'], urls: [PLUGINS] },
    example: {
      before: staticPod('kube-apiserver', '--enable-admission-plugins=NodeRestriction,AlwaysAdmit'),
      after: staticPod('kube-apiserver', '--enable-admission-plugins=NodeRestriction'),
    },
  },
  [apiServer('enable-admission-plugins', { op: 'lacks', item: 'AlwaysAdmit' })],
);

/** NodeRestriction must be switched on; the others must only not be switched off. */
export const apiserverCoreAdmissionDisabled = flagCheck(
  {
    id: 'apiserver-core-admission-disabled',
    severity: 'High',
    title: 'API server runs without an admission plugin that security rests on',
    why: 'Without NodeRestriction a kubelet changes other nodes; without PodSecurity the levels of namespaces are mere labels.',
    fix: 'Add NodeRestriction to --enable-admission-plugins, and take what is on by default out of --disable-admission-plugins.',
    references: {
      cis: apiServerItems(12, 13, 14),
      nsa: ['Pod security'],
      trivy: ['KCV-0014', 'KCV-0015', 'KCV-0016'],
      kubescape: ['C-0125', 'C-0126', 'C-0127'],
      urls: [PLUGINS],
    },
    example: {
      before: staticPod('kube-apiserver', '--disable-admission-plugins=PodSecurity'),
      after: staticPod('kube-apiserver', '--enable-admission-plugins=NodeRestriction'),
    },
  },
  [
    apiServer('enable-admission-plugins', { op: 'has', item: 'NodeRestriction' }),
    ...['NodeRestriction', ...ON_BY_DEFAULT].map((item) =>
      apiServer('disable-admission-plugins', { op: 'lacks', item }),
    ),
  ],
);

/** Each of them breaks somebody's ways, so that it is asked for and not demanded. */
export const apiserverOptionalAdmission = flagCheck(
  {
    id: 'apiserver-optional-admission',
    severity: 'Low',
    title: 'API server runs without an admission plugin that hardens it',
    why: 'Floods of Events are not held up, images on a node are for all its pods, or Services catch traffic of others.',
    fix: 'Consider EventRateLimit, AlwaysPullImages and DenyServiceExternalIPs in --enable-admission-plugins.',
    isOptIn: true,
    references: {
      cis: apiServerItems(3, 9, 11),
      trivy: ['KCV-0010', 'KCV-0012'],
      kubescape: ['C-0121', 'C-0123', 'C-0283'],
      urls: [PLUGINS],
    },
    example: {
      before: staticPod('kube-apiserver', '--enable-admission-plugins=NodeRestriction'),
      after: staticPod(
        'kube-apiserver',
        '--enable-admission-plugins=EventRateLimit,AlwaysPullImages,DenyServiceExternalIPs',
      ),
    },
  },
  ['EventRateLimit', 'AlwaysPullImages', 'DenyServiceExternalIPs'].map((item) =>
    apiServer('enable-admission-plugins', { op: 'has', item }),
  ),
);
