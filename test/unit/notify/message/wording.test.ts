import assert from 'node:assert/strict';
import type { ChangeSet } from '../../../../src/notify/change-set.ts';
import { messageOf } from '../../../../src/notify/message/message.ts';
import { commandFor, headline, linkFor } from '../../../../src/notify/message/wording.ts';
import { changes, CLUSTER_CHANGES, finding, resolved } from '../../../support/change-sets.ts';

const other = changes({ subject: { apiVersion: 'v1', kind: 'Pod', name: 'x', namespace: 'shop' } });

describe('the headline', () => {
  const headlines: readonly (readonly [name: string, sets: readonly ChangeSet[], text: string])[] = [
    ['names the workload first', [changes()], 'Deployment checkout in shop: 1 new (1 Critical)'],
    [
      'counts by severity, the worst first',
      [changes({ opened: [finding({ severity: 'High' }), finding(), finding()], resolved: [resolved()] })],
      'Deployment checkout in shop: 3 new (2 Critical, 1 High), 1 resolved',
    ],
    [
      'says what is resolved',
      [changes({ opened: [], resolved: [resolved()] })],
      'Deployment checkout in shop: 1 resolved',
    ],
    ['names no namespace where there is none', [CLUSTER_CHANGES], 'ClusterRole ops:<&>: 1 new (1 Critical)'],
    ['counts the other subjects', [changes(), other], 'Deployment checkout in shop and 1 more: 2 new (2 Critical)'],
    ['counts a subject once', [changes(), changes()], 'Deployment checkout in shop: 2 new (2 Critical)'],
  ];
  for (const [name, sets, text] of headlines) it(name, () => assert.equal(headline(messageOf(sets, {})), text));

  it('begins with the cluster, if it has a name', () => {
    assert.match(headline(messageOf([changes()], { clusterName: 'prod-eu' })), /^prod-eu: Deployment checkout in shop/);
  });

  it('cuts names that are longer than any screen', () => {
    const subject = { apiVersion: 'v1', kind: 'User', name: 'n'.repeat(60_000) };
    assert.ok(headline(messageOf([changes({ subject })], {})).length < 200);
  });
});

describe('what leads to more', () => {
  it('is a command that describes the report', () => {
    assert.equal(commandFor(changes()), 'kubectl describe securityreport deployment-checkout -n shop');
    assert.equal(commandFor(CLUSTER_CHANGES), 'kubectl describe clustersecurityreport clusterrole-ops');
  });

  it('is a link in which names cannot mean anything else', () => {
    const externalUrl = 'https://grafana.example/d/x?c={cluster}&ns={namespace}&o={kind}/{name}&r={report}';
    assert.equal(
      linkFor(CLUSTER_CHANGES, messageOf([], { externalUrl, clusterName: 'a&b' })),
      'https://grafana.example/d/x?c=a%26b&ns=&o=ClusterRole/ops%3A%3C%26%3E&r=clusterrole-ops',
    );
    assert.equal(linkFor(changes(), messageOf([], {})), undefined);
  });
});
