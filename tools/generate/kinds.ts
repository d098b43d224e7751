import { CLUSTER_SECURITY_REPORTS, COMPLIANCE_REPORTS, SECURITY_REPORTS } from '../../src/crds/resources.ts';
import { complianceColumns, reportColumns, type Column } from './columns.ts';
import { COMPLIANCE_SCHEMA_PATH, REPORT_SCHEMA_PATH } from './schema.ts';

/** A kind of ours, as its CRD is made. */
export interface Kind {
  readonly resource: typeof SECURITY_REPORTS | typeof CLUSTER_SECURITY_REPORTS | typeof COMPLIANCE_REPORTS;
  readonly shortName: string;
  readonly description: string;
  readonly schemaPath: string;
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
];
