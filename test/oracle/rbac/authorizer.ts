import { randomBytes } from 'node:crypto';
import type { KubeClient } from '../../../src/kube/client.ts';
import { loadKubeConfig } from '../../../src/kube/auth.ts';
import { resourcePath, type Resource } from '../../../src/kube/resource.ts';
import { createClient } from '../../../src/kube/transport.ts';
import { WATCHED } from '../../../src/inventory/watched.ts';
import { eventually } from '../../cluster/eventually.ts';
import type { Question } from './arbitrary-question.ts';
import { awaitAggregation } from './aggregation.ts';
import { RUN_LABEL } from './vocabulary.ts';
import { KINDS, type BindingManifest, type RbacKind, type RoleManifest, type World } from './world.ts';

/** What the API server said, and by what it explains that. */
export interface Answer {
  readonly allowed: boolean;
  readonly reason: string;
}

/** The authorizer of a real API server. */
export interface Authorizer {
  /** Namespaces for drawn roles and bindings. */
  readonly namespaces: readonly string[];
  /** Puts a world in the place of the last one, waits until the server judges by it, and answers all that is there now. */
  readonly load: (world: World) => Promise<World>;
  /** SubjectAccessReview. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** Removes what was made, and ends the connections. */
  readonly close: () => Promise<void>;
}

const PARALLEL_WRITES = 16;
const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
const OFTEN = { intervalMs: 20 };

function resourceOf(kind: RbacKind): Resource {
  const watched = WATCHED.find((each) => each.kind === kind);
  if (watched === undefined) throw new Error(`${kind} is not watched`);
  return watched.resource;
}

/** Connects to the cluster of a kubeconfig, as somebody with all rights. */
export async function rbacAuthorizer(kubeconfig: string): Promise<Authorizer> {
  const client = createClient({ loadConfig: () => loadKubeConfig({ kubeconfig }), userAgent: 'plimsoll-oracle' });
  const run = randomBytes(4).toString('hex');
  const namespaces = [`rbac-${run}-a`, `rbac-${run}-b`];
  await Promise.all(
    namespaces.map((name) =>
      client.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name } } }),
    ),
  );
  let sentinels = 0;

  /** All there is, once the authorizer knows it; undefined if the controller has changed a role meanwhile. */
  async function settled(): Promise<World | undefined> {
    sentinels += 1;
    const sentinel = sentinelOf(`${run}-${sentinels}`, namespaces);
    await create(client, sentinel.first, run);
    await awaitAggregation(client, resourceOf('ClusterRole'));
    await create(client, sentinel.last, run);
    await eventually('the authorizer knows the last objects', () => isSeen(client, sentinel), OFTEN);
    const world = await listWorld(client);
    return lastChanged(world)?.startsWith(sentinel.user) === true ? world : undefined;
  }

  return {
    namespaces,
    async load(world) {
      await clear(client, run, namespaces);
      // Roles that aggregate each other would keep rules of the last world alive, each by its copies of the other.
      await awaitAggregation(client, resourceOf('ClusterRole'));
      await create(client, [...world.roles, ...world.bindings], run);
      return eventually('the world is settled', settled);
    },
    ask: async (question) => ask(client, question),
    async close() {
      await clear(client, run, namespaces);
      await Promise.all(
        namespaces.map((name) => client.request({ method: 'DELETE', path: `/api/v1/namespaces/${name}` })),
      );
      await client.close();
    },
  };
}

async function ask(client: KubeClient, question: Question): Promise<Answer> {
  const { identity, isPath, verb, path, group, resource, subresource, name, namespace } = question;
  const attributes = isPath
    ? { nonResourceAttributes: { verb, path } }
    : { resourceAttributes: { verb, group, resource, subresource, name, namespace } };
  const body = { spec: { ...identity, ...attributes } };
  const { status } = await client.request<{ status: { allowed: boolean; reason?: string } }>({
    method: 'POST',
    path: REVIEWS,
    body,
  });
  return { allowed: status.allowed, reason: status.reason ?? '' };
}

