import { PASS } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import { defaultNamespaceUsed } from '../../../../src/checks/workloads/namespace.ts';
import { fails, verdicts } from '../verdicts.ts';

const workload = (namespace: string): WorkloadInput => ({
  subject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web', uid: 'uid' },
  specs: [],
  grantsOf: () => [],
  usersOf: () => 1,
  serviceAccount: () => undefined,
});

verdicts(defaultNamespaceUsed, [
  ['a namespace of its own', workload('shop'), PASS],
  ['a namespace that only begins so', workload('default-shop'), PASS],
  ['the namespace default', workload('default'), fails('metadata.namespace')],
]);
