import assert from 'node:assert/strict';
import {
  CLUSTER_SECURITY_EXCEPTIONS,
  CLUSTER_SECURITY_REPORTS,
  COMPLIANCE_REPORTS,
  GROUP,
  SECURITY_EXCEPTIONS,
  SECURITY_PROFILES,
  SECURITY_REPORTS,
  VERSION,
} from '../../../src/crds/index.ts';
import { nodesOf, type Schema } from '../../../tools/generate/schema.ts';
import { readCrd, withCrd, type CrdVersion } from './crds.ts';

/** Kinds that only Plimsoll writes. */
const reports = [SECURITY_REPORTS, CLUSTER_SECURITY_REPORTS, COMPLIANCE_REPORTS].map(withCrd);
/** Kinds that people write, and Plimsoll the status. */
const written = [SECURITY_EXCEPTIONS, CLUSTER_SECURITY_EXCEPTIONS, SECURITY_PROFILES].map(withCrd);

function shownColumns({ additionalPrinterColumns: columns }: CrdVersion): readonly string[] {
  return columns.filter(({ priority = 0 }) => priority === 0).map(({ name }) => name);
}

function columnPaths({ additionalPrinterColumns: columns }: CrdVersion): readonly string[] {
  return columns.map(({ jsonPath }) => jsonPath);
}

const isBounded = ({ maxLength, enum: values, format }: Schema): boolean =>
  maxLength !== undefined || values !== undefined || format === 'date-time';

/** What must hold for every node of a type. */
const RULES: readonly (readonly [string, (node: Schema) => boolean])[] = [
  ['every field has a description', ({ description = '' }) => /^[A-Z].*\.$/s.test(description)],
  ['every string is bounded, an enum or a time', (node) => node.type !== 'string' || isBounded(node)],
  ['every number has a least value', ({ type, minimum }) => type !== 'integer' || minimum !== undefined],
  ['every list is bounded', ({ type, maxItems }) => type !== 'array' || maxItems !== undefined],
  ['every list says how it is merged', (node) => node.type !== 'array' || node['x-kubernetes-list-type'] !== undefined],
  [
    'every map is bounded',
    (node) =>
      node.additionalProperties === undefined ||
      (node.maxProperties !== undefined && node.additionalProperties.maxLength !== undefined),
  ],
  [
    'every value of an enum is CamelCase',
    ({ enum: values = [] }) => values.every((value) => /^([A-Z][a-z]+)+$/.test(value)),
  ],
  [
    'every required field exists',
    ({ required = [], properties = {} }) => required.every((name) => properties[name] !== undefined),
  ],
];

/** What stands at the top of each schema, beside lists. */
const REPORT_OBJECTS = ['basis', 'subject', 'summary', 'truncated'];
const COMPLIANCE_OBJECTS = ['basis', 'framework', 'summary'];

/** Paths as columns have them: that of a condition chooses one item of a list. */
const inSchema = (jsonPath: string): string => jsonPath.replace(/\[\?\(@\.type=="\w+"\)\]/, '');

for (const { resource, crd, version } of [...reports, ...written]) {
  describe(`the CRD of ${resource.kind}`, () => {
    const { openAPIV3Schema: schema } = version.schema;

    for (const [title, holds] of RULES) {
      it(title, () => {
        const broken = [...nodesOf(schema)].filter(([, node]) => !holds(node)).map(([path]) => path);
        assert.deepEqual(broken, []);
      });
    }

    it('is the kind that the code knows', () => {
      const { group, scope, names } = crd.spec;
      assert.deepEqual(
        {
          group,
          version: version.name,
          resource: names['plural'],
          kind: names['kind'],
          namespaced: scope === 'Namespaced',
        },
        { ...resource, group: GROUP, version: VERSION },
      );
    });

    it('shows and selects only fields that exist', () => {
      const paths = new Set([...nodesOf(schema)].map(([path]) => `.${path}`).concat('.metadata.creationTimestamp'));
      const shown = [...version.additionalPrinterColumns, ...(version.selectableFields ?? [])].map(({ jsonPath }) =>
        inSchema(jsonPath),
      );
      assert.deepEqual(
        shown.filter((path) => !paths.has(path)),
        [],
      );
    });
  });
}

for (const { resource, version } of reports) {
  describe(`the CRD of ${resource.kind}, which Plimsoll alone writes`, () => {
    const { openAPIV3Schema: schema } = version.schema;

    it('has only atomic lists', () => {
      const types = [...nodesOf(schema)].flatMap(([, node]) => node['x-kubernetes-list-type'] ?? []);
      assert.deepEqual([...new Set(types)], ['atomic']);
    });

    it('has atomic objects at its top, so that nobody can add a field to what the operator writes', () => {
      const objects = Object.entries(schema.properties ?? {}).filter(([, { type }]) => type === 'object');
      const names = objects.map(([name]) => name).sort();
      assert.deepEqual(names, resource === COMPLIANCE_REPORTS ? COMPLIANCE_OBJECTS : REPORT_OBJECTS);
      for (const [name, node] of objects) assert.equal(node['x-kubernetes-map-type'], 'atomic', name);
    });

    it('has no status, and no subresource to write it', () => {
      assert.equal(version.subresources, undefined);
      assert.deepEqual(
        Object.keys(schema.properties ?? {}).filter((name) => name === 'status' || name === 'spec'),
        [],
      );
    });
  });
}

describe('the two report kinds', () => {
  const namespaced = readCrd(SECURITY_REPORTS.resource).spec.versions[0];
  const cluster = readCrd(CLUSTER_SECURITY_REPORTS.resource).spec.versions[0];

  it('have the same schema but for the description at its top', () => {
    const { description: one, ...namespacedSchema } = namespaced.schema.openAPIV3Schema;
    const { description: other, ...clusterSchema } = cluster.schema.openAPIV3Schema;
    assert.deepEqual(clusterSchema, namespacedSchema);
    assert.notEqual(one, other);
  });

  it('have the same columns, and cluster-scoped ones show the subject, which their names often cannot say', () => {
    assert.deepEqual(shownColumns(namespaced), ['Critical', 'High', 'Medium', 'Low', 'Newest', 'Age']);
    assert.deepEqual(shownColumns(cluster), [...shownColumns(namespaced), 'Subject']);
    assert.deepEqual(columnPaths(cluster), columnPaths(namespaced));
  });
});
