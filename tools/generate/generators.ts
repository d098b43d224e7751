import { crdFiles } from './crds.ts';
import type { Generator } from './generator.ts';
import { installFiles } from './install.ts';
import { typeFiles } from './types.ts';

/** Everything that is generated; a later one may read what an earlier one makes. */
export const GENERATORS: readonly Generator[] = [crdFiles, typeFiles, installFiles];
