import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Finding, SecurityReport } from '../../../../src/crds/index.ts';
import { createScope } from '../../../../src/controllers/scope.ts';
import { scanTexts, type Scanned } from '../../../support/scan-texts.ts';

const BAD = 'containers: [{name: app, image: nginx, securityContext: {privileged: true}}]';
const pod = (name: string, spec = BAD, namespace = 'shop'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${spec}}\n`;
const controller = (apiVersion: string, kind: string, path: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web, namespace: shop}\n${path}`;
const account = (name: string, automount: boolean): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: shop}\nautomountServiceAccountToken: ${automount}\n`;

const documents = (...texts: readonly string[]): string => texts.join('---\n');

function reportOn({ reports }: Scanned, kind: string, name: string): SecurityReport {
  const found = reports.filter(({ subject }) => subject.kind === kind && subject.name === name);
  assert.equal(found.length, 1, `one report on ${kind} ${name}, not ${found.length}`);
  return found[0] as SecurityReport;
}

const findingOf = (report: SecurityReport | undefined, check: string): Finding | undefined =>
  report?.findings.find((finding) => finding.check === check);
const reasonOf = (report: SecurityReport, check: string): string | undefined =>
  report.unknown.find((entry) => entry.check === check)?.reason;
const namesOf = ({ reports }: Scanned): readonly string[] =>
  reports.map(({ subject }) => `${subject.kind}/${subject.name}`);
const problemsOf = ({ malformed }: Scanned): readonly string[] =>
  malformed.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);

describe('scanning files', () => {
  it('gives a report in the shape of the operator, with the place of each finding', () => {
    const { reports } = scanTexts(pod('a'));
    const [report] = reports;
    assert.equal(report?.kind, 'SecurityReport');
    assert.deepEqual(report.subject, { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'unknown' });
    assert.equal(report.metadata.name, 'pod-a');
    assert.equal(report.metadata.ownerReferences, undefined);
    const { id, ...finding } = findingOf(report, 'privileged-container') ?? { id: '' };
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.deepEqual(finding, {
      check: 'privileged-container',
      severity: 'Critical',
      container: 'app',
      path: 'spec.containers[app].securityContext.privileged',
      message: 'privileged is true',
      seenIn: 'Pod',
      firstSeenTime: '2026-11-24T12:00:00Z',
      origin: 'Baseline',
      implies: [
        'capabilities-not-dropped',
        'net-raw-capability',
        'privilege-escalation-allowed',
        'seccomp-profile-missing',
      ],
      source: { file: 'a.yaml', line: 4, column: 65 },
    });
  });

  const TEMPLATE = `template: {spec: {${BAD}}}`;
  const kinds: readonly (readonly [string, string, string, string])[] = [
    ['apps/v1', 'Deployment', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['extensions/v1beta1', 'Deployment', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['apps/v1beta2', 'StatefulSet', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['extensions/v1beta1', 'DaemonSet', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['apps/v1', 'ReplicaSet', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['v1', 'ReplicationController', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['batch/v1', 'Job', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['batch/v1beta1', 'CronJob', `spec: {jobTemplate: {spec: {${TEMPLATE}}}}`, 'spec.jobTemplate.spec.template.'],
    ['v1', 'PodTemplate', TEMPLATE, 'template.'],
    ['apps.openshift.io/v1', 'DeploymentConfig', `spec: {${TEMPLATE}}`, 'spec.template.'],
    ['argoproj.io/v1alpha1', 'Rollout', `spec: {${TEMPLATE}}`, 'spec.template.'],
  ];
  for (const [apiVersion, kind, text, prefix] of kinds) {
    it(`judges a ${kind} of ${apiVersion} by its template, and calls it as the file does`, () => {
      const scanned = scanTexts(controller(apiVersion, kind, text));
      const report = reportOn(scanned, kind, 'web');
      const finding = findingOf(report, 'privileged-container');
      assert.deepEqual(report.subject, { apiVersion, kind, name: 'web', uid: 'unknown' });
      assert.equal(finding?.path, `${prefix}spec.containers[app].securityContext.privileged`);
      assert.equal(finding.seenIn, 'Template');
      assert.equal(finding.source?.line, 4);
      assert.ok((finding.source?.column ?? 0) > text.indexOf('securityContext'));
    });
  }

  it('judges a role of an earlier version of its group', () => {
    const text =
      'apiVersion: rbac.authorization.k8s.io/v1beta1\nkind: ClusterRole\nmetadata: {name: all}\n' +
      "rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]";
    const report = reportOn(scanTexts(text), 'ClusterRole', 'all');
    assert.ok(findingOf(report, 'wildcard-in-role'));
    assert.equal(report.subject.apiVersion, 'rbac.authorization.k8s.io/v1beta1');
  });

  it('reports what is judged and clean, and counts what nobody judges', () => {
    const role =
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: few, namespace: shop}\nrules: null\n';
    const scanned = scanTexts(documents(role, 'kind: Config\napiVersion: v1\n', 'image: {tag: 1}\n', '- a list\n'));
    assert.deepEqual(reportOn(scanned, 'Role', 'few').findings, []);
    assert.deepEqual([scanned.judged, scanned.ignored, scanned.malformed], [1, 3, []]);
  });

  it('judges the items of lists, at their own places', () => {
    const item = `  - metadata: {name: b}\n    spec: {hostPID: true, ${BAD}}\n`;
    const typed = `apiVersion: v1\nkind: PodList\nitems:\n${item}`;
    const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata: {name: a}\n    spec: {${BAD}}\n`;
    const scanned = scanTexts(documents(list, typed));
    assert.deepEqual(namesOf(scanned), ['Pod/a', 'Pod/b']);
    assert.equal(findingOf(reportOn(scanned, 'Pod', 'b'), 'host-pid')?.source?.line, 13);
  });

  it('judges JSON', () => {
    const value = JSON.stringify(
      JSON.parse(
        '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"j"},"spec":{"hostIPC":true,"containers":[{"name":"a","image":"b"}]}}',
      ),
      undefined,
      2,
    );
    const finding = findingOf(reportOn(scanTexts({ 'j.json': value }), 'Pod', 'j'), 'host-ipc');
    assert.deepEqual(finding?.source, { file: 'j.json', line: 8, column: 5 });
  });

  it('reads yes as true, and judges containers without a name', () => {
    const report = reportOn(scanTexts(pod('a', 'hostNetwork: yes, containers: [{image: x}]')), 'Pod', 'a');
    assert.ok(findingOf(report, 'host-network'));
    assert.equal(findingOf(report, 'security-context-missing')?.container, 'unnamed-1');
  });

  it('judges what the API server will name', () => {
    const text = `apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: nightly-}\nspec: {${TEMPLATE}}`;
    assert.ok(reportOn(scanTexts(text), 'Job', 'nightly-'));
  });

  it('leaves out namespaces that are not to be judged', () => {
    const scope = createScope({ include: [], exclude: ['kube-*'] });
    const scanned = scanTexts(documents(pod('a'), pod('b', BAD, 'kube-system')), { scope });
    assert.deepEqual(namesOf(scanned), ['Pod/a']);
  });

  it('judges by the Pod Security version that it is told', () => {
    const text = pod(
      'a',
      'containers: [{name: app, image: x, securityContext: {capabilities: {drop: [ALL], add: [CHOWN]}}}]',
    );
    const found = (podSecurityMinor: number): Finding | undefined =>
      findingOf(reportOn(scanTexts(text, { podSecurityMinor }), 'Pod', 'a'), 'capabilities-added-restricted');
    assert.ok(found(37));
    assert.equal(found(21), undefined);
  });
});

