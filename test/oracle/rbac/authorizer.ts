import { randomBytes } from 'node:crypto';
import type { KubeClient } from '../../../src/kube/client.ts';
import { loadKubeConfig } from '../../../src/kube/auth.ts';
import { createClient } from '../../../src/kube/transport.ts';
import { eventually } from '../../cluster/eventually.ts';
import type { Question } from './arbitrary-question.ts';
import { awaitAggregation } from './aggregation.ts';
import { clear, create, listWorld, resourceOf, strayRoles } from './objects.ts';
import { ruleText, rulesIn, type BindingManifest, type RoleManifest, type World } from './world.ts';

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
  /** Whether all is still as it was given back: the controller may work for a while by what it saw of the last world. */
  readonly isUnchanged: (world: World) => Promise<boolean>;
  /** SubjectAccessReview. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** Removes what was made, and ends the connections. */
  readonly close: () => Promise<void>;
}

const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
const OFTEN = { intervalMs: 20 };
const PATIENT = { timeoutMs: 120_000 };

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

  async function isGone(): Promise<boolean> {
    await clear(client, run, namespaces);
    // Roles that aggregate each other would keep rules of the last world alive, each by its copies of the other.
    await awaitAggregation(client, resourceOf('ClusterRole'));
    return (await strayRoles(client)).length === 0;
  }

  async function loaded(world: World): Promise<World | undefined> {
    await eventually('the last world is gone', isGone);
    await create(client, [...world.roles, ...world.bindings], run);
    const all = await eventually('the world is settled', settled);
    return isSelfContained(all) ? all : undefined;
  }

  return {
    namespaces,
    load: async (world) => eventually('a world is loaded that holds nothing else', async () => loaded(world), PATIENT),
    isUnchanged: async (world) => versionsOf(await listWorld(client)) === versionsOf(world),
    ask: async (question) => ask(client, question),
    async close() {
      await eventually('the last world is gone', isGone);
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

/**
 * Whether every rule of an aggregated role stands in one that is not. The controller works by what it has seen last: if it
 * brings a rule of the last world back, roles of this one that aggregate each other keep it for ever.
 */
function isSelfContained({ roles }: World): boolean {
  const { plain = [], aggregated = [] } = Object.groupBy(roles, ({ aggregationRule }) =>
    aggregationRule === undefined ? 'plain' : 'aggregated',
  );
  const sources = new Set(plain.flatMap(rulesIn).map(ruleText));
  return aggregated.flatMap(rulesIn).every((rule) => sources.has(ruleText(rule)));
}

function versionsOf({ roles, bindings }: World): string {
  const versions = [...roles, ...bindings].map(({ kind, metadata: { namespace, name, resourceVersion } }) =>
    [kind, namespace, name, resourceVersion].join('/'),
  );
  return versions.sort().join('\n');
}

/** The name of the ClusterRole that was written last. */
function lastChanged({ roles }: World): string | undefined {
  const versionOf = ({ metadata }: RoleManifest): bigint => BigInt(metadata.resourceVersion ?? 0);
  return roles
    .filter(({ kind }) => kind === 'ClusterRole')
    .toSorted((a, b) => (versionOf(a) < versionOf(b) ? 1 : -1))[0]?.metadata.name;
}
