import assert from 'node:assert/strict';
import type { ControlPlane } from '../cluster/control-plane.ts';
import type { Json } from './objects.ts';

/** An object that is offered to the API server: what it is, itself, and for one that is refused a part of the answer. */
export type Offer = readonly [what: string, object: Json, refusal?: RegExp];

/** Tests that the API server takes what has no refusal, and answers the others as expected. Nothing is stored. */
export function itDecidesOn(kubectl: ControlPlane['kubectl'], offers: readonly Offer[]): void {
  for (const [what, object, refusal] of offers) {
    it(`${refusal === undefined ? 'takes' : 'refuses'} ${what}`, async () => {
      const create = kubectl(['create', '--dry-run=server', '--validate=strict', '--filename=-'], {
        input: JSON.stringify(object),
      });
      if (refusal === undefined) await create;
      else await assert.rejects(create, refusal);
    });
  }
}
