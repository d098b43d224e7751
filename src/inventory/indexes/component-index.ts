import { isDeepStrictEqual } from 'node:util';
import type { ComponentFacts } from '../facts/component.ts';
import type { PodFacts } from '../facts/workload.ts';
import type { Change } from '../store.ts';

/** The parts of the control plane, by the pod that each is. */
export interface ComponentIndex {
  readonly change: (change: Change<PodFacts>) => void;
  readonly values: () => readonly ComponentFacts[];
}

const runningIn = (pod: PodFacts | undefined): ComponentFacts | undefined =>
  pod === undefined || pod.finished ? undefined : pod.component;

/** Of all pods only a handful are parts of the control plane, so that these are kept apart. */
export function createComponentIndex(): ComponentIndex {
  const components = new Map<string, ComponentFacts>();
  return {
    change({ namespace, name, before, after }) {
      const component = runningIn(after);
      const key = `${namespace}/${name}`;
      if (component !== undefined) components.set(key, component);
      else if (before?.component !== undefined) components.delete(key);
    },
    values: () => [...components.values()],
  };
}

/** Whether a change of a pod is one of the control plane. */
export const podTouchesCluster = ({ before, after }: Change<PodFacts>): boolean =>
  !isDeepStrictEqual(runningIn(before), runningIn(after));