async function create(
  client: KubeClient,
  objects: readonly (RoleManifest | BindingManifest)[],
  run: string,
): Promise<void> {
  const queue = objects.values();
  await Promise.all(
    Array.from({ length: PARALLEL_WRITES }, async () => {
      for (const { kind, metadata, ...content } of queue) {
        const labels = { ...metadata.labels, [RUN_LABEL]: run };
        const body = { metadata: { ...metadata, labels }, ...content };
        const path = resourcePath(resourceOf(kind), { namespace: metadata.namespace });
        await client.request({ method: 'POST', path, body });
      }
    }),
  );
}

async function clear(client: KubeClient, run: string, namespaces: readonly string[]): Promise<void> {
  const paths = KINDS.map(resourceOf).flatMap((resource) =>
    (resource.namespaced ? namespaces : [undefined]).map((namespace) => resourcePath(resource, { namespace })),
  );
  const query = { labelSelector: `${RUN_LABEL}=${run}` };
  await Promise.all(paths.map((path) => client.request({ method: 'DELETE', path, query })));
}

interface Sentinel {
  /** Who is allowed something as soon as the last objects are known. */
  readonly user: string;
  readonly namespace: string;
  readonly first: readonly RoleManifest[];
  readonly last: readonly (RoleManifest | BindingManifest)[];
}

/**
 * One object of each kind, made after all others. The authorizer reads each kind by one watch, in order: once it knows these, it
 * knows what was made before. A ClusterRole that aggregates all there are must not change by it, so another of the same rules
 * and labels, and with an earlier name, is there from the start.
 */
function sentinelOf(id: string, [namespace = '']: readonly string[]): Sentinel {
  const user = `o-sentinel-${id}`;
  const subjects = [{ kind: 'User', name: user }] as const;
  const rules = (resource: string): NonNullable<RoleManifest['rules']> => [
    { verbs: ['get'], apiGroups: [user], resources: [resource] },
  ];
  const clusterRole = (name: string): RoleManifest => ({
    kind: 'ClusterRole',
    metadata: { name },
    rules: rules('clustered'),
  });
  const toRole = (kind: 'Role' | 'ClusterRole'): Pick<BindingManifest, 'roleRef' | 'subjects'> => ({
    roleRef: { kind, name: `${user}-last` },
    subjects,
  });
  return {
    user,
    namespace,
    first: [clusterRole(`${user}-first`)],
    last: [
      clusterRole(`${user}-last`),
      { kind: 'Role', metadata: { name: `${user}-last`, namespace }, rules: rules('namespaced') },
      { kind: 'ClusterRoleBinding', metadata: { name: user }, ...toRole('ClusterRole') },
      { kind: 'RoleBinding', metadata: { name: user, namespace }, ...toRole('Role') },
    ],
  };
}

async function isSeen(client: KubeClient, { user, namespace }: Sentinel): Promise<boolean> {
  const question = { identity: { user, groups: [] }, isPath: false, changed: [], verb: 'get', group: user };
  const answers = ['clustered', 'namespaced'].map(async (resource) =>
    ask(client, { ...question, resource, subresource: '', name: '', namespace, path: '' }),
  );
  return (await Promise.all(answers)).every(({ allowed }) => allowed);
}

/** The name of the ClusterRole that was written last. */
function lastChanged({ roles }: World): string | undefined {
  const versionOf = ({ metadata }: RoleManifest): bigint => BigInt(metadata.resourceVersion ?? 0);
  return roles
    .filter(({ kind }) => kind === 'ClusterRole')
    .toSorted((a, b) => (versionOf(a) < versionOf(b) ? 1 : -1))[0]?.metadata.name;
}

async function list<T>(client: KubeClient, kind: RbacKind): Promise<readonly T[]> {
  const { items } = await client.request<{ items: readonly T[] }>({
    method: 'GET',
    path: resourcePath(resourceOf(kind)),
  });
  return items.map((item) => ({ ...item, kind }));
}

async function listWorld(client: KubeClient): Promise<World> {
  const [clusterRoles, roles, clusterBindings, bindings] = await Promise.all([
    list<RoleManifest>(client, 'ClusterRole'),
    list<RoleManifest>(client, 'Role'),
    list<BindingManifest>(client, 'ClusterRoleBinding'),
    list<BindingManifest>(client, 'RoleBinding'),
  ]);
  return { roles: [...clusterRoles, ...roles], bindings: [...clusterBindings, ...bindings] };
}