describe('the files of one scan', () => {
  it('are one cluster: a ServiceAccount in one decides about a pod in another', () => {
    const user = pod('user', `serviceAccountName: ci, ${BAD}`);
    const check = 'service-account-token-automounted';
    const off = scanTexts({ 'a.yaml': user, 'b.yaml': account('ci', false) });
    assert.equal(findingOf(reportOn(off, 'Pod', 'user'), check), undefined);
    const on = scanTexts({ 'a.yaml': user, 'b.yaml': account('ci', true) });
    assert.ok(findingOf(reportOn(on, 'Pod', 'user'), check));
  });

  it('take a token for mounted where no file says otherwise', () => {
    const report = reportOn(scanTexts(pod('user')), 'Pod', 'user');
    assert.ok(findingOf(report, 'service-account-token-automounted'));
  });

  it('leave open what hangs on kinds that none of them has', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const policy = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: other}\n';
    const check = 'namespace-without-network-policy';
    const without = reportOn(scanTexts(documents(namespace, pod('a'))), 'Namespace', 'shop');
    assert.deepEqual([findingOf(without, check), reasonOf(without, check)], [undefined, 'NotProvided']);
    const beside = reportOn(scanTexts(documents(namespace, pod('a'), policy)), 'Namespace', 'shop');
    assert.ok(findingOf(beside, check));
  });

  it('show what a binding grants, and leave open whether that is all', () => {
    const binding =
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: open}\n' +
      'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}\nsubjects: [{kind: ServiceAccount, name: default, namespace: shop}]\n';
    const check = 'default-sa-has-grants';
    const bound = reportOn(scanTexts(documents(account('default', false), binding)), 'ServiceAccount', 'default');
    assert.ok(findingOf(bound, check));
    const alone = reportOn(scanTexts(account('default', false)), 'ServiceAccount', 'default');
    assert.equal(reasonOf(alone, check), 'NotProvided');
    const other = reportOn(scanTexts(account('ci', false)), 'ServiceAccount', 'ci');
    assert.equal(reasonOf(other, check), undefined, 'a rule that does not apply is not left open');
  });

  it('leave open the namespace of what names none, unless the call names it', () => {
    const open = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {${BAD}}\n`;
    const check = 'default-namespace-used';
    const unknown = reportOn(scanTexts(open), 'Pod', 'a');
    assert.deepEqual([findingOf(unknown, check), reasonOf(unknown, check)], [undefined, 'NotProvided']);
    assert.ok(findingOf(reportOn(scanTexts(open, { namespace: 'default' }), 'Pod', 'a'), check));
    assert.ok(findingOf(reportOn(scanTexts(pod('a', BAD, 'default')), 'Pod', 'a'), check));
    const placed = reportOn(scanTexts(open, { namespace: 'shop' }), 'Pod', 'a');
    assert.deepEqual([findingOf(placed, check), reasonOf(placed, check)], [undefined, undefined]);
    assert.equal(placed.metadata.namespace, 'shop');
  });

  it('do not tell which API server they are for', () => {
    const node =
      'apiVersion: v1\nkind: Node\nmetadata: {name: worker}\nstatus: {nodeInfo: {kubeletVersion: v1.10.0}}\n';
    const report = reportOn(scanTexts(node), 'Node', 'worker');
    assert.equal(reasonOf(report, 'kubelet-version-skew'), 'NotProvided');
    assert.ok(findingOf(report, 'kubelet-version-unsupported'));
  });

  it('say nothing of the cluster where they hold nothing about it', () => {
    assert.deepEqual(namesOf(scanTexts(pod('a'))), ['Pod/a']);
  });

  it('may hold one name twice: each is judged, at its own place', () => {
    const good = 'containers: [{name: app, image: nginx}]';
    const { reports } = scanTexts({ 'a.yaml': pod('same'), 'b.yaml': documents(pod('same', good), pod('same')) });
    const found = reports.map((report) => findingOf(report, 'privileged-container')?.source);
    assert.deepEqual(
      found.map((source) => source && `${source.file}:${source.line}`),
      ['a.yaml:4', undefined, 'b.yaml:9'],
    );
  });

  it('mean by a name first what they define themselves', () => {
    const user = pod('user', `serviceAccountName: ci, ${BAD}`);
    const { reports } = scanTexts({
      'a.yaml': documents(user, account('ci', false)),
      'b.yaml': documents(user, account('ci', true)),
    });
    const pods = reports.filter(({ subject }) => subject.kind === 'Pod');
    const found = pods.map((report) => findingOf(report, 'service-account-token-automounted') !== undefined);
    assert.deepEqual(found, [false, true]);
  });

  it('count pods to their controller, as a cluster does', () => {
    const owned = (name: string, owner: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: ${owner}, name: web, controller: true}]}\nspec: {${BAD}}\n`;
    const deployment = controller('apps/v1', 'StatefulSet', `spec: {${TEMPLATE_CLEAN}}\n`);
    const scanned = scanTexts(documents(owned('web-0', 'StatefulSet'), owned('web-1', 'StatefulSet'), deployment));
    assert.deepEqual(namesOf(scanned), ['StatefulSet/web']);
    const finding = findingOf(reportOn(scanned, 'StatefulSet', 'web'), 'privileged-container');
    assert.equal(finding?.seenIn, 'Pod');
    const alone = scanTexts(documents(owned('web-0', 'StatefulSet'), owned('web-1', 'StatefulSet')));
    assert.deepEqual(namesOf(alone), ['StatefulSet/web']);
    assert.equal(findingOf(reportOn(alone, 'StatefulSet', 'web'), 'privileged-container')?.source?.line, 4);
  });

  it('judge a ReplicaSet by itself if its controller is in none of them', () => {
    const owners = 'ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: gone, controller: true}]';
    const text = `apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web-1, ${owners}}\nspec: {template: {spec: {${BAD}}}}\n`;
    assert.ok(findingOf(reportOn(scanTexts(text), 'ReplicaSet', 'web-1'), 'privileged-container'));
  });
});

