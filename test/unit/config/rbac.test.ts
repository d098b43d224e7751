import assert from 'node:assert/strict';
import type { V1ClusterRole, V1ClusterRoleBinding, V1PolicyRule, V1Role, V1RoleBinding } from '@kubernetes/client-node';
import {
  CLUSTER_SECURITY_EXCEPTIONS,
  CLUSTER_SECURITY_REPORTS,
  COMPLIANCE_REPORTS,
  GROUP,
  SECURITY_EXCEPTIONS,
  SECURITY_PROFILES,
  SECURITY_REPORTS,
} from '../../../src/crds/index.ts';
import { OPTIONAL_READS, WATCHED } from '../../../src/inventory/watched.ts';
import { INSTALL, readManifest, readManifests } from './manifests.ts';

/** `group/resource` to the verbs that are granted on it, each sorted. */
function grants(rules: readonly V1PolicyRule[] = []): Readonly<Record<string, readonly string[]>> {
  const granted = rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups.flatMap((group) => resources.map((resource) => [`${group}/${resource}`, [...verbs].sort()] as const)),
  );
  return Object.fromEntries(granted);
}

const READ = ['get', 'list', 'watch'];
const OWN = [SECURITY_REPORTS, CLUSTER_SECURITY_REPORTS, COMPLIANCE_REPORTS].map(
  ({ resource }) => `${GROUP}/${resource}`,
);

/** What people write for us to read. */
const WRITTEN = [CLUSTER_SECURITY_EXCEPTIONS, SECURITY_EXCEPTIONS, SECURITY_PROFILES].map(
  ({ resource }) => `${GROUP}/${resource}`,
);

const role = readManifest(INSTALL, 'ClusterRole', 'plimsoll') as V1ClusterRole;

describe('the ClusterRole of the operator', () => {
  it('grants exactly what the operator watches and writes', () => {
    const whole = WATCHED.filter(({ only, optional }) => only === undefined && optional === undefined);
    const watched = whole.map(({ resource: { group, resource } }) => [`${group}/${resource}`, READ] as const);
    assert.deepEqual(grants(role.rules), {
      ...Object.fromEntries(watched),
      ...Object.fromEntries(OWN.map((resource) => [resource, ['create', 'delete', 'get', 'list', 'patch', 'watch']])),
      ...Object.fromEntries(WRITTEN.map((resource) => [resource, READ])),
      ...Object.fromEntries(WRITTEN.map((resource) => [`${resource}/status`, ['patch', 'update']])),
      'events.k8s.io/events': ['create', 'patch'],
    });
  });

  it('is not aggregated from others, nor into others', () => {
    assert.equal(role.aggregationRule, undefined);
    assert.deepEqual(role.metadata?.labels, { 'app.kubernetes.io/name': 'plimsoll' });
  });
});

describe('the Roles for single objects', () => {
  const roles = readManifests(INSTALL).filter(
    ({ kind, metadata }) => kind === 'Role' && metadata.name === 'plimsoll',
  ) as readonly V1Role[];
  const named = (rules: readonly V1PolicyRule[] = [], namespace = ''): readonly string[] =>
    rules.flatMap(({ apiGroups = [], resources = [], resourceNames = [] }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => resourceNames.map((name) => `${group}/${resource} ${namespace}/${name}`)),
      ),
    );

  it('grant exactly the objects that are watched by name, to be read', () => {
    const watched = WATCHED.flatMap(({ resource: { group, resource }, only }) =>
      only === undefined ? [] : [`${group}/${resource} ${only.namespace}/${only.name}`],
    );
    assert.deepEqual(roles.flatMap(({ metadata, rules }) => named(rules, metadata?.namespace)).sort(), watched.sort());
    for (const { verbs, resourceNames = [] } of roles.flatMap(({ rules = [] }) => rules)) {
      assert.deepEqual(verbs, READ);
      assert.ok(resourceNames.length > 0, 'a rule without names grants every object');
    }
  });

  it('are bound to the operator alone', () => {
    const bindings = readManifests(INSTALL).filter(
      ({ kind, metadata }) => kind === 'RoleBinding' && metadata.name === 'plimsoll',
    ) as unknown as readonly V1RoleBinding[];
    assert.deepEqual(
      bindings.map(({ metadata, roleRef, subjects }) => [metadata?.namespace, roleRef.kind, roleRef.name, subjects]),
      roles.map(({ metadata }) => [
        metadata?.namespace,
        'Role',
        'plimsoll',
        [{ kind: 'ServiceAccount', name: 'plimsoll', namespace: 'plimsoll-system' }],
      ]),
    );
  });
});

