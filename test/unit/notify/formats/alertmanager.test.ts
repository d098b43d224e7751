import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alertmanagerBody, alertsUrl } from '../../../../src/notify/formats/alertmanager.ts';
import { render } from '../../../../src/notify/formats/render.ts';
import { messageOf } from '../../../../src/notify/message/message.ts';
import { changes, finding, hostileChanges, resolved, target } from '../../../support/change-sets.ts';
import { assertGolden } from './goldens.ts';
import { ALONE, DIGEST, NOW_MS } from './samples.ts';

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

const TIMES = { nowMs: NOW_MS, lifetimeSeconds: 86_400 };
const alerts = (...sets: readonly ReturnType<typeof changes>[]): readonly Alert[] =>
  alertmanagerBody(messageOf(sets, {}), TIMES) as readonly Alert[];

describe('what an Alertmanager receives', () => {
  it('is an alert for each finding', () => assertGolden('alertmanager', alertmanagerBody(ALONE, TIMES)));
  it('is the same in a digest', () => assertGolden('alertmanager-digest', alertmanagerBody(DIGEST, TIMES)));

  it('resolves exactly the alert that it raised', () => {
    const { message: _message, ...gone } = finding();
    const [raised] = alerts(changes());
    const [ended] = alerts(changes({ opened: [], resolved: [gone] }));
    assert.deepEqual(ended?.labels, raised?.labels);
    assert.equal(ended?.startsAt, raised?.startsAt);
    assert.ok(Date.parse(ended?.endsAt ?? '') <= NOW_MS);
    assert.equal(Date.parse(raised?.endsAt ?? ''), NOW_MS + 86_400_000);
  });

  it('never ends an alert before it began, as clocks differ', () => {
    const since = new Date(NOW_MS + 60_000).toISOString();
    const [ended] = alerts(changes({ opened: [], resolved: [resolved({ since })] }));
    assert.equal(ended?.endsAt, since);
  });

  it('has times even where that of the finding is none', () => {
    const [alert] = alerts(changes({ opened: [finding({ since: 'yesterday' })] }));
    assert.ok(Date.parse(alert?.endsAt ?? '') > NOW_MS);
  });

  it('has no empty labels, names that every version takes, and none of them may change with the words', () => {
    fc.assert(
      fc.property(hostileChanges, (set) => {
        for (const { labels } of alerts(set)) {
          for (const [name, value] of Object.entries(labels)) {
            assert.match(name, /^[a-z][a-z_]*$/);
            assert.notEqual(value, '');
          }
          assert.ok(!('message' in labels) && !('path' in labels));
        }
      }),
    );
  });

  const addresses: readonly (readonly [given: string, used: string])[] = [
    ['http://am:9093', 'http://am:9093/api/v2/alerts'],
    ['http://am:9093/', 'http://am:9093/api/v2/alerts'],
    ['https://am.example/alertmanager/', 'https://am.example/alertmanager/api/v2/alerts'],
    ['https://am.example/api/v2/alerts', 'https://am.example/api/v2/alerts'],
    ['https://am.example/?tenant=a', 'https://am.example/api/v2/alerts?tenant=a'],
  ];
  for (const [given, used] of addresses) {
    it(`is sent to the right place: ${given}`, () => {
      assert.equal(alertsUrl(given), used);
      assert.equal(render(ALONE, target({ type: 'alertmanager', url: given }), NOW_MS).url, used);
    });
  }
});