const TEMPLATE_CLEAN = 'template: {spec: {containers: [{name: app, image: nginx}]}}';

describe('a malformed document', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['containers that are a text', pod('a', 'containers: nginx'), 'a.yaml:4:8 Pod: spec.containers is not a list'],
    [
      'a container that is a text',
      pod('a', 'containers: [nginx]'),
      'a.yaml:4:21 Pod: spec.containers[0] is not an object',
    ],
    ['no containers', pod('a', 'hostNetwork: true'), 'a.yaml:4:1 Pod: spec.containers is missing'],
    ['no spec', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n', 'a.yaml:1:1 Pod: spec is missing'],
    ['no template', controller('apps/v1', 'Deployment', 'spec: {}'), 'a.yaml:4:1 Deployment: spec.template is missing'],
    ['no metadata', 'apiVersion: v1\nkind: Namespace\n', 'a.yaml:1:1 Namespace: metadata is missing'],
    ['no name', 'apiVersion: v1\nkind: Namespace\nmetadata: {}\n', 'a.yaml:3:1 Namespace: metadata.name is missing'],
    [
      'labels that are a list',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: [b]}\n',
      'a.yaml:3:21 Namespace: metadata.labels is not a map of strings',
    ],
    [
      'verbs that are a text',
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\nrules: [{verbs: '*'}]",
      'a.yaml:4:10 Role: rules[0].verbs is not a list of strings',
    ],
    [
      'a kind in the version of another',
      controller('v1', 'Deployment', ''),
      'a.yaml:1:1 Deployment: apiVersion is v1, which has no such kind; write apps/v1',
    ],
    [
      'a kind of the core in a group',
      controller('apps/v1', 'Pod', ''),
      'a.yaml:1:1 Pod: apiVersion is apps/v1, which has no such kind; write v1',
    ],
    ['no apiVersion', 'kind: Pod\nmetadata: {name: a}\nspec: {}\n', 'a.yaml:1:1 apiVersion is missing'],
    ['a kind that is a number', 'apiVersion: v1\nkind: 1\nmetadata: {name: a}\n', 'a.yaml:1:1 kind is not a name'],
    ['items that are no list', 'apiVersion: v1\nkind: List\nitems: {}\n', 'a.yaml:1:1 items is not a list'],
    [
      'objects in a plain list',
      '- {apiVersion: v1, kind: Pod}\n',
      'a.yaml:1:1 a list of objects must be the items of an object of kind List',
    ],
    ['no YAML', 'a: [\n', 'a.yaml:3:1'],
  ];
  for (const [name, text, problem] of cases) {
    it(`with ${name} is named, and the rest is judged`, () => {
      const scanned = scanTexts(documents(`${text}\n`, pod('good')));
      assert.deepEqual(namesOf(scanned), ['Pod/good']);
      assert.equal(scanned.malformed.length, 1);
      assert.ok(problemsOf(scanned)[0]?.startsWith(problem), problemsOf(scanned)[0]);
    });
  }

  it('is a file that cannot be read', () => {
    const scanned = scanTexts({ 'a.yaml': new Error('EACCES'), 'b.yaml': pod('good') });
    assert.deepEqual(problemsOf(scanned), ['a.yaml:1:1 cannot be read: EACCES']);
    assert.deepEqual(namesOf(scanned), ['Pod/good']);
  });

  it('is not one in which only single fields are wrong: what reads them is unknown, and nothing passes', () => {
    const spec =
      'hostNetwork: maybe, containers: [{name: a, image: [b], securityContext: {privileged: "true", capabilities: all}}]';
    const { reports, malformed } = scanTexts(pod('a', spec));
    assert.deepEqual(malformed, []);
    const [report] = reports;
    assert.ok(report);
    for (const check of ['host-network', 'privileged-container', 'capabilities-not-dropped', 'image-tag-mutable']) {
      assert.equal(reasonOf(report, check), 'Malformed', check);
    }
  });
});

