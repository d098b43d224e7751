import { dump } from 'js-yaml';
import { GROUP, VERSION } from '../../src/crds/resources.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { KINDS, type Kind } from './kinds.ts';
import { readSchema, type Schema } from './schema.ts';

function crd(
  { resource, shortName, description, columns, selectable = [] }: Kind,
  schema: Schema,
): Record<string, unknown> {
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
          // Those that people write have a status, which is written apart.
          ...(schema.properties?.['status'] === undefined ? {} : { subresources: { status: {} } }),
          additionalPrinterColumns: columns,
          ...(selectable.length === 0 ? {} : { selectableFields: selectable.map((jsonPath) => ({ jsonPath })) }),
          schema: { openAPIV3Schema: { description, ...schema } },
        },
      ],
    },
  };
}

/** The CRD of one kind. */
export async function crdFile(root: string, kind: Kind): Promise<GeneratedFile> {
  const schema = await readSchema(root, kind);
  return {
    path: `config/crd/bases/${GROUP}_${kind.resource.resource}.yaml`,
    content: `# ${notice(kind.schemaPath)}\n${dump(crd(kind, schema), { lineWidth: 120, noRefs: true })}`,
  };
}

/** The CRDs of all kinds. */
export async function crdFiles(root: string): Promise<readonly GeneratedFile[]> {
  return Promise.all(KINDS.map(async (kind) => crdFile(root, kind)));
}
