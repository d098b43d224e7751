import type { PodView } from '../../inventory/facts/pod-view.ts';
import { booleanAt, podOf, stringAt } from '../fields.ts';

/** Only `spec.os` tells; a node selector does not. The API server refuses Linux options on such a pod. */
export const isWindows = (pod: PodView): boolean => stringAt(podOf(pod), 'os.name') === 'windows';

/** Root in the pod's own user namespace is nobody on the node; whether the node supports it is not asked. */
export const isInUserNamespace = (pod: PodView): boolean => booleanAt(podOf(pod), 'hostUsers') === false;
