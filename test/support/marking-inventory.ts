import type { PodView } from '../../src/inventory/facts/pod-view.ts';
import { createInventory, type Inventory } from '../../src/inventory/inventory.ts';
import { parseSubjectKey, type SubjectKey } from '../../src/inventory/subject-key.ts';
import type { Kind } from '../../src/inventory/watched.ts';
import type { RawObject } from '../../src/kube/raw-object.ts';

/** An inventory to be filled by hand, which tells what it marks and judges. A verdict is the images of the pod. */
export interface MarkingInventory {
  readonly inventory: Inventory<string>;
  readonly judged: string[];
  put(kind: Kind, ...objects: readonly RawObject[]): void;
  gone(kind: Kind, object: RawObject): void;
  /** The subjects marked since the last look, as `Kind/name`, sorted. */
  dirty(): readonly string[];
  workload(kind: string, name: string, group?: string): ReturnType<Inventory<string>['workload']>;
}

/** @param unreadable kinds that cannot be read */
export function markingInventory(unreadable: readonly Kind[] = []): MarkingInventory {
  const marked = new Set<SubjectKey>();
  const judged: string[] = [];
  const images = ({ containers }: PodView): string => containers.map(({ spec }) => spec.image).join(',');
  const inventory = createInventory<string>({
    judgePod: (pod) => {
      judged.push(images(pod));
      return images(pod);
    },
    judgeConfigValue: (key) => (key.endsWith('password') ? 'is called like a credential' : undefined),
    onDirty: (key) => marked.add(key),
    isReadable: (kind) => !unreadable.includes(kind),
  });
  return {
    inventory,
    judged,
    put: (kind, ...objects) => {
      for (const object of objects) inventory.sink(kind).upsert(object);
    },
    gone: (kind, object) => inventory.sink(kind).remove(object),
    dirty() {
      const names = [...marked].map((key) => parseSubjectKey(key)).map(({ kind, name }) => `${kind}/${name}`);
      marked.clear();
      return names.sort();
    },
    workload: (kind, name, group = 'apps') => inventory.workload({ group, kind, namespace: 'shop', name }),
  };
}
