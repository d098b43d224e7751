import assert from 'node:assert/strict';
import { foreignObjects } from '../../../tools/demo/foreign-objects.ts';

const object = (kind: string, name: string, managers: readonly string[], namespace?: string): object => ({
  kind,
  metadata: {
    name,
    ...(namespace !== undefined && { namespace }),
    managedFields: managers.map((manager) => ({ manager })),
  },
});

const MINE = object('Namespace', 'shop', ['plimsoll-demo', 'kube-controller-manager']);
const THEIRS = object('ServiceAccount', 'default', ['kube-controller-manager'], 'monitoring');

describe('objects that the demo must not touch', () => {
  const cases: readonly (readonly [string, printed: string, foreign: readonly string[]])[] = [
    ['are none where nothing exists', '', []],
    ['are those of others', JSON.stringify({ items: [MINE, THEIRS] }), ['ServiceAccount monitoring/default']],
    ['are seen when there is but one, which is no list', JSON.stringify(THEIRS), ['ServiceAccount monitoring/default']],
    ['are not those that the demo has made', JSON.stringify(MINE), []],
    [
      'are those of unknown makers too',
      JSON.stringify({ kind: 'Namespace', metadata: { name: 'ci' } }),
      ['Namespace ci'],
    ],
  ];
  for (const [what, printed, foreign] of cases) {
    it(what, () => {
      assert.deepEqual(foreignObjects(printed), foreign);
    });
  }
});
