import { dump } from 'js-yaml';
import { CLUSTER_SECURITY_REPORTS, GROUP, SECURITY_REPORTS, VERSION } from '../../src/crds/resources.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { readReportSchema, REPORT_SCHEMA_PATH, type Schema } from './report-schema.ts';

/** What tells the two report kinds apart; all else they share. */
interface ReportKind {
  readonly resource: typeof SECURITY_REPORTS | typeof CLUSTER_SECURITY_REPORTS;
  readonly shortName: string;
  readonly description: string;
  /** Whether plain `kubectl get` shows the subject. */
  readonly showsSubject: boolean;
}

const KINDS: readonly ReportKind[] = [
  {
    resource: SECURITY_REPORTS,
    shortName: 'secrep',
    description:
      'What Plimsoll found wrong with one object of a namespace. Every workload in scope has a report, a clean one too; ' +
      'other objects have one while there is something to say of them. Written by Plimsoll alone: an edited or deleted ' +
      'report comes back.',
    // `deployment-web` says it.
    showsSubject: false,
  },
  {
    resource: CLUSTER_SECURITY_REPORTS,
    shortName: 'csecrep',
    description:
      'What Plimsoll found wrong with one cluster-scoped object, or with the cluster as a whole (cluster). Written by ' +
      'Plimsoll alone: an edited or deleted report comes back.',
    // Names of RBAC often hold colons, which the name of a report cannot.
    showsSubject: true,
  },
];

function column(
  name: string,
  jsonPath: string,
  type: string,
  description: string,
  priority: 0 | 1,
): Record<string, unknown> {
  // The API server leaves a priority of 0 out, and what it leaves out looks like drift.
  return { name, type, description, jsonPath, ...(priority === 0 ? {} : { priority }) };
}

function columns(showsSubject: boolean): readonly Record<string, unknown>[] {
  return [
    column('Critical', '.summary.critical', 'integer', 'Open findings of severity Critical.', 0),
    column('High', '.summary.high', 'integer', 'Open findings of severity High.', 0),
    column('Medium', '.summary.medium', 'integer', 'Open findings of severity Medium.', 0),
    column('Low', '.summary.low', 'integer', 'Open findings of severity Low.', 0),
    column('Age', '.metadata.creationTimestamp', 'date', 'How long the report exists.', 0),
    column('Info', '.summary.info', 'integer', 'Open findings of severity Info.', 1),
    column('Suppressed', '.summary.suppressed', 'integer', 'Findings under an exception.', 1),
    column('Unknown', '.summary.unknown', 'integer', 'Checks that could not be decided.', 1),
    column('Passed', '.summary.passed', 'integer', 'Checks that found nothing.', 1),
    column('Newest', '.summary.newestFirstSeenTime', 'date', 'How long ago the newest finding appeared.', 1),
    column('Kind', '.subject.kind', 'string', 'Kind of the subject.', 1),
    column('Subject', '.subject.name', 'string', 'Name of the subject.', showsSubject ? 0 : 1),
  ];
}

function crd({ resource, shortName, description, showsSubject }: ReportKind, schema: Schema): Record<string, unknown> {
  const { kind, resource: plural, namespaced } = resource;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}`, labels: { 'app.kubernetes.io/name': 'plimsoll' } },
    spec: {
      group: GROUP,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular: kind.toLowerCase(),
        shortNames: [shortName],
        categories: ['plimsoll'],
      },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: [
        {
          name: VERSION,
          served: true,
          storage: true,
          additionalPrinterColumns: columns(showsSubject),
          selectableFields: [{ jsonPath: '.subject.kind' }, { jsonPath: '.subject.name' }],
          schema: { openAPIV3Schema: { description, ...schema } },
        },
      ],
    },
  };
}

/** The CRDs. Both kinds are made from one schema, so they cannot drift apart. */
export async function crdFiles(root: string): Promise<readonly GeneratedFile[]> {
  const schema = await readReportSchema(root);
  return KINDS.map((kind) => ({
    path: `config/crd/bases/${GROUP}_${kind.resource.resource}.yaml`,
    content: `# ${notice(REPORT_SCHEMA_PATH)}\n${dump(crd(kind, schema), { lineWidth: 120, noRefs: true })}`,
  }));
}
