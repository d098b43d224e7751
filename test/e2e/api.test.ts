import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { V1CustomResourceDefinition, V1SubjectAccessReview } from '@kubernetes/client-node';
import { loadAll } from 'js-yaml';
import { eventually, useCluster } from '../cluster/shared.ts';
import type { ControlPlane } from '../cluster/control-plane.ts';
import { INSTALL, readManifest, readManifests, ROOT } from '../unit/config/manifests.ts';

const SAMPLES = 'config/samples';
const CRDS = [
  'securityreports',
  'clustersecurityreports',
  'compliancereports',
  'securityexceptions',
  'clustersecurityexceptions',
  'securityprofiles',
].map((name) => `${name}.plimsoll.dev`);

const OPERATOR = 'system:serviceaccount:plimsoll-system:plimsoll';

/** As far as a pod is made of it. */
interface Deployment {
  readonly spec: { readonly template: { readonly metadata: object; readonly spec: object } };
}

/** What the operator may do and may not; an empty namespace is the whole cluster. */
const RIGHTS: readonly (readonly [
  allowed: boolean,
  verb: string,
  group: string,
  resource: string,
  namespace?: string,
])[] = [
  [true, 'list', '', 'pods'],
  [true, 'watch', 'apps', 'deployments'],
  [true, 'watch', 'rbac.authorization.k8s.io', 'clusterrolebindings'],
  [true, 'patch', 'plimsoll.dev', 'securityreports'],
  [true, 'delete', 'plimsoll.dev', 'clustersecurityreports'],
  [true, 'patch', 'plimsoll.dev', 'compliancereports'],
  [true, 'watch', 'plimsoll.dev', 'securityexceptions'],
  [true, 'watch', 'plimsoll.dev', 'clustersecurityexceptions'],
  [true, 'watch', 'plimsoll.dev', 'securityprofiles'],
  [true, 'patch', 'plimsoll.dev', 'securityexceptions/status'],
  [true, 'patch', 'plimsoll.dev', 'clustersecurityexceptions/status'],
  [true, 'patch', 'plimsoll.dev', 'securityprofiles/status'],
  [false, 'patch', 'plimsoll.dev', 'securityexceptions'],
  [false, 'create', 'plimsoll.dev', 'clustersecurityexceptions'],
  [false, 'update', 'plimsoll.dev', 'securityprofiles'],
  [true, 'create', 'events.k8s.io', 'events'],
  [true, 'create', 'coordination.k8s.io', 'leases', 'plimsoll-system'],
  [false, 'create', 'coordination.k8s.io', 'leases', 'kube-system'],
  [false, 'update', 'coordination.k8s.io', 'leases', 'plimsoll-system'],
  [false, 'get', '', 'secrets'],
  [false, 'get', '', 'secrets', 'plimsoll-system'],
  [false, 'get', '', 'configmaps'],
  [false, 'create', '', 'pods'],
  [false, 'create', '', 'serviceaccounts/token', 'plimsoll-system'],
  [false, 'get', '', 'nodes/proxy'],
  [false, 'patch', 'apps', 'deployments'],
  [false, 'bind', 'rbac.authorization.k8s.io', 'clusterroles'],
];

