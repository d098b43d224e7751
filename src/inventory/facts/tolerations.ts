import type { V1PodSpec } from '@kubernetes/client-node';
import { listOf, objectOf, textOf } from '../json-shape.ts';

/** Keys of the taints that keep pods off control-plane nodes: kubeadm's, its former one, and RKE's. */
const CONTROL_PLANE_TAINTS: ReadonlySet<string> = new Set([
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/master',
  'node-role.kubernetes.io/controlplane',
]);

/**
 * Whether a pod may be scheduled to control-plane nodes. No key means every taint (only `Exists` may do without one), no
 * effect means every effect. The value is not compared: a taint of that name is one of the control plane whatever it holds.
 */
export function toleratesControlPlane({ tolerations }: V1PodSpec): boolean {
  const answers = listOf(tolerations, 'spec.tolerations', (toleration, path) => {
    const { key, operator, effect } = objectOf(toleration, path);
    const taint = textOf(key, `${path}.key`) ?? '';
    const isOfEffect = ['', 'NoSchedule'].includes(textOf(effect, `${path}.effect`) ?? '');
    const isEvery = taint === '' && textOf(operator, `${path}.operator`) === 'Exists';
    return isOfEffect && (isEvery || CONTROL_PLANE_TAINTS.has(taint));
  });
  return answers.includes(true);
}
