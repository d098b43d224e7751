import assert from 'node:assert/strict';
import type { ChangeSet } from '../../../src/notify/change-set.ts';
import type { Target } from '../../../src/notify/config/config.ts';
import { createRoute } from '../../../src/notify/route.ts';
import { changes, CLUSTER_CHANGES, finding, resolved, target } from '../../support/change-sets.ts';

const critical = finding({ id: 'critical' });
const medium = finding({ id: 'medium', severity: 'Medium' });
const high = resolved({ id: 'high' });
const mild = resolved({ id: 'mild', severity: 'Info' });
const all = changes({ opened: [critical, medium], resolved: [high, mild] });

const inNamespace = (namespace: string): ChangeSet =>
  changes({ report: { kind: 'SecurityReport', namespace, name: 'x' }, opened: [critical] });

function idsFor(more: Partial<Target>, set: ChangeSet): string {
  const routed = createRoute({ targets: [target(more)] })(set).get('ops');
  return routed === undefined ? 'nothing' : [...routed.opened, ...routed.resolved].map(({ id }) => id).join(' ');
}

describe('a target', () => {
  const rows: readonly (readonly [name: string, more: Partial<Target>, set: ChangeSet, ids: string])[] = [
    ['hears of High and worse by default', {}, all, 'critical high'],
    ['hears of all that reaches its severity', { minSeverity: 'Medium' }, all, 'critical medium high'],
    ['hears of everything from Info on', { minSeverity: 'Info' }, all, 'critical medium high mild'],
    ['hears nothing if all is too mild', {}, changes({ opened: [medium], resolved: [mild] }), 'nothing'],
    ['hears nothing of what is resolved if it does not want to', { sendResolved: false }, all, 'critical'],
    [
      'hears nothing at all if only that has happened',
      { sendResolved: false },
      changes({ opened: [], resolved: [high] }),
      'nothing',
    ],
    ['hears of a namespace that it names', { namespaces: ['shop', 'ci'] }, inNamespace('ci'), 'critical'],
    ['hears of a namespace that its glob is about', { namespaces: ['team-*'] }, inNamespace('team-a'), 'critical'],
    ['hears nothing of others', { namespaces: ['team-*'] }, inNamespace('ateam-b'), 'nothing'],
    ['hears nothing of what it leaves out', { excludeNamespaces: ['kube-*'] }, inNamespace('kube-system'), 'nothing'],
    [
      'leaves out more strongly than it names',
      { namespaces: ['*'], excludeNamespaces: ['ci'] },
      inNamespace('ci'),
      'nothing',
    ],
    ['hears of the cluster', {}, CLUSTER_CHANGES, finding().id],
    ['hears nothing of the cluster if it does not want to', { clusterScoped: false }, CLUSTER_CHANGES, 'nothing'],
    ['hears of the cluster beside some namespaces', { namespaces: ['shop'] }, CLUSTER_CHANGES, finding().id],
  ];
  for (const [name, more, set, ids] of rows) it(name, () => assert.equal(idsFor(more, set), ids));
});

describe('several targets', () => {
  const route = createRoute({
    targets: [
      target({ name: 'all' }),
      target({ name: 'team', namespaces: ['shop'] }),
      target({ name: 'ci', namespaces: ['ci'] }),
    ],
  });

  it('each hear what concerns them, and those that it does not are left out', () => {
    assert.deepEqual([...route(changes()).keys()], ['all', 'team']);
    assert.deepEqual(route(changes()).get('team'), changes());
  });

  it('are none if nothing changed', () => assert.equal(route(changes({ opened: [] })).size, 0));
});