describe('the Role for leader election', () => {
  it('grants one Lease in the namespace of the operator, and to make it', () => {
    const { metadata, rules } = readManifest(INSTALL, 'Role', 'plimsoll-leader-election') as V1Role;
    assert.equal(metadata?.namespace, 'plimsoll-system');
    assert.deepEqual(rules, [
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        resourceNames: ['plimsoll'],
        verbs: ['get', 'update'],
      },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    ]);
  });
});

describe('the roles for metrics', () => {
  const bindings = readManifests(INSTALL).filter(({ kind }) => kind.endsWith('RoleBinding')) as unknown as readonly (
    V1RoleBinding | V1ClusterRoleBinding
  )[];
  const bound = (name: string): unknown =>
    bindings.filter(({ roleRef }) => roleRef.name === name).map(({ subjects }) => subjects);

  it('let the operator ask whose a token is, and what they may do, and nothing else', () => {
    const { rules } = readManifest(INSTALL, 'ClusterRole', 'plimsoll-metrics-auth') as V1ClusterRole;
    assert.deepEqual(grants(rules), {
      'authentication.k8s.io/tokenreviews': ['create'],
      'authorization.k8s.io/subjectaccessreviews': ['create'],
    });
    assert.deepEqual(bound('plimsoll-metrics-auth'), [
      [{ kind: 'ServiceAccount', name: 'plimsoll', namespace: 'plimsoll-system' }],
    ]);
  });

  it('let nobody scrape before somebody says who', () => {
    const { rules } = readManifest(INSTALL, 'ClusterRole', 'plimsoll-metrics-reader') as V1ClusterRole;
    assert.deepEqual(rules, [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }]);
    assert.deepEqual(bound('plimsoll-metrics-reader'), []);
  });
});

describe('the roles for what is read on request', () => {
  for (const word of OPTIONAL_READS) {
    const folder = `config/optional/read-${word}`;

    it(`let the operator list and watch ${word}, and nothing else`, () => {
      const name = `plimsoll-read-${word}`;
      const { rules } = readManifest(`${folder}/role.yaml`, 'ClusterRole', name) as V1ClusterRole;
      const watched = WATCHED.filter(({ optional }) => optional === word);
      const expected = watched.map(({ resource: { group, resource } }) => [`${group}/${resource}`, ['list', 'watch']]);
      assert.deepEqual(grants(rules), Object.fromEntries(expected));
      const binding = readManifest(`${folder}/role_binding.yaml`, 'ClusterRoleBinding', name) as V1ClusterRoleBinding;
      assert.equal(binding.roleRef.name, name);
      assert.deepEqual(binding.subjects, [{ kind: 'ServiceAccount', name: 'plimsoll', namespace: 'plimsoll-system' }]);
    });

    it(`switch on what they grant: ${word}`, () => {
      const [component] = readManifests(`${folder}/kustomization.yaml`) as readonly { patches?: { patch: string }[] }[];
      assert.match(component?.patches?.[0]?.patch ?? '', new RegExp(`value: --read=${word}$`));
    });
  }
});

