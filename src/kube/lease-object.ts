import { ApiError } from './api-error.ts';
import { resourcePath, type Resource } from './resource.ts';
import type { KubeClient } from './client.ts';

const LEASES: Resource = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  namespaced: true,
};

export interface LeaseSpec {
  /** '' or absent: nobody holds it. */
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
}

export interface Lease {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec?: LeaseSpec;
}

/** The bounds of one request. */
export interface Bounds {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** One Lease object. Both methods throw as the client does. */
export interface LeaseObject {
  /** Undefined if there is none. */
  readonly read: (bounds: Bounds) => Promise<Lease | undefined>;
  /** Creates it, or changes these fields of what was read; undefined if it is not any more as it was read. */
  readonly write: (read: Lease | undefined, changes: LeaseSpec, bounds: Bounds) => Promise<Lease | undefined>;
}

export function createLeaseObject(client: KubeClient, namespace: string, name: string): LeaseObject {
  const path = resourcePath(LEASES, { namespace, name });
  const collection = resourcePath(LEASES, { namespace });

  function create(spec: LeaseSpec, bounds: Bounds): Promise<Lease> {
    return client.request({
      method: 'POST',
      path: collection,
      body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { namespace, name }, spec },
      ...bounds,
    });
  }

  return {
    read: (bounds) => unless('NotFound', client.request<Lease>({ method: 'GET', path, ...bounds })),
    write(read, changes, bounds) {
      if (read === undefined) return unless('Conflict', create(changes, bounds));
      // The resourceVersion that was read makes the server refuse if anybody else has written since.
      const body = { ...read, spec: { ...read.spec, ...changes } };
      const put = client.request<Lease>({ method: 'PUT', path, body, ...bounds });
      return unless('Conflict', unless('NotFound', put));
    },
  };
}

/** What was promised, or undefined where the server answers with that failure. */
async function unless<T>(code: ApiError['code'], promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof ApiError && error.code === code) return undefined;
    throw error;
  }
}