describe('Whatever a file holds', () => {
  const key = fc.constantFrom(
    'metadata',
    'name',
    'namespace',
    'labels',
    'annotations',
    'ownerReferences',
    'spec',
    'template',
    'jobTemplate',
    'containers',
    'initContainers',
    'volumes',
    'image',
    'env',
    'ports',
    'securityContext',
    'capabilities',
    'rules',
    'verbs',
    'roleRef',
    'subjects',
    'kind',
    'items',
    'status',
    'projected',
    'sources',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 7, withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 0, 1.5, '', 'default', 'nginx:latest'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 6 }),
    ),
  }));
  const [apiVersions, objectKinds] = [
    [
      'v1',
      'apps/v1',
      'batch/v1',
      'extensions/v1beta1',
      'rbac.authorization.k8s.io/v1',
      'networking.k8s.io/v1',
      'apps.openshift.io/v1',
    ],
    [
      'Pod',
      'Deployment',
      'ReplicaSet',
      'CronJob',
      'Job',
      'ServiceAccount',
      'Role',
      'ClusterRoleBinding',
      'RoleBinding',
      'Namespace',
      'Node',
      'NetworkPolicy',
      'List',
      'DeploymentConfig',
    ],
  ];
  const object = fc
    .record({
      apiVersion: fc.constantFrom(...apiVersions),
      kind: fc.constantFrom(...objectKinds),
      more: fc.dictionary(key, value),
      named: fc.boolean(),
    })
    .map(({ apiVersion, kind, more, named }) => ({
      ...more,
      apiVersion,
      kind,
      ...(named && { metadata: { name: 'a', labels: more['labels'] } }),
    }));

  it('the scan comes to its end, with each finding at a place in its file', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 4 }), (objects) => {
        const text = objects.map((each) => JSON.stringify(each, undefined, 1)).join('\n');
        const lines = text.split('\n').length;
        const { reports, malformed } = scanTexts(text);
        // What is found of the files as a whole stands at no place.
        const ofObjects = reports.filter(({ subject }) => subject.kind !== 'Cluster');
        const places = [...malformed, ...ofObjects.flatMap(({ findings }) => findings.map(({ source }) => source))];
        for (const place of places) assert.ok(place !== undefined && place.line >= 1 && place.line <= lines);
      }),
      { numRuns: 400 },
    );
  });

  it('the scan of any text comes to its end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void scanTexts(text)),
      { numRuns: 500 },
    );
  });
});

