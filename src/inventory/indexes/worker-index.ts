import type { NodeFacts } from '../facts/node.ts';
import type { Change } from '../store.ts';
import { keyOfRef, type SubjectKey } from '../subject-key.ts';

/** How many nodes there are beside those of the control plane. */
export interface WorkerIndex {
  readonly change: (change: Change<NodeFacts>) => void;
  readonly exist: () => boolean;
  /** The nodes of the control plane, if by this change they lost or gained the only others there are. */
  readonly judgedAnewBy: (change: Change<NodeFacts>, nodes: Iterable<NodeFacts>) => readonly SubjectKey[];
}

const countOf = (node: NodeFacts | undefined): number => (node === undefined || node.isControlPlane ? 0 : 1);

const difference = ({ before, after }: Change<NodeFacts>): number => countOf(after) - countOf(before);

export function createWorkerIndex(): WorkerIndex {
  let workers = 0;
  return {
    change(change) {
      workers += difference(change);
    },
    exist: () => workers > 0,
    judgedAnewBy(change, nodes) {
      const existed = workers - difference(change) > 0;
      if (existed === workers > 0) return [];
      return [...nodes].filter(({ isControlPlane }) => isControlPlane).map(({ ref }) => keyOfRef(ref));
    },
  };
}
