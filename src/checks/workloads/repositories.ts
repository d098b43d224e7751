import type { PodSpecFacts } from '../../inventory/facts/pod-spec.ts';
import { isUnreadable } from '../../inventory/facts/unreadable.ts';
import type { Decision, Undecided } from '../check.ts';
import { parseImageReference } from '../images/image-reference.ts';

/** An answer that rests on the repositories of the images of a workload, without their registries; undecided if one cannot be read. */
export function withImages(
  specs: readonly PodSpecFacts[],
  answer: (repositories: readonly string[]) => Decision,
): Decision | Undecided {
  const repositories: string[] = [];
  for (const { traits } of specs) {
    if (isUnreadable(traits.images)) return { reason: 'Malformed', message: traits.images.malformed };
    repositories.push(...traits.images.map((image) => parseImageReference(image).repository));
  }
  return answer(repositories);
}
