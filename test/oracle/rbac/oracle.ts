import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { AccessRequest } from '../../../src/inventory/rbac/authorizer.ts';
import { arbitraryQuestion, type Question } from './arbitrary-question.ts';
import { arbitraryWorld } from './arbitrary-world.ts';
import type { Answer, Authorizer } from './authorizer.ts';
import { asInFiles, assertAggregation, emptyInventory, replaceAll, type Known } from './inventories.ts';
import { countReview, countWorld, type Tally } from './tally.ts';
import { roleOf, rulesIn, type World } from './world.ts';

/** How many questions are under way at a time; each lane draws by a seed of its own, `seed` and those after it. */
export const LANES = 16;

/** Questions to one world. */
export const REVIEWS_PER_WORLD = 1000;

/** What Plimsoll knows of a world: as the API server gives it, and as if it stood in files. */
interface Views {
  readonly world: World;
  readonly live: Known;
  readonly files: Known;
}

/**
 * Draws worlds and questions to them, and compares what Plimsoll says with what the API server says. The inventory goes from
 * one world to the next, as it does in an operator. Throws with the smallest question that it can find on which the two
 * disagree, and the objects that it is about.
 */
export async function compareRbac(
  authorizer: Authorizer,
  { reviews, seed, tally }: { readonly reviews: number; readonly seed: number; readonly tally: Tally },
): Promise<void> {
  const live = emptyInventory();
  for (let asked = 0, next = seed; asked < reviews; asked += REVIEWS_PER_WORLD, next += LANES) {
    // Left alone, fast-check begins with small and plain values, and here each beginning is all there is.
    const [drawn] = fc.sample(fc.noBias(arbitraryWorld(authorizer.namespaces)), { seed: next, numRuns: 1 });
    if (drawn === undefined) throw new Error('no world was drawn');
    const world = await authorizer.load(drawn);
    countWorld(tally, drawn);
    const views: Views = {
      world,
      live: replaceAll(live, world),
      files: replaceAll(emptyInventory(), asInFiles(world)),
    };
    assertAggregation(views.live, world);
    assertAggregation(views.files, world);
    await compareWorld(authorizer, views, { reviews: Math.min(REVIEWS_PER_WORLD, reviews - asked), seed: next, tally });
  }
}

async function compareWorld(
  authorizer: Authorizer,
  views: Views,
  { reviews, seed, tally }: { readonly reviews: number; readonly seed: number; readonly tally: Tally },
): Promise<void> {
  const question = arbitraryQuestion(views.world, authorizer.namespaces);
  const property = fc.asyncProperty(question, async (asked) => {
    const answer = await authorizer.ask(asked);
    const path = pathIn(views.live, asked);
    const isAgreed = [path, pathIn(views.files, asked)].every((each) => (each !== undefined) === answer.allowed);
    // What is not there any more as it was read cannot be compared.
    const isDisturbed = !isAgreed && !(await authorizer.isUnchanged(views.world));
    if (isDisturbed) tally.disturbed += 1;
    fc.pre(!isDisturbed);
    assert.ok(isAgreed, disagreement(views, asked, answer));
    countReview(tally, asked, path);
  });
  const runs = Array.from({ length: LANES }, (_, lane) =>
    fc.assert(property, { seed: seed + lane, numRuns: Math.ceil(reviews / LANES) }),
  );
  // All lanes come to their end, so that none asks on when the control plane is gone.
  const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function pathIn(inventory: Known, question: Question): ReturnType<Known['allows']> {
  const { identity, isPath, verb, path, group, resource, subresource, name, namespace } = question;
  const request: AccessRequest = isPath ? { verb, path } : { verb, group, resource, subresource, name };
  return inventory.allows(identity, request, namespace);
}

/** What the two say, and what there is that could be the reason: all bindings of the caller, and their roles. */
function disagreement({ world, live, files }: Views, question: Question, { allowed, reason }: Answer): string {
  const { identity, isPath, path, changed: _, ...resource } = question;
  const request = isPath ? { verb: resource.verb, path } : resource;
  const callers = new Set([identity.user, ...identity.groups, identity.user.split(':').at(-1)]);
  const bindings = world.bindings.filter(({ subjects = [] }) => subjects.some(({ name }) => callers.has(name)));
  const lines = bindings.map((binding) => {
    const { kind, metadata, roleRef, subjects } = binding;
    const role = roleOf(binding, world);
    const rules = role === undefined ? 'which is not there' : JSON.stringify(rulesIn(role));
    const name = [metadata.namespace, metadata.name].filter(Boolean).join('/');
    return `  ${kind} ${name} of ${JSON.stringify(subjects)} to ${roleRef.kind} ${roleRef.name}: ${rules}`;
  });
  return [
    `the API server says ${allowed ? 'yes' : 'no'} (${reason || 'without a reason'}), Plimsoll does not agree`,
    `  by ${JSON.stringify(pathIn(live, question))}; in files by ${JSON.stringify(pathIn(files, question))}`,
    `  to ${JSON.stringify(request)} of ${JSON.stringify(identity)}`,
    ...lines,
  ].join('\n');
}
