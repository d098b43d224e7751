import { finding, PASS, workloadCheck } from '../check.ts';
import { cis } from '../cis.ts';

/** What ends up in `default` was mostly put there by leaving the namespace out. */
export const defaultNamespaceUsed = workloadCheck({
  id: 'default-namespace-used',
  severity: 'Low',
  title: 'Workload runs in the namespace default',
  why: 'Rights, quotas, network policies and Pod Security are given by namespace; here everything shares them.',
  fix: 'Move the workload to a namespace of its own.',
  references: {
    cis: cis('5.6.4', { id: '5.7.4', until: '1.10' }),
    nsa: ['Namespaces'],
    trivy: ['KSV-0110'],
    kubescape: ['C-0212', 'C-0061'],
    kubeLinter: ['use-namespace'],
    checkov: ['CKV_K8S_21'],
  },
  example: { before: 'metadata:\n  namespace: default', after: 'metadata:\n  namespace: shop' },
  inFiles: 'namespace',
  evaluate: ({ subject }) =>
    subject.namespace === 'default' ? [finding('metadata.namespace', 'the namespace is default')] : PASS,
});
