import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { createStore, type Change, type Projection } from '../../../src/inventory/store.ts';
import { meta, raw, type Json } from '../../support/objects.ts';
import type { RawObject } from '../../../src/kube/raw-object.ts';

interface Facts {
  readonly size: unknown;
}

const projection: Projection<Facts> = {
  apiVersion: 'v1',
  kind: 'Thing',
  relevant: ['spec'],
  project: (object) => ({ size: object.parse('spec.size') }),
  equal: isDeepStrictEqual,
};

const thing = (name: string, spec: Json, more: Json = {}, uid?: string): RawObject =>
  raw({ metadata: meta({ name, ...(uid === undefined ? {} : { uid }) }), spec, ...more });

function observed(): { changes: Change<Facts>[]; store: ReturnType<typeof createStore<Facts>> } {
  const changes: Change<Facts>[] = [];
  return { changes, store: createStore(projection, (change) => changes.push(change)) };
}

describe('a store of facts', () => {
  it('tells of a new object, of changed facts, and of one that is gone', () => {
    const { changes, store } = observed();
    store.upsert(thing('a', { size: 1 }));
    store.upsert(thing('a', { size: 2 }));
    store.remove(thing('a', { size: 2 }));
    assert.deepEqual(
      changes.map(({ before, after }) => [before?.size, after?.size]),
      [
        [undefined, 1],
        [1, 2],
        [2, undefined],
      ],
    );
    assert.equal(store.size(), 0);
  });

  it('is silent when only what is not read changes', () => {
    const { changes, store } = observed();
    store.upsert(thing('a', { size: 1 }, { status: { beats: 1 } }));
    store.upsert(thing('a', { size: 1 }, { status: { beats: 2 } }));
    assert.equal(changes.length, 1);
  });

  it('is silent when the bytes differ and the facts do not', () => {
    const { changes, store } = observed();
    store.upsert(thing('a', { size: 1 }));
    store.upsert(thing('a', { size: 1, colour: 'red' }));
    assert.equal(changes.length, 1);
  });

  it('takes an equal object of another uid for another object', () => {
    const { changes, store } = observed();
    store.upsert(thing('a', { size: 1 }, {}, 'first'));
    store.upsert(thing('a', { size: 1 }, {}, 'second'));
    assert.equal(changes.length, 2);
  });

  it('does not let late news of an earlier object remove its successor', () => {
    const { store } = observed();
    store.upsert(thing('a', { size: 1 }, {}, 'second'));
    store.remove(thing('a', { size: 1 }, {}, 'first'));
    assert.deepEqual(store.get('shop', 'a'), { size: 1 });
  });

  it('drops after a relist what the relist did not show', () => {
    const { changes, store } = observed();
    store.upsert(thing('a', { size: 1 }));
    store.upsert(thing('b', { size: 1 }));
    store.startReplace();
    store.upsert(thing('b', { size: 1 }));
    store.upsert(thing('c', { size: 1 }));
    store.endReplace();
    assert.deepEqual(
      [...store.entries()].map(([namespace, name]) => `${namespace}/${name}`),
      ['shop/b', 'shop/c'],
    );
    assert.deepEqual(changes.at(-1), { namespace: 'shop', name: 'a', before: { size: 1 }, after: undefined });
  });

  it('keeps what it knows of an object when a later version of it is malformed', () => {
    const { store } = observed();
    store.upsert(thing('a', { size: 1 }));
    assert.throws(() => store.upsert(raw({ metadata: { name: 'a' } })), /without metadata.name or metadata.uid/);
    assert.deepEqual(store.get('shop', 'a'), { size: 1 });
  });

  it('releases exactly what it acquired', () => {
    const held = new Map<unknown, number>();
    const hold = (size: unknown, by: number): void => void held.set(size, (held.get(size) ?? 0) + by);
    const store = createStore<Facts>(
      {
        ...projection,
        project: (object) => {
          const size = object.parse('spec.size');
          hold(size, 1);
          return { size };
        },
        release: ({ size }) => hold(size, -1),
      },
      () => undefined,
    );
    store.upsert(thing('a', { size: 1 }));
    store.upsert(thing('a', { size: 1, colour: 'red' }));
    store.upsert(thing('a', { size: 2 }));
    store.upsert(thing('b', { size: 2 }));
    store.remove(thing('a', { size: 2 }));
    assert.deepEqual(
      [...held],
      [
        [1, 0],
        [2, 1],
      ],
    );
  });
});
