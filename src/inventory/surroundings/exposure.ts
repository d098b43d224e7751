import type { NodeFacts } from '../facts/node.ts';
import type { ServiceFacts } from '../facts/service.ts';
import { isPublicNodeAddress } from '../network/public-address.ts';
import type { Change } from '../store.ts';
import { keyOfRef, type SubjectKey } from '../subject-key.ts';

/** Whether ports of nodes are ports of the internet, and which Services open any. */
export interface Exposure {
  readonly changeNode: (change: Change<NodeFacts>) => void;
  readonly changeService: (change: Change<ServiceFacts>) => void;
  readonly hasPublicNode: () => boolean;
  /** Services of type NodePort. */
  readonly nodePortServices: () => Iterable<SubjectKey>;
}

export const isPublicNode = ({ addresses }: NodeFacts): boolean => addresses.some(isPublicNodeAddress);

export function createExposure(): Exposure {
  const publicNodes = new Set<string>();
  const services = new Set<SubjectKey>();
  return {
    changeNode({ name, after }) {
      if (after !== undefined && isPublicNode(after)) publicNodes.add(name);
      else publicNodes.delete(name);
    },
    changeService({ before, after }) {
      if (before !== undefined) services.delete(keyOfRef(before.ref));
      if (after?.type === 'NodePort') services.add(keyOfRef(after.ref));
    },
    hasPublicNode: () => publicNodes.size > 0,
    nodePortServices: () => services,
  };
}
