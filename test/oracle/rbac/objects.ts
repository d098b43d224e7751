import { deleteObject } from '../../../src/kube/apply.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { resourcePath, type Resource } from '../../../src/kube/resource.ts';
import { WATCHED } from '../../../src/inventory/watched.ts';
import { INNER_ROLE, OBJECT_NAMES, OUTER_ROLE, RUN_LABEL } from './vocabulary.ts';
import { KINDS, type BindingManifest, type RbacKind, type RoleManifest, type World } from './world.ts';

const PARALLEL_WRITES = 16;

export function resourceOf(kind: RbacKind): Resource {
  const watched = WATCHED.find((each) => each.kind === kind);
  if (watched === undefined) throw new Error(`${kind} is not watched`);
  return watched.resource;
}

/** Creates objects under the label of the run. */
export async function create(
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

/** Deletes what was created under the label of the run. */
export async function clear(client: KubeClient, run: string, namespaces: readonly string[]): Promise<void> {
  const paths = KINDS.map(resourceOf).flatMap((resource) =>
    (resource.namespaced ? namespaces : [undefined]).map((namespace) => resourcePath(resource, { namespace })),
  );
  const query = { labelSelector: `${RUN_LABEL}=${run}` };
  await Promise.all(paths.map((path) => client.request({ method: 'DELETE', path, query })));
  const strays = await strayRoles(client);
  await Promise.all(strays.map(({ metadata }) => deleteObject(client, resourceOf('ClusterRole'), metadata)));
}

/** The controller that fills aggregated roles applies them: it may bring back, bare of labels, one that has just been deleted. */
export async function strayRoles(client: KubeClient): Promise<readonly RoleManifest[]> {
  const drawn = new Set([...OBJECT_NAMES, INNER_ROLE, OUTER_ROLE]);
  return (await list<RoleManifest>(client, 'ClusterRole')).filter(({ metadata: { name } }) => drawn.has(name));
}

async function list<T>(client: KubeClient, kind: RbacKind): Promise<readonly T[]> {
  const { items } = await client.request<{ items: readonly T[] }>({
    method: 'GET',
    path: resourcePath(resourceOf(kind)),
  });
  return items.map((item) => ({ ...item, kind }));
}

/** All roles and bindings that there are. */
export async function listWorld(client: KubeClient): Promise<World> {
  const [clusterRoles, roles, clusterBindings, bindings] = await Promise.all([
    list<RoleManifest>(client, 'ClusterRole'),
    list<RoleManifest>(client, 'Role'),
    list<BindingManifest>(client, 'ClusterRoleBinding'),
    list<BindingManifest>(client, 'RoleBinding'),
  ]);
  return { roles: [...clusterRoles, ...roles], bindings: [...clusterBindings, ...bindings] };
}
