import { rawObject, type RawObject } from '../../src/kube/raw-object.ts';

/** A Kubernetes object as tests write it. */
export type Json = { readonly [key: string]: unknown };

let serial = 0;

/** An object as the reflector hands it over; name, namespace and uid are filled in where the test does not care. */
export function raw(object: Json): RawObject {
  return rawObject(Buffer.from(JSON.stringify(object)));
}

export interface Meta {
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly [key: string]: unknown;
}

export function meta({ namespace = 'shop', name, uid, ...more }: Meta): Json {
  serial += 1;
  return { name, namespace, uid: uid ?? `uid-${name}`, resourceVersion: String(serial), ...more };
}

/** An ownerReference that says who controls. */
export function controlledBy(kind: string, name: string, apiVersion = 'apps/v1'): Json {
  return { ownerReferences: [{ apiVersion, kind, name, uid: `uid-${name}`, controller: true }] };
}

const POD_SPEC: Json = { containers: [{ name: 'app', image: 'registry.example/app:1' }] };

export function podObject(metadata: Meta, spec: Json = POD_SPEC, phase = 'Running'): RawObject {
  return raw({ apiVersion: 'v1', kind: 'Pod', metadata: meta(metadata), spec, status: { phase } });
}

/** A Deployment, StatefulSet, … with that pod spec in its template. */
export function controllerObject(metadata: Meta, spec: Json = POD_SPEC, status: Json = {}): RawObject {
  return raw({ metadata: meta(metadata), spec: { template: { metadata: {}, spec } }, status });
}
