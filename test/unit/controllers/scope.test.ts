import assert from 'node:assert/strict';
import { createScope } from '../../../src/controllers/scope.ts';

type Case = readonly [
  name: string,
  include: readonly string[],
  exclude: readonly string[],
  covered: string,
  uncovered: string | undefined,
];

const CASES: readonly Case[] = [
  ['everything by default', [], [], 'shop', undefined],
  ['only what is named', ['shop'], [], 'shop', 'data'],
  ['what a glob matches', ['team-*'], [], 'team-a', 'shop'],
  ['a single character', ['ns-?'], [], 'ns-1', 'ns-12'],
  ['not what is excluded', [], ['kube-*'], 'shop', 'kube-system'],
  ['not what is both included and excluded', ['kube-*'], ['kube-system'], 'kube-public', 'kube-system'],
];

describe('the scope', () => {
  for (const [name, include, exclude, covered, uncovered] of CASES) {
    it(`covers ${name}`, () => {
      const scope = createScope({ include, exclude });
      const of = (namespace: string): boolean =>
        scope.covers({ group: 'apps', kind: 'Deployment', namespace, name: 'web' });
      assert.equal(of(covered), true);
      if (uncovered !== undefined) assert.equal(of(uncovered), false);
    });
  }

  it('covers cluster-scoped subjects whatever the namespaces', () => {
    const scope = createScope({ include: ['shop'], exclude: [] });
    assert.equal(scope.covers({ group: '', kind: 'Node', namespace: '', name: 'a' }), true);
  });

  it('covers a Namespace by its own name', () => {
    const scope = createScope({ include: ['shop'], exclude: [] });
    const of = (name: string): boolean => scope.covers({ group: '', kind: 'Namespace', namespace: '', name });
    assert.deepEqual([of('shop'), of('data')], [true, false]);
  });
});
