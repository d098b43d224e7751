import assert from 'node:assert/strict';
import { dump, load } from 'js-yaml';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import type { Check } from '../../../src/checks/check.ts';
import { scanTexts } from '../../support/scan-texts.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const CONTAINER = { name: 'app', image: 'registry.example/app:1.0@sha256:0000' };

/** A fragment of a Pod as a Pod: in a namespace of its own, with a container unless it says otherwise. */
function asPod(fragment: Json): Json {
  const spec = isObject(fragment['spec']) ? fragment['spec'] : {};
  const given = Array.isArray(spec['containers']) ? (spec['containers'] as Json[]) : [{}];
  const containers = given.map((container) => ({ ...CONTAINER, ...container }));
  const metadata = { name: 'example', namespace: 'shop', ...(isObject(fragment['metadata']) && fragment['metadata']) };
  return { ...fragment, apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, containers } };
}

/** Whole objects stand for themselves. */
function asManifest(yaml: string): string {
  if (/^kind:/m.test(yaml)) return yaml;
  const fragment = load(yaml);
  assert.ok(isObject(fragment), `not a fragment of a Pod: ${yaml}`);
  return dump(asPod(fragment));
}

type Verdict = 'fails' | 'is unknown' | 'does not fail';

/** What the check says of an example, by itself or by what another finding implies. */
function verdictOn({ id }: Check, yaml: string): Verdict {
  const { reports, malformed } = scanTexts(asManifest(yaml), { isComplete: true });
  assert.deepEqual(malformed, [], 'every document of an example can be read');
  const findings = reports.flatMap((report) => report.findings);
  if (findings.some(({ check, implies = [] }) => check === id || implies.includes(id))) return 'fails';
  return reports.some(({ unknown }) => unknown.some(({ check }) => check === id)) ? 'is unknown' : 'does not fail';
}

describe('The example of a check', () => {
  for (const check of CATALOGUE) {
    const { id, example, inFiles } = check;
    // What depends on the API server cannot be shown by files.
    if (example === undefined || inFiles === 'server') continue;
    it(`${id}: fails before, and does not fail after`, () => {
      assert.equal(verdictOn(check, example.before), 'fails', 'before');
      assert.equal(verdictOn(check, example.after), 'does not fail', 'after');
    });
  }

  const privileged = CATALOGUE.find(({ id }) => id === 'privileged-container');

  it('is a Pod in all that it leaves out', () => {
    assert.ok(privileged);
    assert.equal(
      verdictOn(privileged, 'spec:\n  containers:\n    - securityContext:\n        privileged: true'),
      'fails',
    );
    assert.equal(verdictOn(privileged, 'spec:\n  hostNetwork: true'), 'does not fail');
  });
});
