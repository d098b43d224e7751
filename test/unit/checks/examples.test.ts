import assert from 'node:assert/strict';
import type { V1PodSpec } from '@kubernetes/client-node';
import { load } from 'js-yaml';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import type { Check, Example, Outcome } from '../../../src/checks/check.ts';
import { podSpecFacts } from '../../../src/inventory/facts/pod-spec.ts';
import { podView } from '../../../src/inventory/facts/pod-view.ts';
import { container } from './verdicts.ts';
import { subjectOf, workload } from './workload-input.ts';

const isViolated = (outcome: Outcome): boolean => Array.isArray(outcome);
const isFragment = ({ before }: Example): boolean => !before.startsWith('apiVersion:') && !before.includes('\n---');

interface PodFragment {
  readonly metadata?: { readonly namespace?: string };
  readonly spec?: V1PodSpec;
}

/** Judges a fragment of a Pod, which has one plain container if it names none. */
function judgeFragment(check: Check, text: string): Outcome {
  const { metadata, spec } = load(text) as PodFragment;
  const pod = podView({ containers: [container()], ...spec });
  if (check.target === 'pod')
    return check.evaluate({ ...pod, podSecurityMinor: 37, parameters: { allowedRegistries: ['registry.example'] } });
  assert.ok(check.target === 'workload');
  const subject = subjectOf('Pod', 'web', metadata?.namespace);
  return check.evaluate(workload({ subject, specs: [podSpecFacts(pod, undefined)] }));
}

describe('The example of each check of pods', () => {
  for (const check of CATALOGUE.filter(({ target }) => target === 'pod' || target === 'workload')) {
    const { id, example } = check;
    if (example !== undefined && !isFragment(example)) continue;
    it(`fails before and passes after it is mended: ${id}`, () => {
      assert.ok(example !== undefined, 'there is none');
      assert.ok(isViolated(judgeFragment(check, example.before)), 'it does not fail before');
      assert.equal(judgeFragment(check, example.after), 'pass');
    });
  }
});
