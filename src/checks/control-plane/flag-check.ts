import type { ComponentName } from '../../inventory/facts/component.ts';
import { clusterCheck, type CheckOf, type CheckRow } from '../check.ts';
import { cis } from '../cis.ts';
import type { FlagRule } from './flag-rules.ts';
import { judgeFlags } from './judge-flags.ts';

/** A check that is nothing but rules about flags. */
export interface FlagCheck extends CheckOf<'cluster'> {
  readonly rules: readonly FlagRule[];
}

/** A check of the command line of parts of the control plane, as far as these run as static pods. */
export function flagCheck(row: Omit<CheckRow, 'reads'>, rules: readonly FlagRule[]): FlagCheck {
  const check = clusterCheck({
    ...row,
    reads: ['Pod'],
    mayBeUndecided: true,
    evaluate: (input) => judgeFlags(rules, input),
  });
  return { ...check, rules };
}

/** Items 1.2.12 and later of the API server stood one place further down in 1.8, behind SecurityContextDeny. */
export function apiServerItems(...numbers: readonly number[]): ReturnType<typeof cis> {
  return numbers.flatMap((number) =>
    number < 12 ? cis(`1.2.${number}`) : cis(`1.2.${number}`, { id: `1.2.${number + 1}`, until: '1.8' }),
  );
}

/** The manifest of a static pod with just these flags, for examples. */
export function staticPod(component: ComponentName, ...flags: readonly string[]): string {
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    `  name: ${component}`,
    '  namespace: kube-system',
    'spec:',
    '  containers:',
    `    - name: ${component}`,
    '      command:',
    ...[component, ...flags].map((word) => `        - ${word}`),
  ].join('\n');
}
