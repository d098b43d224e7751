import { createCountedSet, type CountedSet } from '../collections/counted-set.ts';
import type { PodLabels } from '../facts/pod-labels.ts';
import type { PodSpecFacts } from '../facts/pod-spec.ts';
import type { ControllerFacts, PodFacts } from '../facts/workload.ts';
import type { Change } from '../store.ts';
import { keyOfRef, subjectKey, type SubjectKey } from '../subject-key.ts';

/** What lives in each namespace: pods and controllers, with the distinct specs and labels among them. */
export interface NamespaceContents<V> {
  readonly changePod: (change: Change<PodFacts<V>>) => void;
  readonly changeController: (change: Change<ControllerFacts<V>>) => void;
  /** Pods and controllers that live, not the workloads that they belong to. */
  readonly inhabitantsOf: (namespace: string) => Iterable<SubjectKey>;
  /** How many of them there are. */
  readonly populationOf: (namespace: string) => number;
  readonly specsIn: (namespace: string) => Iterable<PodSpecFacts<V>>;
  /** How many pods and templates have just this spec. */
  readonly countOf: (namespace: string, spec: PodSpecFacts) => number;
  /** Labels of live pods, and of the templates of controllers. */
  readonly labelsIn: (namespace: string) => Iterable<PodLabels>;
  /** Namespaces in which anything lives. */
  readonly inhabited: () => Iterable<string>;
}

interface Contents<V> {
  readonly inhabitants: Set<SubjectKey>;
  readonly specs: CountedSet<PodSpecFacts<V>>;
  readonly labels: CountedSet<PodLabels>;
}

/** One that lives, or could be made to live: what has ended is none. */
interface Inhabitant<V> {
  readonly spec: PodSpecFacts<V> | undefined;
  readonly labels: PodLabels | undefined;
  readonly finished: boolean;
}

const inhabitantOfController = <V>({ template, labels, finished }: ControllerFacts<V>): Inhabitant<V> => ({
  spec: template,
  labels,
  finished,
});

export function createNamespaceContents<V>(): NamespaceContents<V> {
  const namespaces = new Map<string, Contents<V>>();

  function contentsOf(namespace: string): Contents<V> {
    const known = namespaces.get(namespace);
    if (known !== undefined) return known;
    const made = {
      inhabitants: new Set<SubjectKey>(),
      specs: createCountedSet<PodSpecFacts<V>>(),
      labels: createCountedSet<PodLabels>(),
    };
    namespaces.set(namespace, made);
    return made;
  }

  function enter(namespace: string, key: SubjectKey, { spec, labels, finished }: Inhabitant<V>): void {
    if (finished) return;
    const contents = contentsOf(namespace);
    contents.inhabitants.add(key);
    if (spec !== undefined) contents.specs.add(spec);
    if (labels !== undefined) contents.labels.add(labels);
  }

  function leave(namespace: string, key: SubjectKey, { spec, labels, finished }: Inhabitant<V>): void {
    if (finished) return;
    const contents = contentsOf(namespace);
    contents.inhabitants.delete(key);
    if (spec !== undefined) contents.specs.delete(spec);
    if (labels !== undefined) contents.labels.delete(labels);
    if (contents.inhabitants.size === 0) namespaces.delete(namespace);
  }

  return {
    changePod({ namespace, name, before, after }) {
      const key = subjectKey('', 'Pod', namespace, name);
      if (before !== undefined) leave(namespace, key, before);
      if (after !== undefined) enter(namespace, key, after);
    },
    changeController({ namespace, before, after }) {
      if (before !== undefined) leave(namespace, keyOfRef(before.ref), inhabitantOfController(before));
      if (after !== undefined) enter(namespace, keyOfRef(after.ref), inhabitantOfController(after));
    },
    inhabitantsOf: (namespace) => namespaces.get(namespace)?.inhabitants ?? [],
    populationOf: (namespace) => namespaces.get(namespace)?.inhabitants.size ?? 0,
    specsIn: (namespace) => namespaces.get(namespace)?.specs.values() ?? [],
    countOf: (namespace, spec) => namespaces.get(namespace)?.specs.count(spec as PodSpecFacts<V>) ?? 0,
    labelsIn: (namespace) => namespaces.get(namespace)?.labels.values() ?? [],
    inhabited: () => namespaces.keys(),
  };
}
