import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findingDedupeId, messageDedupeId } from '../../../../src/notify/message/dedupe-id.ts';
import { messageOf, partsOf } from '../../../../src/notify/message/message.ts';
import { sizeOf, type ChangeSet, type NotifiedFinding } from '../../../../src/notify/change-set.ts';
import { changes, finding, hostileChanges, resolved } from '../../../support/change-sets.ts';

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });

describe('the id of a message', () => {
  it('stays what it was in earlier releases, so that an upgrade sends nothing twice under another id', () => {
    assert.equal(findingDedupeId('opened', finding()), 'c9a60d6995eb3a6b5c12ee750b43df41');
    assert.equal(messageDedupeId([changes()], 'prod'), '5e927dfd0dc6940291c962e840b533c7');
  });

  it('is the same in whatever order the changes are told', () => {
    const sets = fc.array(hostileChanges, { maxLength: 4 });
    const orders = sets.chain((all) => fc.tuple(fc.constant(all), shuffled(all)));
    fc.assert(
      fc.property(orders, ([all, other]) => {
        const turned = other.map((set) => ({
          ...set,
          opened: set.opened.toReversed(),
          resolved: set.resolved.toReversed(),
        }));
        assert.equal(messageDedupeId(turned), messageDedupeId(all));
      }),
    );
  });

  it('does not hang on words, only on which findings changed since when', () => {
    const { container: _container, path: _path, ...bare } = finding({ message: 'in other words', severity: 'Low' });
    assert.equal(messageDedupeId([changes({ opened: [bare] })]), messageDedupeId([changes()]));
  });

  const others: readonly (readonly [name: string, sets: readonly ChangeSet[], cluster?: string])[] = [
    ['another finding', [changes({ opened: [finding({ id: 'other' })] })]],
    ['the same finding that came back', [changes({ opened: [finding({ since: '2026-11-24T03:15:37Z' })] })]],
    ['the end of the same finding', [changes({ opened: [], resolved: [finding()] })]],
    ['one more finding', [changes({ opened: [finding(), finding({ id: 'other' })] })]],
    ['the same in another cluster', [changes()], 'staging'],
  ];
  for (const [name, sets, cluster = 'prod'] of others) {
    it(`differs for ${name}`, () => {
      assert.notEqual(messageDedupeId(sets, cluster), messageDedupeId([changes()], 'prod'));
    });
  }

  it('of a finding tells both of its changes apart', () => {
    assert.notEqual(findingDedupeId('opened', finding()), findingDedupeId('resolved', finding()));
  });
});

describe('a change set that is too large for one message', () => {
  const many = (prefix: string, count: number): readonly NotifiedFinding[] =>
    Array.from({ length: count }, (_, index) => finding({ id: `${prefix}${index}` }));

  it('comes in parts that hold all of it, in its order, each small enough', () => {
    const counts = fc.tuple(fc.nat(25), fc.nat(25), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(counts, ([open, gone, max]) => {
        const whole = changes({ opened: many('o', open), resolved: many('r', gone) });
        const parts = partsOf(whole, max);
        assert.deepEqual(
          parts.flatMap(({ opened }) => opened),
          whole.opened,
        );
        assert.deepEqual(
          parts.flatMap((part) => part.resolved),
          whole.resolved,
        );
        assert.ok(parts.every((part) => sizeOf(part) <= max && (sizeOf(part) > 0 || parts.length === 1)));
      }),
    );
  });

  it('has parts of different ids', () => {
    const parts = partsOf(changes({ opened: many('o', 3), resolved: [resolved()] }), 2);
    assert.equal(new Set(parts.map((part) => messageOf([part], {}).id)).size, 2);
  });

  it('is left whole if it is small', () => assert.deepEqual(partsOf(changes(), Infinity), [changes()]));
});
