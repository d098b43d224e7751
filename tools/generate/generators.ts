import { bootstrapRbacTable } from '../bootstrap-rbac/table.ts';
import { checksDocFiles } from './checks-doc.ts';
import { crdFiles } from './crds.ts';
import { frameworksDocFiles } from './frameworks-doc.ts';
import type { Generator } from './generator.ts';
import { installFiles } from './install.ts';
import { metricsDocFiles } from './metrics-doc.ts';
import { settingsDocFiles } from './settings-doc.ts';
import { typeFiles } from './types.ts';
import { writtenSchemaFiles } from './written-schemas.ts';

/** Everything that is generated; a later one may read what an earlier one makes. */
export const GENERATORS: readonly Generator[] = [
  crdFiles,
  typeFiles,
  writtenSchemaFiles,
  installFiles,
  bootstrapRbacTable,
  checksDocFiles,
  frameworksDocFiles,
  metricsDocFiles,
  settingsDocFiles,
];
