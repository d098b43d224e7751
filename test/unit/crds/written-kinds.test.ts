import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import { isOrigin } from '../../../src/checks/images/image-origin.ts';
import {
  CLUSTER_SECURITY_EXCEPTIONS,
  SECURITY_EXCEPTIONS,
  SECURITY_PROFILES,
  SECURITY_REPORTS,
  SEVERITIES,
} from '../../../src/crds/index.ts';
import { nodesOf, type Schema } from '../../../tools/generate/schema.ts';
import { readCrd, withCrd } from './crds.ts';

/** Kinds that people write, and Plimsoll the status. */
const written = [SECURITY_EXCEPTIONS, CLUSTER_SECURITY_EXCEPTIONS, SECURITY_PROFILES].map(withCrd);

for (const { resource, version } of written) {
  describe(`the CRD of ${resource.kind}, which people write`, () => {
    const nodes = new Map(nodesOf(version.schema.openAPIV3Schema));

    it('has a status that is written apart', () => {
      assert.deepEqual(version.subresources, { status: {} });
      const { properties = {} } = version.schema.openAPIV3Schema;
      assert.deepEqual(Object.keys(properties).sort(), ['spec', 'status']);
    });

    it('has conditions as Kubernetes has them', () => {
      const conditions = nodes.get('status.conditions');
      const required = ['type', 'status', 'lastTransitionTime', 'reason', 'message'];
      assert.deepEqual([...nodes.keys()].filter((path) => path.startsWith('status.conditions.')).length, 6);
      assert.deepEqual(conditions?.required, required);
    });

    it('has no true and false, which leave no room for a third', () => {
      const types: readonly string[] = [...nodes.values()].map(({ type }) => type);
      assert.ok(!types.includes('boolean'));
    });

    it('says of each selector of labels the same', () => {
      const selectors = [...nodes].filter(([, { properties = {} }]) => 'matchLabels' in properties);
      assert.ok(selectors.length > 0);
      const [first, ...others] = selectors.map(([, { properties }]) => properties);
      for (const other of others) assert.deepEqual(other, first);
    });
  });
}

describe('the two kinds of exceptions', () => {
  const nodesOfSpec = (resource: string): ReadonlyMap<string, Schema> =>
    new Map(nodesOf(readCrd(resource).spec.versions[0].schema.openAPIV3Schema));
  const namespaced = nodesOfSpec(SECURITY_EXCEPTIONS.resource);
  const cluster = nodesOfSpec(CLUSTER_SECURITY_EXCEPTIONS.resource);

  it('differ by the selector of namespaces', () => {
    const more = [...cluster.keys()].filter((path) => !namespaced.has(path));
    assert.ok(more.every((path) => path.startsWith('spec.namespaceSelector')));
    assert.deepEqual(
      [...namespaced.keys()].filter((path) => !cluster.has(path)),
      [],
    );
  });

  it('give reasons that fit into a report', () => {
    const report = new Map(nodesOf(readCrd(SECURITY_REPORTS.resource).spec.versions[0].schema.openAPIV3Schema));
    const { maxLength } = report.get('findings.suppressedBy.reason') ?? {};
    for (const nodes of [namespaced, cluster]) assert.equal(nodes.get('spec.reason')?.maxLength, maxLength);
  });
});

describe('the words that the schemas hold twice', () => {
  const profile = new Map(nodesOf(readCrd(SECURITY_PROFILES.resource).spec.versions[0].schema.openAPIV3Schema));
  const matches = (path: string, text: string): boolean => new RegExp(profile.get(path)?.pattern ?? '$^').test(text);

  it('take every check of the catalogue by its id', () => {
    for (const path of ['spec.severities.check', 'spec.checks.enable', 'spec.customChecks.name']) {
      const refused = CATALOGUE.map(({ id }) => id).filter((id) => !matches(path, id));
      assert.deepEqual(refused, [], path);
    }
  });

  it('take for a registry what the check takes for one', () => {
    const texts = [
      'localhost',
      'localhost:5000',
      'ghcr.io',
      'ghcr.io/team/',
      'registry:5000/a/b_c',
      '10.0.0.1:5000',
      'library',
      'docker.io/',
      'Ghcr.io',
      'ghcr.io/Team',
      'https://ghcr.io',
      'ghcr.io/*',
      'ghcr.io//team',
      '',
    ];
    for (const text of texts) {
      assert.equal(matches('spec.parameters.allowedRegistries', text), isOrigin(text), text);
    }
  });

  it('have the severities in their order', () => {
    assert.deepEqual(profile.get('spec.severities.severity')?.enum, SEVERITIES);
  });
});