describe('an object of a file', () => {
  const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/app: unconfined';
  const annotated = (own: string, ofTemplate: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, annotations: {${own}}}\nspec: {template: {metadata: {annotations: {${ofTemplate}}}, spec: {containers: [{name: app, image: nginx}]}}}\n`;

  it('is confined by the annotations of its template, not by its own', () => {
    const found = (text: string): boolean =>
      findingOf(reportOn(scanTexts(text), 'Deployment', 'web'), 'apparmor-unconfined') !== undefined;
    assert.deepEqual([found(annotated(APP_ARMOR, '')), found(annotated('', APP_ARMOR))], [false, true]);
  });

  it('binds by a RoleBinding the ServiceAccount of its own namespace where it names none', () => {
    const binding = `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\nsubjects: [{kind: ServiceAccount, name: ci}]\n`;
    const user = pod('user', `serviceAccountName: ci, ${BAD}`);
    const scanned = scanTexts(documents(binding, user, account('ci', true)), { isComplete: true });
    assert.match(
      findingOf(reportOn(scanned, 'RoleBinding', 'b'), 'cluster-admin-binding')?.message ?? '',
      /^ServiceAccount shop\/ci has cluster-admin in namespace shop$/,
    );
    assert.ok(findingOf(reportOn(scanned, 'Pod', 'user'), 'powerful-service-account'));
  });

  it('is told of a wildcard that it contributes to a bound role, and that role is not', () => {
    const role = (name: string, more: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: ${name}${name === 'part' ? ', labels: {to: whole}' : ''}}\n${more}\n`;
    const rules = "rules: [{apiGroups: [apps], resources: ['*'], verbs: [get]}]";
    const whole = role('whole', `aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: whole}}]}\n${rules}`);
    const binding = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: whole}\nsubjects: [{kind: Group, name: team}]\n`;
    const severities = (...texts: readonly string[]): readonly (string | undefined)[] => {
      const scanned = scanTexts(documents(...texts), { isComplete: true });
      return ['part', 'whole'].map(
        (name) => findingOf(reportOn(scanned, 'ClusterRole', name), 'wildcard-in-role')?.severity,
      );
    };
    assert.deepEqual(severities(role('part', rules), whole, binding), ['Medium', undefined]);
    assert.deepEqual(severities(role('part', rules), whole), ['Info', undefined]);
  });
});

describe('a finding on the cluster', () => {
  const staticPod = (name: string, ...flags: readonly string[]): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: kube-system}\nspec:\n  containers: [{name: a, image: a, command: [kube-apiserver, ${flags.join(', ')}]}]\n`;
  const configMap = (namespace: string, name: string, key: string, text: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata:\n  ${key}: '${text}'\n`;
  const daemonSet = (name: string): string =>
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: ${name}, namespace: kube-system}\nspec:\n  template:\n    spec:\n      containers: [{name: a, image: flannel/flannel}]\n`;
  const clusterInfo = configMap(
    'kube-public',
    'cluster-info',
    'kubeconfig',
    '{clusters: [{cluster: {server: "https://8.8.4.4"}}]}',
  );
  const endpoints =
    'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: kubernetes, namespace: default}\naddressType: IPv4\nendpoints: [{addresses: [8.8.4.4]}]\n';
  const cronJob = `apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a, namespace: shop}\nspec: {jobTemplate: {spec: {${TEMPLATE_CLEAN}}}}\n`;

  const cases: readonly (readonly [what: string, text: string, check: string, line: number | undefined])[] = [
    ['on a flag has the place of the static pod', staticPod('a', '--profiling=true'), 'apiserver-profiling', 8],
    [
      'on a flag of one of several equal pods has none, as either may be meant',
      documents(staticPod('a', '--profiling=true'), staticPod('b', '--profiling=false')),
      'apiserver-profiling',
      undefined,
    ],
    [
      'on kubelets has the place of their ConfigMap',
      configMap('kube-system', 'kubelet-config', 'kubelet', '{readOnlyPort: 10255}'),
      'kubelet-read-only-port',
      7,
    ],
    [
      'on kube-proxy has the place of its ConfigMap',
      configMap('kube-system', 'kube-proxy', 'config.conf', '{metricsBindAddress: 0.0.0.0}'),
      'kube-proxy-metrics-exposed',
      7,
    ],
    ['on what clients are told has the place of that', clusterInfo, 'api-server-public', 7],
    ['on addresses of the API server has the place of its endpoints', endpoints, 'api-server-public', 8],
    ['on a network plugin has the place of its DaemonSet', daemonSet('flannel'), 'cni-without-network-policy', 10],
    [
      'on network plugins has none, as any may be meant',
      documents(daemonSet('flannel'), daemonSet('flannel-arm')),
      'cni-without-network-policy',
      undefined,
    ],
    ['on an API that is gone has the place of an object of it', cronJob, 'deprecated-api-in-use', 4],
    ['on what is missing has none', daemonSet('flannel'), 'admission-policy-engine-missing', undefined],
  ];
  for (const [what, text, check, line] of cases) {
    it(what, () => {
      const scanned = scanTexts(
        { 'a.yaml': 'kind: Other\n', 'b.yaml': `---\n---\n# b\n${text}` },
        { isComplete: true },
      );
      const found = findingOf(reportOn(scanned, 'Cluster', 'cluster'), check);
      assert.ok(found, `no ${check}`);
      assert.deepEqual(found.source && `${found.source.file}:${found.source.line}`, line && `b.yaml:${line}`);
    });
  }

  it('has the place of each object where there are two of them', () => {
    const scanned = scanTexts({ 'a.yaml': clusterInfo, 'b.yaml': endpoints }, { isComplete: true });
    const { findings } = reportOn(scanned, 'Cluster', 'cluster');
    const files = findings.filter(({ check }) => check === 'api-server-public').map(({ source }) => source?.file);
    assert.deepEqual(new Set(files), new Set(['a.yaml', 'b.yaml']));
  });
});
