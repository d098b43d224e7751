import { PASS } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import { serviceAccountNotFound } from '../../../../src/checks/service-accounts/missing-account.ts';
import { fails, verdicts } from '../verdicts.ts';
import { mirrorOf, specOf, subjectOf, workload } from '../inputs.ts';

/** A Deployment whose specs name these accounts, in a namespace that has only `web`. */
const runningAs = (...names: readonly string[]): WorkloadInput =>
  workload({
    specs: names.map((serviceAccountName) => specOf({ serviceAccountName })),
    serviceAccount: (name) =>
      name === 'web'
        ? { ref: subjectOf('ServiceAccount', name), automountServiceAccountToken: undefined, cloudIdentities: [] }
        : undefined,
  });

verdicts(serviceAccountNotFound, [
  ['an account that exists', runningAs('web'), PASS],
  ['the account default, which is made in every namespace', runningAs('default', ''), PASS],
  ['a mirror pod, which has no account', workload({ specs: [mirrorOf({ serviceAccountName: 'gone' })] }), PASS],
  [
    'an account that does not exist',
    runningAs('gone', 'gone'),
    fails({ key: 'gone', path: 'spec.serviceAccountName' }),
  ],
  ['each account that does not exist', runningAs('web', 'gone', 'lost'), fails({ key: 'gone' }, { key: 'lost' })],
]);
