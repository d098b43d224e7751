import type { Inventory } from '../../inventory/inventory.ts';
import type { SubjectKey } from '../../inventory/subject-key.ts';
import type { ReadConfigz } from '../../kube/kubelet-configz.ts';
import type { Timers } from '../../kube/timers.ts';
import type { KubeletAnswers } from './kubelet-answers.ts';
import { startKubeletPolling, type KubeletPolling } from './kubelet-polling.ts';

/** What kubelets say, where they are asked. */
export interface Kubelets extends KubeletAnswers {
  /** Settles when all have been asked, or have had their time: what they say then is what was found first, and no news. */
  readonly asked: Promise<unknown>;
}

interface KubeletsOptions {
  readonly readKubelet?: ReadConfigz;
  readonly inventory: Inventory<unknown>;
  readonly onDirty: (key: SubjectKey) => void;
  /** When the nodes are known. */
  readonly begin: Promise<void>;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

/** However many nodes do not answer, the first pass waits no longer. */
const PATIENCE_MS = 60_000;

/** Asks kubelets from when the nodes are known; undefined if kubelets are not asked. */
export function createKubelets(options: KubeletsOptions): Kubelets | undefined {
  const { readKubelet: read, inventory, onDirty, begin, timers, signal } = options;
  if (read === undefined) return undefined;
  let polling: KubeletPolling | undefined;
  async function ask(readConfigz: ReadConfigz): Promise<void> {
    await begin;
    polling = startKubeletPolling({ read: readConfigz, nodes: inventory.nodes, onDirty, timers, signal });
    const waiting = new AbortController();
    await Promise.race([polling.firstRound, timers.sleep(PATIENCE_MS, AbortSignal.any([signal, waiting.signal]))]);
    waiting.abort();
  }
  return {
    asked: ask(read),
    of: (node) => polling?.of(node),
    refused: () => polling?.refused(),
  };
}
