import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../cluster/eventually.ts';
import { hastened, shippedRules } from '../monitoring/alert-rules.ts';
import { messagesTo, startAlertmanager, type AlertMessage } from '../monitoring/alertmanager.ts';
import { startPrometheus, type RunningPrometheus } from '../monitoring/prometheus.ts';
import { scrapeConfig } from '../monitoring/scrape-config.ts';
import type { Service } from '../monitoring/service.ts';
import { useMonitoringPrograms } from '../monitoring/shared.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../monitoring/webhook-receiver.ts';

const NEWEST = 'plimsoll_newest_violation_first_seen_timestamp_seconds';
/** Ten minutes become ten seconds, and the window of an hour a minute. */
const FACTOR = 60;
const PATIENCE = { timeoutMs: 60_000 };

/** Now, or later than now, so that the window outlasts the test. */
const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe('The way of an alert to people', () => {
  const programs = useMonitoringPrograms();
  const newest = new Map<string, number>();
  let isDown = false;
  let target: Server;
  let receiver: WebhookReceiver;
  let alertmanager: Service;
  let prometheus: RunningPrometheus;

  /** Stands for an operator that leads. */
  const exposition = (): string =>
    [
      'leader_election_master_status{name="plimsoll"} 1',
      `plimsoll_last_full_scan_timestamp_seconds ${secondsFromNow(0)}`,
      ...Array.from(newest, ([namespace, time]) => `${NEWEST}{namespace="${namespace}",severity="critical"} ${time}`),
      '',
    ].join('\n');

  before(async function startEverything() {
    this.timeout(120_000);
    target = createServer((_, response) => {
      if (isDown) response.destroy();
      else response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(exposition());
    });
    target.listen(0, '127.0.0.1');
    await once(target, 'listening');
    receiver = await startWebhookReceiver();
    alertmanager = await startAlertmanager({ programs: programs(), webhookUrl: receiver.url });
    prometheus = await startPrometheus({
      programs: programs(),
      scrapes: [scrapeConfig({ metricsUrl: `http://127.0.0.1:${(target.address() as AddressInfo).port}/metrics` })],
      rules: hastened(shippedRules(), FACTOR),
      alertmanagerUrl: alertmanager.url,
    });
  });
  after(async () => {
    await prometheus?.stop();
    await alertmanager?.stop();
    await receiver?.stop();
    target.close();
    target.closeAllConnections();
  });

  const told = (name: string): readonly AlertMessage[] => messagesTo(name, receiver.requests());
  const summary = (name: string): readonly string[] =>
    told(name).map(({ status, groupLabels }) => `${groupLabels['alertname']} ${status}`);
  const isFiring = async (alertname: string, namespace?: string): Promise<boolean> =>
    (await prometheus.alerts()).some(
      ({ labels, state }) =>
        state === 'firing' && labels['alertname'] === alertname && labels['namespace'] === namespace,
    );

  it('tells the team of the namespace, and wakes somebody', async () => {
    newest.set('shop', secondsFromNow(600));
    await eventually('both know', () => told('team-shop').length > 0 && told('pager').length > 0, PATIENCE);
    const [message] = told('team-shop');
    assert.deepEqual(message?.groupLabels, { alertname: 'PlimsollNewViolations', namespace: 'shop' });
    assert.match(message?.alerts[0]?.annotations['description'] ?? '', /plimsoll diff --since 1h -n shop/);
    assert.deepEqual(summary('team-shop'), ['PlimsollNewViolations firing']);
  });

  it('tells the platform of what has no namespace', async () => {
    newest.set('', secondsFromNow(600));
    await eventually('it knows', () => told('platform').length > 0, PATIENCE);
    assert.deepEqual(told('platform')[0]?.groupLabels, { alertname: 'PlimsollNewViolations' });
    assert.match(told('platform')[0]?.alerts[0]?.annotations['description'] ?? '', /^Cluster-scoped objects have/);
  });

  it('tells nothing twice, nor that it is resolved, when Prometheus restarts or the operator is away for long', async function () {
    this.timeout(180_000);
    const restartedAt = secondsFromNow(0);
    await prometheus.restart();
    const scrapedAt = async (): Promise<number> => (await prometheus.query('timestamp(up)'))[0]?.value ?? 0;
    await eventually('it scrapes again', async () => (await scrapedAt()) > restartedAt + 1, PATIENCE);
    await eventually('it fires again', () => isFiring('PlimsollNewViolations', 'shop'), PATIENCE);

    isDown = true;
    await eventually('the pager knows', () => summary('pager').includes('PlimsollOperatorAbsent firing'), PATIENCE);
    const gone = async (): Promise<boolean> => !(await isFiring('PlimsollNewViolations', 'shop'));
    await eventually('findings have faded away', gone, PATIENCE);

    isDown = false;
    newest.set('legacy', secondsFromNow(600));
    await eventually('it is resolved', () => summary('pager').includes('PlimsollOperatorAbsent resolved'), PATIENCE);
    // What comes later has arrived, so what was told before it, if anything, has too.
    await eventually('another team knows', () => told('team-legacy').length > 0, PATIENCE);
    await eventually('it fires again', () => isFiring('PlimsollNewViolations', 'shop'), PATIENCE);
    assert.deepEqual(summary('team-shop'), ['PlimsollNewViolations firing']);
  });

  it('tells the team once the violation is gone', async () => {
    newest.set('shop', 0);
    await eventually('it knows', () => summary('team-shop').length > 1, PATIENCE);
    assert.deepEqual(summary('team-shop'), ['PlimsollNewViolations firing', 'PlimsollNewViolations resolved']);
  });
});
