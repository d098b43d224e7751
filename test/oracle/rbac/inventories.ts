import assert from 'node:assert/strict';
import { createInventory, type Inventory } from '../../../src/inventory/inventory.ts';
import { raw, type Json } from '../../support/objects.ts';
import { KINDS, ruleText, rulesIn, type RoleManifest, type World } from './world.ts';

/** What Plimsoll knows of a world. */
export type Known = Inventory<undefined>;

export function emptyInventory(): Known {
  return createInventory<undefined>({
    judgePod: () => undefined,
    judgeConfigValue: () => undefined,
    onDirty: () => undefined,
    isReadable: () => true,
  });
}

/** Hands all objects over as a reflector does that reads anew; what was there before is forgotten. */
export function replaceAll(inventory: Known, { roles, bindings }: World): Known {
  for (const kind of KINDS) {
    const sink = inventory.sink(kind);
    sink.startReplace();
    for (const object of [...roles, ...bindings]) if (object.kind === kind) sink.upsert(raw(object as unknown as Json));
    sink.endReplace();
  }
  return inventory;
}

/** The world as it stands in files: no controller has filled aggregated roles. */
export function asInFiles({ roles, bindings }: World): World {
  return {
    bindings,
    roles: roles.map((role) => (role.aggregationRule === undefined ? role : { ...role, rules: null })),
  };
}

/** What a role allows in the end. */
function resolved(inventory: Known, { kind, metadata: { name, namespace } }: RoleManifest): ReadonlySet<string> {
  const rules = inventory.rulesOf({ kind, name, ...(namespace === undefined ? {} : { namespace }) }) ?? [];
  return new Set(rules.map(({ rule }) => ruleText(rule)));
}

/** Aggregation comes out as the controller has it. */
export function assertAggregation(inventory: Known, { roles }: World): void {
  for (const role of roles) {
    const [actual, expected] = [resolved(inventory, role), new Set(rulesIn(role).map(ruleText))];
    const missing = [...expected].filter((text) => !actual.has(text));
    const tooMany = [...actual].filter((text) => !expected.has(text));
    assert.deepEqual(
      { missing, tooMany },
      { missing: [], tooMany: [] },
      `the rules of ${role.kind} ${role.metadata.name}`,
    );
  }
}
