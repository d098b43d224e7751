import { PASS } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import { defaultNamespaceUsed } from '../../../../src/checks/workloads/namespace.ts';
import { fails, verdicts } from '../verdicts.ts';
import { subjectOf, workload } from '../inputs.ts';

const inNamespace = (namespace: string): WorkloadInput =>
  workload({ subject: subjectOf('Deployment', 'web', namespace) });

verdicts(defaultNamespaceUsed, [
  ['a namespace of its own', inNamespace('shop'), PASS],
  ['a namespace that only begins so', inNamespace('default-shop'), PASS],
  ['the namespace default', inNamespace('default'), fails('metadata.namespace')],
]);
