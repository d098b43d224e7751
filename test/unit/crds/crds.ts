import type { Schema } from '../../../tools/generate/schema.ts';
import { GROUP } from '../../../src/crds/index.ts';
import { readManifest } from '../config/manifests.ts';

/** A CRD of ours, as far as the tests look at it. */
export interface Crd {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: Readonly<Record<string, unknown>>;
    readonly versions: readonly [CrdVersion];
  };
}

/** Its only version. */
export interface CrdVersion {
  readonly name: string;
  readonly subresources?: unknown;
  readonly additionalPrinterColumns: readonly {
    readonly name: string;
    readonly jsonPath: string;
    readonly priority?: number;
  }[];
  readonly selectableFields?: readonly { readonly jsonPath: string }[];
  readonly schema: { readonly openAPIV3Schema: Schema };
}

/** The CRD of a resource, by its plural. */
export function readCrd(resource: string): Crd {
  const path = `config/crd/bases/${GROUP}_${resource}.yaml`;
  return readManifest(path, 'CustomResourceDefinition', `${resource}.${GROUP}`) as Crd;
}

/** A resource with its CRD. */
export function withCrd<T extends { readonly resource: string }>(
  resource: T,
): { readonly resource: T; readonly crd: Crd; readonly version: CrdVersion } {
  const crd = readCrd(resource.resource);
  return { resource, crd, version: crd.spec.versions[0] };
}
