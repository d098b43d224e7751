import assert from 'node:assert/strict';
import type { Target } from '../../../../src/checks/check.ts';
import { ALL } from '../../../support/all-checks.ts';
import { assessAll } from '../../../support/little-cluster.ts';

const TARGETS: ReadonlySet<Target> = new Set(['cluster', 'kubelet', 'node', 'admissionWebhook']);

/** Those of the cluster that other topics bring have their own examples proven with them. */
const checks = ALL.checks.filter(({ target }) => TARGETS.has(target));

describe('The examples of checks of the cluster and its nodes', () => {
  for (const { id, example } of checks) {
    if (example === undefined) continue;
    const said = (yaml: string): Record<'found' | 'undecided', boolean> => {
      const all = assessAll(yaml, ALL.checks);
      return {
        found: all.some(({ findings }) => findings.some(({ check }) => check === id)),
        undecided: all.some(({ undecided }) => undecided.some(({ check }) => check === id)),
      };
    };
    it(`fail ${id} before`, () => assert.deepEqual(said(example.before), { found: true, undecided: false }));
    it(`pass ${id} after`, () => assert.deepEqual(said(example.after), { found: false, undecided: false }));
  }

  it('are there, but for what no object shows, and for what can never be known to pass', () => {
    const without = checks.filter(({ example }) => example === undefined).map(({ id }) => id);
    assert.deepEqual(without.sort(), [
      'apiserver-secrets-not-encrypted',
      'cluster-patch-outdated',
      'cluster-version-unsupported',
      'kubelet-streaming-timeout-disabled',
    ]);
  });
});
