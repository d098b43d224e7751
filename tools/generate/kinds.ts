import {
  CLUSTER_SECURITY_EXCEPTIONS,
  CLUSTER_SECURITY_REPORTS,
  COMPLIANCE_REPORTS,
  SECURITY_EXCEPTIONS,
  SECURITY_PROFILES,
  SECURITY_REPORTS,
} from '../../src/crds/resources.ts';
import { complianceColumns, exceptionColumns, profileColumns, reportColumns, type Column } from './columns.ts';
import {
  CLUSTER_EXCEPTION_ADDITIONS_PATH,
  COMPLIANCE_SCHEMA_PATH,
  EXCEPTION_SCHEMA_PATH,
  PROFILE_SCHEMA_PATH,
  REPORT_SCHEMA_PATH,
  type SchemaSource,
} from './schema.ts';

/** A kind of ours, as its CRD is made. */
export interface Kind extends SchemaSource {
  readonly resource: { readonly resource: string; readonly kind: string; readonly namespaced: boolean };
  readonly shortName: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** Fields that field selectors reach. Default none. */
  readonly selectable?: readonly string[];
}

const SUBJECT_FIELDS = ['.subject.kind', '.subject.name'];

/** All kinds of ours. Those with one schema cannot drift apart. */
export const KINDS: readonly Kind[] = [
  {
    resource: SECURITY_REPORTS,
    shortName: 'secrep',
    description:
      'What Plimsoll found wrong with one object of a namespace. Every workload in scope has a report, a clean one too; ' +
      'other objects have one while there is something to say of them. Written by Plimsoll alone: an edited or deleted ' +
      'report comes back.',
    schemaPath: REPORT_SCHEMA_PATH,
    // `deployment-web` says the subject.
    columns: reportColumns({ showsSubject: false }),
    selectable: SUBJECT_FIELDS,
  },
  {
    resource: CLUSTER_SECURITY_REPORTS,
    shortName: 'csecrep',
    description:
      'What Plimsoll found wrong with one cluster-scoped object, or with the cluster as a whole (cluster). Written by ' +
      'Plimsoll alone: an edited or deleted report comes back.',
    schemaPath: REPORT_SCHEMA_PATH,
    // Names of RBAC often hold colons, which the name of a report cannot.
    columns: reportColumns({ showsSubject: true }),
    selectable: SUBJECT_FIELDS,
  },
  {
    resource: COMPLIANCE_REPORTS,
    shortName: 'comprep',
    description:
      'How the cluster stands to one framework, such as a version of the CIS benchmark: a state for each of its controls, ' +
      'made of what all other reports say. Written by Plimsoll alone: an edited or deleted report comes back.',
    schemaPath: COMPLIANCE_SCHEMA_PATH,
    columns: complianceColumns(),
  },
  {
    resource: SECURITY_EXCEPTIONS,
    shortName: 'secex',
    description:
      'Accepts findings in the namespace where it lives, for a reason and a time. They stay in their reports, marked as ' +
      'suppressed, and leave the counts by severity. Written by people.',
    schemaPath: EXCEPTION_SCHEMA_PATH,
    columns: exceptionColumns(),
  },
  {
    resource: CLUSTER_SECURITY_EXCEPTIONS,
    shortName: 'csecex',
    description:
      'Accepts findings in the whole cluster or in the namespaces that it selects, for a reason and a time. They stay in ' +
      'their reports, marked as suppressed, and leave the counts by severity. Written by people.',
    schemaPath: EXCEPTION_SCHEMA_PATH,
    additionsPath: CLUSTER_EXCEPTION_ADDITIONS_PATH,
    columns: exceptionColumns(),
  },
  {
    resource: SECURITY_PROFILES,
    shortName: 'secprof',
    description:
      'How the cluster is judged: which checks run, how bad their findings are, what they must be told, what exceptions may ' +
      'do, and checks of your own. There is one, called default; without it the settings of the operator hold. Written by people.',
    schemaPath: PROFILE_SCHEMA_PATH,
    columns: profileColumns(),
  },
];
