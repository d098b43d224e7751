import type { Inventory } from '../../inventory/inventory.ts';
import type { Subject } from '../../inventory/subject-key.ts';
import { WATCHED } from '../../inventory/watched.ts';
import { ApiError } from '../../kube/api-error.ts';
import { rawObject } from '../../kube/raw-object.ts';
import { resourcePath } from '../../kube/resource.ts';
import type { KubeClient } from '../../kube/client.ts';

/** Asks for the template of a controller whose kind is watched by metadata only, and hands it to the inventory. */
export async function fetchTemplate(
  { namespace, name, kind }: Subject,
  version: string,
  {
    client,
    inventory,
    signal,
  }: { readonly client: KubeClient; readonly inventory: Inventory<unknown>; readonly signal: AbortSignal },
): Promise<void> {
  const watched = WATCHED.find(({ resource }) => resource.kind === kind);
  if (watched === undefined) return;
  try {
    const path = resourcePath(watched.resource, { namespace, name });
    const object = await client.request<unknown>({ method: 'GET', path, signal });
    const { group } = watched.resource;
    inventory.adoptTemplate({ group, kind, namespace, name }, version, rawObject(Buffer.from(JSON.stringify(object))));
  } catch (error) {
    // Gone meanwhile: its deletion is on its way.
    if (!(error instanceof ApiError && error.code === 'NotFound')) throw error;
  }
}