describe('all roles that are installed', () => {
  const roles = readManifests(INSTALL).filter(({ kind }) => kind.endsWith('Role')) as readonly (
    V1Role | V1ClusterRole
  )[];
  const rules = roles.flatMap(({ rules: own = [] }) => own);

  it('have no wildcard', () => {
    assert.equal(roles.length, 16);
    const values = rules.flatMap(({ apiGroups = [], resources = [], verbs }) => [...apiGroups, ...resources, ...verbs]);
    assert.deepEqual(
      values.filter((value) => value.includes('*')),
      [],
    );
  });

  it('know no Secrets', () => {
    assert.ok(!rules.some(({ resources = [] }) => resources.some((resource) => resource.startsWith('secrets'))));
  });
});

describe('the optional role for asking kubelets', () => {
  it('grants to read their configuration, and nothing that opens containers', () => {
    const { rules } = readManifest(
      'config/kubelet-configz/role.yaml',
      'ClusterRole',
      'plimsoll-kubelet-configz',
    ) as V1ClusterRole;
    assert.deepEqual(rules, [{ apiGroups: [''], resources: ['nodes/configz'], verbs: ['get'] }]);
  });
});

const AGGREGATED = /^rbac\.authorization\.k8s\.io\/aggregate-to-/;

/** The roles of a sort, with what they grant and into which roles they are aggregated. */
function rolesOf(sort: 'viewer' | 'editor'): readonly (readonly [string, object, readonly string[]])[] {
  const ofSort = readManifests(INSTALL).filter(
    ({ kind, metadata }) => kind === 'ClusterRole' && metadata.name.endsWith(`-${sort}`),
  ) as unknown as readonly V1ClusterRole[];
  return ofSort.map(({ metadata, rules }) => [
    metadata?.name ?? '',
    grants(rules),
    Object.keys(metadata?.labels ?? {}).filter((label) => AGGREGATED.test(label)),
  ]);
}

const granting = (verbs: readonly string[], ...resources: readonly string[]): object =>
  Object.fromEntries(resources.map((resource) => [`${GROUP}/${resource}`, verbs]));

describe('the roles of those who read reports, exceptions and the profile', () => {
  it('only read, and reach the viewers of a namespace for what is its own', () => {
    const view = ['rbac.authorization.k8s.io/aggregate-to-view'];
    assert.deepEqual(rolesOf('viewer'), [
      ['plimsoll-securityreport-viewer', granting(READ, 'securityreports'), view],
      [
        'plimsoll-clustersecurityreport-viewer',
        granting(READ, 'clustersecurityreports', 'compliancereports', 'securityreports'),
        [],
      ],
      ['plimsoll-compliancereport-viewer', granting(READ, 'compliancereports'), []],
      ['plimsoll-securityexception-viewer', granting(READ, 'securityexceptions'), view],
      [
        'plimsoll-clustersecurityexception-viewer',
        granting(READ, 'clustersecurityexceptions', 'securityexceptions'),
        [],
      ],
      ['plimsoll-securityprofile-viewer', granting(READ, 'securityprofiles'), []],
    ]);
  });
});

describe('the roles of those who accept findings or decide how to judge', () => {
  const EDIT = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

  it('grant one kind each, without its status, and come to nobody by another role', () => {
    assert.deepEqual(rolesOf('editor'), [
      ['plimsoll-securityexception-editor', granting(EDIT, 'securityexceptions'), []],
      ['plimsoll-clustersecurityexception-editor', granting(EDIT, 'clustersecurityexceptions'), []],
      ['plimsoll-securityprofile-editor', granting(EDIT, 'securityprofiles'), []],
    ]);
  });

  it('are bound to nobody', () => {
    const editors = new Set(rolesOf('editor').map(([name]) => name));
    const bindings = readManifests(INSTALL).filter(({ kind }) =>
      kind.endsWith('Binding'),
    ) as unknown as readonly V1ClusterRoleBinding[];
    assert.deepEqual(
      bindings.filter(({ roleRef }) => editors.has(roleRef.name)),
      [],
    );
  });
});
