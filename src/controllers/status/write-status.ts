import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../kube/api-error.ts';
import { applyStatus, type ObjectPlace } from '../../kube/apply.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/logger.ts';
import type { Resource } from '../../kube/resource.ts';
import { FIELD_MANAGER } from '../../reports/write.ts';

export interface StatusWrite {
  readonly resource: Resource;
  readonly place: ObjectPlace;
  readonly wanted: object;
  /** What the status says so far. */
  readonly stored: object | undefined;
}

/** Writes a status unless an equal one is there. Answers whether it did; an object that is gone needs none. Throws as the client does. */
export async function writeStatus(
  { client, logger }: { readonly client: KubeClient; readonly logger: Logger },
  { resource, place, wanted, stored }: StatusWrite,
): Promise<boolean> {
  if (isDeepStrictEqual(wanted, stored)) return false;
  try {
    await applyStatus(client, resource, place, wanted, { fieldManager: FIELD_MANAGER });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'NotFound') return false;
    const { namespace, name } = place;
    logger.warn('could not write a status; will try again', { kind: resource.kind, namespace, name, error });
    throw error;
  }
}
