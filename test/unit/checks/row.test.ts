import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import type { Target } from '../../../src/checks/check.ts';
import { DEFAULT_PARAMETERS, type CheckParameters } from '../../../src/checks/parameters.ts';
import { powerCalled } from '../../../src/checks/rbac/powers.ts';
import { scanTexts } from '../../support/scan-texts.ts';

type Told = Partial<CheckParameters>;

const namespace = (name: string, labels = ''): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}`;
const pod = (ns: string, env = '', more = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: ${ns}}
spec:
  containers: [{name: app, image: registry.example/app:1.0, env: [${env}]}]
  ${more}`;
const agent = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: gke-web}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers: [{name: app, image: registry.example/app:1.0}]
      tolerations: [{operator: Exists}]`;
const configMap = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {${data}}`;
const networkPolicy = (ns: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: database, namespace: ${ns}}
spec: {podSelector: {matchLabels: {app: database}}, policyTypes: [Ingress, Egress]}`;
const RBAC = 'rbac.authorization.k8s.io';
const binding = (kind: string, ns: string, role: string, account = 'web'): string => `
apiVersion: ${RBAC}/v1
kind: ${kind}
metadata: {name: web${kind === 'RoleBinding' ? `, namespace: ${ns}` : ''}}
roleRef: {apiGroup: ${RBAC}, kind: ClusterRole, name: ${role}}
subjects: [{kind: ServiceAccount, name: ${account}, namespace: ${ns}}]`;
const role = (resource: string): string => `
apiVersion: ${RBAC}/v1
kind: ClusterRole
metadata: {name: powerful}
rules: [{apiGroups: [''], resources: [${resource}], verbs: [get]}]`;
const account = (name: string): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: gke-web}`;
const webhook = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: gatekeeper}
webhooks:
  - name: validation.gatekeeper.sh
    failurePolicy: Fail
    clientConfig: {service: {namespace: gatekeeper-system, name: gatekeeper-webhook-service}}
    namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [gke-web]}]}
    rules: [{operations: [CREATE], apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}]`;
const level = (mode: string, name: string): string => `pod-security.kubernetes.io/${mode}: ${name}`;

const INHABITED = [namespace('gke-web'), pod('gke-web')];
const SYSTEM: Told = { systemNamespaces: ['gke-*'] };
const PRIVILEGED: Told = { privilegedNamespaces: ['*-deploy'] };

/** How bad a check finds objects before and after it is told something; nothing where it finds nothing. */
const CASES: readonly (readonly [
  check: string,
  parameters: Told,
  objects: readonly string[],
  before: string,
  after: string,
])[] = [
  ['image-registry-not-allowed', { allowedRegistries: ['ghcr.io'] }, [pod('shop')], '', 'Medium'],
  ['namespaces-not-separated', SYSTEM, [...INHABITED, namespace('shop'), pod('shop')], '', 'Low'],
  ['namespace-psa-privileged', SYSTEM, [namespace('gke-web', level('enforce', 'privileged'))], 'Medium', ''],
  ['namespace-psa-would-fail', SYSTEM, INHABITED, 'Info', ''],
  ['namespace-psa-not-enforced', SYSTEM, INHABITED, 'High', 'Low'],
  ['namespace-without-resource-quota', SYSTEM, INHABITED, 'Low', ''],
  ['namespace-without-limit-range', SYSTEM, INHABITED, 'Low', ''],
  ['namespace-without-network-policy', SYSTEM, INHABITED, 'Medium', ''],
  ['namespace-without-default-deny', SYSTEM, [...INHABITED, networkPolicy('gke-web')], 'Medium', ''],
  ['pod-not-isolated', SYSTEM, [...INHABITED, networkPolicy('gke-web')], 'Medium', 'Low'],
  ['workload-in-system-namespace', SYSTEM, INHABITED, '', 'Medium'],
  ['control-plane-toleration', SYSTEM, [agent], 'Low', ''],
  [
    'sa-cross-namespace-use',
    SYSTEM,
    [
      account('web'),
      binding('ClusterRoleBinding', 'gke-web', 'cluster-admin'),
      pod('gke-web', '', 'serviceAccountName: web'),
      pod('gke-web').replace('name: web', 'name: other'),
    ],
    'Low',
    '',
  ],
  ['admission-webhook-fail-open', SYSTEM, [webhook], 'Medium', ''],
  ['admission-policy-engine-missing', SYSTEM, [namespace('gke-web', level('enforce', 'baseline'))], '', 'High'],
  ['policy-engine-audit-only', SYSTEM, [namespace('gke-web', level('warn', 'baseline'))], 'Low', ''],
  ['cluster-admin-binding', PRIVILEGED, [binding('RoleBinding', 'shop-deploy', 'cluster-admin')], 'High', 'Critical'],
  [
    'powerful-service-account',
    PRIVILEGED,
    [role('secrets'), binding('RoleBinding', 'shop-deploy', 'powerful', 'default'), pod('shop-deploy')],
    '',
    'Critical',
  ],
  [
    'secrets-read',
    PRIVILEGED,
    [role('secrets'), binding('RoleBinding', 'shop-deploy', 'powerful')],
    'Medium',
    'Critical',
  ],
  [
    'secret-in-plain-env',
    { credentialNames: ['*_pin'] },
    [pod('shop', '{name: DOOR_PIN, value: correct-horse}')],
    '',
    'High',
  ],
  [
    'secret-in-plain-env',
    { credentialNames: ['*_TOKEN'], notCredentialNames: ['page_token'] },
    [pod('shop', '{name: PAGE_TOKEN, value: correct-horse}')],
    'High',
    '',
  ],
  ['configmap-contains-secret', { credentialNames: ['*_pin'] }, [configMap('DOOR_PIN: correct-horse')], '', 'High'],
  [
    'configmap-contains-secret',
    { credentialNames: ['door.pin'] },
    [configMap('a.properties: "door.pin=correct-horse\\nx=1\\n"')],
    '',
    'High',
  ],
  [
    'configmap-contains-secret',
    { notCredentialNames: ['*token'] },
    [configMap('PAGE_TOKEN: correct-horse')],
    'High',
    '',
  ],
];

function severitiesOf(check: string, objects: readonly string[], parameters: Told): string {
  const { reports } = scanTexts(objects.join('\n---\n'), {
    isComplete: true,
    parameters: { ...DEFAULT_PARAMETERS, ...parameters },
  });
  const found = reports.flatMap(({ findings }) => findings).filter((each) => each.check === check);
  return [...new Set(found.map(({ severity }) => severity))].join(' ');
}

describe('A check that is told something of the cluster', () => {
  for (const [check, parameters, objects, before, after] of CASES) {
    it(`${check} goes by ${Object.keys(parameters).join(' and ')}`, () => {
      assert.deepEqual([severitiesOf(check, objects, {}), severitiesOf(check, objects, parameters)], [before, after]);
    });
  }

  it('names what it goes by, and is shown here to do so unless it is about a power', () => {
    const shown = CASES.flatMap(([check, parameters]) => Object.keys(parameters).map((name) => `${check} ${name}`));
    const named = CATALOGUE.filter(({ target }) => target !== 'grant').flatMap(({ id, parameters = [] }) =>
      parameters.map((name) => `${id} ${name}`),
    );
    assert.deepEqual(new Set(shown.filter((each) => !each.startsWith('secrets-read '))), new Set(named));
  });

  it('goes by the namespaces of controllers where a power may be held in a namespace', () => {
    for (const { id, target, parameters = [] } of CATALOGUE) {
      if (target !== 'grant') continue;
      const { severity } = powerCalled(id);
      if (severity.namespace !== undefined) assert.deepEqual(parameters, ['privilegedNamespaces'], id);
    }
  });
});

const EXTREMES: readonly Told[] = [
  { allowedRegistries: ['registry.invalid'] },
  { systemNamespaces: ['*'] },
  { privilegedNamespaces: ['*'] },
  { credentialNames: ['*'] },
  { notCredentialNames: ['*'] },
];

/** All that the checks say of an example; what stands under another finding is no verdict of its own. */
function saidOf(yaml: string, parameters: Told): readonly string[] {
  const { reports } = scanTexts(yaml, { isComplete: true, parameters: { ...DEFAULT_PARAMETERS, ...parameters } });
  return reports.flatMap(({ subject, findings }) =>
    findings.flatMap(({ check, severity, message, implies = [] }) => [
      `${check} ${subject.kind} ${subject.name} ${severity} ${message}`,
      ...implies.map((implied) => `${implied} ${subject.kind} ${subject.name}`),
    ]),
  );
}

/** Whose input holds no parameters, or facts beside that go by them: what they are told reaches them by the inventory. */
const BY_THE_INVENTORY: ReadonlySet<Target> = new Set([
  'cluster',
  'configMap',
  'service',
  'ingress',
  'networkPolicy',
  'role',
  'node',
]);

describe('An example', () => {
  const examples = CATALOGUE.filter(({ target }) => BY_THE_INVENTORY.has(target)).flatMap(({ example }) =>
    example === undefined ? [] : [example.before, example.after],
  );
  for (const parameters of EXTREMES) {
    const [name = ''] = Object.keys(parameters);
    it(`is judged otherwise by ${name} only where a row says so`, () => {
      const named = CATALOGUE.filter((each) => each.parameters?.some((parameter) => parameter === name));
      const goBy = new Set(named.map(({ id }) => id));
      for (const yaml of examples) {
        const [before, after] = [new Set(saidOf(yaml, {})), new Set(saidOf(yaml, parameters))];
        const changed = [...before, ...after].filter((each) => !(before.has(each) && after.has(each)));
        assert.deepEqual(
          changed.filter((each) => !goBy.has(each.split(' ', 1).join())),
          [],
          yaml,
        );
      }
    });
  }
});
