import { ApiError } from './api-error.ts';
import { apiVersionOf, resourcePath, type Resource } from './resource.ts';
import { APPLY_PATCH } from './retry.ts';
import type { KubeClient } from './client.ts';

/** Anything with a name; group, version and kind come from the resource. */
export interface Applicable {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** What the server made of it. */
export interface Applied {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly result: 'applied';
  /** Of the JSON that was sent. */
  readonly sizeBytes: number;
}

export interface ObjectPlace {
  readonly namespace?: string | undefined;
  readonly name: string;
}

export interface DeleteOptions {
  /** Deletes only the object with this uid, so that one made anew under the name is spared. */
  readonly uid?: string | undefined;
  /** What happens to objects that it owns. Default: what the kind's default is. */
  readonly propagation?: 'Orphan' | 'Background' | 'Foreground' | undefined;
}

/** Asks for the metadata of the answer only: the rest is what has just been sent. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';

interface Stored {
  readonly metadata: { readonly uid: string; readonly resourceVersion: string };
}

/**
 * Creates or updates an object by server-side apply, and takes over fields that others own. Unknown fields are an error.
 * Throws as the client does.
 */
export async function applyObject(
  client: KubeClient,
  resource: Resource,
  object: Applicable,
  { fieldManager }: { readonly fieldManager: string },
): Promise<Applied> {
  const body = { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind };
  const bodyText = JSON.stringify(body);
  const { metadata } = await client.request<Stored>({
    method: 'PATCH',
    path: resourcePath(resource, { namespace: object.metadata?.namespace, name: object.metadata?.name ?? '' }),
    query: { fieldManager, force: true, fieldValidation: 'Strict' },
    contentType: APPLY_PATCH,
    accept: METADATA_ONLY,
    body,
    bodyText,
  });
  const sizeBytes = Buffer.byteLength(bodyText);
  return { uid: metadata.uid, resourceVersion: metadata.resourceVersion, result: 'applied', sizeBytes };
}

/**
 * Writes the status of an object whose spec is somebody else's, by server-side apply: what was in it and is not any more goes.
 * Throws as the client does, `ApiError` with code `NotFound` if the object is gone.
 */
export async function applyStatus(
  client: KubeClient,
  resource: Resource,
  { namespace, name }: ObjectPlace,
  status: object,
  { fieldManager }: { readonly fieldManager: string },
): Promise<void> {
  await client.request({
    method: 'PATCH',
    path: resourcePath(resource, { namespace, name, subresource: 'status' }),
    query: { fieldManager, force: true, fieldValidation: 'Strict' },
    contentType: APPLY_PATCH,
    accept: METADATA_ONLY,
    body: {
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      status,
    },
  });
}

/**
 * Deletes an object. One that is gone already is as good. Throws `ApiError` with code `Conflict` if another object of that
 * name, with another uid, is there now, and otherwise as the client does.
 */
export async function deleteObject(
  client: KubeClient,
  resource: Resource,
  place: ObjectPlace,
  { uid, propagation }: DeleteOptions = {},
): Promise<void> {
  try {
    await client.request({
      method: 'DELETE',
      path: resourcePath(resource, place),
      accept: METADATA_ONLY,
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(uid === undefined ? {} : { preconditions: { uid } }),
        ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
      },
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NotFound') throw error;
  }
}