describe('the installed API', () => {
  const cluster = useCluster();
  const kubectl: ControlPlane['kubectl'] = async (args, options) => cluster.controlPlane().kubectl(args, options);

  async function getJson(args: readonly string[], input?: object): Promise<unknown> {
    const options = input === undefined ? {} : { input: JSON.stringify(input) };
    return JSON.parse(await kubectl([...args, '--output=json'], options)) as unknown;
  }

  before('install', async () => {
    const file = join(ROOT, INSTALL);
    await kubectl(['apply', '--server-side', '--validate=strict', '--warnings-as-errors', `--filename=${file}`]);
    await kubectl(['wait', '--for=condition=Established', '--timeout=20s', ...CRDS.map((crd) => `crd/${crd}`)]);
  });

  it('is what kustomize makes of config/default', async () => {
    const kustomized = loadAll(await kubectl(['kustomize', join(ROOT, 'config/default')]));
    assert.deepEqual(inOrder(kustomized), inOrder(readManifests(INSTALL)));
  });

  for (const name of CRDS) {
    it(`serves ${name} by a structural schema`, async () => {
      const crd = (await getJson(['get', 'crd', name])) as V1CustomResourceDefinition;
      const conditions = (crd.status?.conditions ?? []).map(({ type, status }) => `${type}=${status}`);
      assert.deepEqual(conditions.sort(), ['Established=True', 'NamesAccepted=True']);
    });
  }

  it('explains every field', async () => {
    // The API server publishes new schemas in its own time.
    const fields = await eventually('the kind is explained', async () =>
      kubectl(['explain', 'securityreports.findings', '--recursive']),
    );
    assert.match(fields, /What is wrong, the worst first/);
    assert.match(fields, /enum: Template, Pod/);
    const described = await kubectl(['explain', 'csecrep.summary']);
    assert.match(described, /passed\s<integer> -required-\s+Checks that were decided and found nothing\./);
  });

  describe('with a report of a Deployment in it', () => {
    let namespace = '';
    const sample = (): string =>
      readFileSync(join(ROOT, SAMPLES, 'plimsoll_v1alpha1_securityreport.yaml'), 'utf8').replace(
        'namespace: shop',
        `namespace: ${namespace}`,
      );
    const list = async (...args: readonly string[]): Promise<string> =>
      kubectl(['get', 'securityreports', `--namespace=${namespace}`, ...args]);

    const named = async (name: string): Promise<string> =>
      list(`--field-selector=subject.kind=Deployment,subject.name=${name}`, '--output=name');

    before('apply the sample', async () => {
      namespace = await cluster.namespace('shop');
      await cluster.apply(sample(), namespace);
    });

    it('shows how bad it is, and how old', async () => {
      const [head = '', row = ''] = (await list()).split('\n');
      assert.deepEqual(head.split(/ {2,}/), ['NAME', 'CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'NEWEST', 'AGE']);
      assert.match(row, /^deployment-checkout +1 +0 +1 +0 +\w+ +\d+s$/);
    });

    it('shows the rest when asked for more', async () => {
      const [head = '', row = ''] = (await list('--output=wide')).split('\n');
      const more = ['INFO', 'SUPPRESSED', 'UNKNOWN', 'PASSED', 'KIND', 'SUBJECT'];
      assert.deepEqual(head.trim().split(/ {2,}/).slice(7), more);
      assert.match(row, / 0 +1 +0 +27 +Deployment +checkout *$/);
    });

    it('finds it by the name and the kind of its subject', async () => {
      assert.equal(await named('checkout'), 'securityreport.plimsoll.dev/deployment-checkout\n');
      assert.equal(await named('cart'), '');
    });

    it('finds it by the label, the short name and the category', async () => {
      for (const resource of ['secrep', 'plimsoll']) {
        const args = ['get', resource, `--namespace=${namespace}`, '--selector=plimsoll.dev/subject-name=checkout'];
        assert.equal(await kubectl([...args, '--output=name']), 'securityreport.plimsoll.dev/deployment-checkout\n');
      }
    });

    const refusals: readonly (readonly [string, string, string, RegExp])[] = [
      [
        'a severity that is none',
        'severity: High',
        'severity: Awful',
        /findings\[1\]\.severity: Unsupported value: "Awful"/,
      ],
      ['a field that is none', 'passed: 27', 'passed: 27\n  happy: 1', /unknown field "summary\.happy"/],
      ['a time that is none', "'2026-10-12T09:41:07Z'", 'yesterday', /must be of type date-time/],
      ['an id that is none', '1f0d6c2be93a4875', '1F0D6C2BE93A4875', /findings\[0\]\.id: Invalid value/],
      ['a missing list', 'unknown: []', '', /unknown: Required value/],
    ];
    for (const [what, from, to, message] of refusals) {
      it(`refuses ${what}`, async () => {
        const input = sample().replace(from, to).replace('deployment-checkout', 'deployment-refused');
        await assert.rejects(kubectl(['create', '--validate=strict', '--filename=-'], { input }), message);
      });
    }

    it('lets a viewer of the namespace read it, but not the reports of the cluster', async function () {
      if (!cluster.controlPlane().hasControllerManager) this.skip();
      const user = `viewer-of-${namespace}`;
      await kubectl([
        'create',
        'rolebinding',
        'viewer',
        '--clusterrole=view',
        `--user=${user}`,
        `--namespace=${namespace}`,
      ]);
      await eventually('the role is aggregated', async () => list(`--as=${user}`));
      for (const kind of ['clustersecurityreports', 'compliancereports']) {
        await assert.rejects(kubectl(['get', kind, `--as=${user}`]), /forbidden/);
      }
      await assert.rejects(kubectl(['get', 'securityreports', '--namespace=default', `--as=${user}`]), /forbidden/);
      await assert.rejects(
        kubectl(['delete', 'secrep', '--all', `--namespace=${namespace}`, `--as=${user}`]),
        /forbidden/,
      );
    });
  });

  it('shows the subject of a cluster-scoped report, whose name cannot say it', async () => {
    const file = join(ROOT, SAMPLES, 'plimsoll_v1alpha1_clustersecurityreport.yaml');
    await kubectl(['apply', '--server-side', `--filename=${file}`]);
    try {
      const [head, row] = (await kubectl(['get', `--filename=${file}`])).split('\n');
      assert.match(head ?? '', /^NAME +CRITICAL +HIGH +MEDIUM +LOW +NEWEST +AGE +SUBJECT/);
      assert.match(row ?? '', /^clusterrolebinding-ops-admins-\w{16} +1 +0 +0 +0 +(?:\w+ +)?\w+ +ops:admins/);
    } finally {
      await kubectl(['delete', `--filename=${file}`]);
    }
  });

  it('takes the samples of what people write', async () => {
    for (const kind of ['securityexception', 'clustersecurityexception', 'securityprofile']) {
      const file = readFileSync(join(ROOT, SAMPLES, `plimsoll_v1alpha1_${kind}.yaml`), 'utf8');
      const input = file.replace('namespace: logging', 'namespace: default');
      await kubectl(['create', '--dry-run=server', '--validate=strict', '--filename=-'], { input });
    }
  });

  for (const [allowed, verb, group, path, namespace = ''] of RIGHTS) {
    const [resource = '', subresource = ''] = path.split('/');
    const where = namespace === '' ? 'everywhere' : `in ${namespace}`;
    it(`${allowed ? 'lets' : 'does not let'} the operator ${verb} ${path} ${where}`, async () => {
      const review = (await getJson(['create', '--filename=-'], {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { user: OPERATOR, resourceAttributes: { verb, group, resource, subresource, namespace } },
      })) as V1SubjectAccessReview;
      assert.equal(review.status?.allowed, allowed, review.status?.reason);
    });
  }

  it('admits the pod of the operator under restricted Pod Security', async () => {
    const { template } = (readManifest(INSTALL, 'Deployment', 'plimsoll') as Deployment).spec;
    const metadata = { ...template.metadata, name: 'plimsoll', namespace: 'plimsoll-system' };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec };
    const create = ['create', '--dry-run=server', '--validate=strict', '--warnings-as-errors', '--filename=-'];
    await kubectl(create, { input: JSON.stringify(pod) });

    const careless = { ...pod, spec: { ...pod.spec, securityContext: {} } };
    await assert.rejects(
      kubectl(create, { input: JSON.stringify(careless) }),
      /violates PodSecurity "restricted:latest"/,
    );
  });
});

/** The objects as texts that are equal if the objects are, in whatever order they come. */
function inOrder(objects: readonly unknown[]): readonly string[] {
  return objects.map((object) => JSON.stringify(sorted(object))).toSorted();
}

/** The same value with the keys of its objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, sorted(entry)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
