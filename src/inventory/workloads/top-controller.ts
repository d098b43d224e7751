import type { ControllerFacts, PodFacts } from '../facts/workload.ts';
import { isMiddle, ownerKey, ownerSort } from './owners.ts';
import { keyOfRef, parseSubjectKey, subjectKey, type Subject, type SubjectKey } from '../subject-key.ts';

/** What is looked up to follow owners. */
export interface OwnerSources {
  readonly controller: (subject: Subject) => ControllerFacts | undefined;
  /** Whether objects of this kind are watched, and may be; if not, an owner is known by its reference alone. */
  readonly isReadable: (kind: string) => boolean;
}

/** The subject that a controller belongs to: itself, or who controls it if it is of a kind that is controlled. */
export function subjectOfController({ ref, owner }: ControllerFacts): SubjectKey {
  const isControlled = owner !== undefined && ownerSort(ref) === 'Middle';
  return isControlled ? ownerKey(owner, ref.namespace ?? '') : keyOfRef(ref);
}

/** The subject that a direct owner of pods belongs to; undefined while that is still unknown. */
export function subjectOfOwner(key: SubjectKey, sources: OwnerSources): SubjectKey | undefined {
  const owner = parseSubjectKey(key);
  if (!isMiddle(owner)) return key;
  const controller = sources.controller(owner);
  if (controller !== undefined) return subjectOfController(controller);
  return sources.isReadable(owner.kind) ? undefined : key;
}

/** The subject a pod belongs to; undefined while its owner is still unknown, or if it has ended on its own. */
export function subjectOfPod(
  namespace: string,
  name: string,
  { owner, finished }: PodFacts,
  sources: OwnerSources,
): SubjectKey | undefined {
  if (owner !== undefined && ownerSort(owner) !== 'Self') return subjectOfOwner(ownerKey(owner, namespace), sources);
  return finished ? undefined : subjectKey('', 'Pod', namespace, name);
}
