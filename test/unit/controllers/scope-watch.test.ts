import assert from 'node:assert/strict';
import { createScope } from '../../../src/controllers/scope.ts';
import { createScopeWatch } from '../../../src/controllers/scope-watch.ts';
import { subjectKey, type SubjectKey } from '../../../src/inventory/subject-key.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const SHOP = subjectKey('', 'Namespace', '', 'shop');
const ELSEWHERE = subjectKey('apps', 'Deployment', 'other', 'web');

interface Tried {
  readonly label: (tier: string) => void;
  readonly entered: readonly SubjectKey[];
  readonly added: readonly SubjectKey[];
}

/** A watch on a scope of namespaces with `tier=production`; `shop` is as it is labelled at first. */
function tried(tier: string, isThereAtFirst = true): Tried {
  const labels = { tier };
  const scope = createScope(
    { include: [], exclude: [], selector: [{ key: 'tier', operator: 'In', values: ['production'] }] },
    () => labels,
  );
  const entered: SubjectKey[] = [];
  const added: SubjectKey[] = [];
  const watch = createScopeWatch({
    scope,
    subjects: () => [SHOP, WEB, ELSEWHERE],
    enter: (keys) => entered.push(...keys),
    add: (key) => added.push(key),
  });
  watch.begin(isThereAtFirst ? ['shop'] : []);
  return {
    entered,
    added,
    label(next) {
      labels.tier = next;
      watch.onNamespace('shop', true);
    },
  };
}

describe('watching the scope', () => {
  it('takes what lives in a namespace that comes into scope for old', () => {
    const { label, entered, added } = tried('test');
    label('production');
    assert.deepEqual(
      [entered, added],
      [
        [SHOP, WEB],
        [SHOP, WEB],
      ],
    );
  });

  it('has what lives in a namespace that leaves it looked at, so that its reports go', () => {
    const { label, entered, added } = tried('production');
    label('test');
    assert.deepEqual([entered, added], [[], [SHOP, WEB]]);
  });

  it('does nothing where another label has changed', () => {
    const { label, added } = tried('production');
    label('production');
    assert.deepEqual(added, []);
  });

  it('takes what lives in a new namespace for new', () => {
    const { label, entered } = tried('production', false);
    label('production');
    assert.deepEqual(entered, []);
  });
});
