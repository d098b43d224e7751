import assert from 'node:assert/strict';
import { freePort } from '../cluster/free-port.ts';
import { eventually } from '../cluster/shared.ts';
import { shippedRules } from '../monitoring/alert-rules.ts';
import { startAlertmanager, type AlertMessage } from '../monitoring/alertmanager.ts';
import { startPrometheus, type RunningPrometheus } from '../monitoring/prometheus.ts';
import { scrapeConfig } from '../monitoring/scrape-config.ts';
import type { Service } from '../monitoring/service.ts';
import { useMonitoringPrograms } from '../monitoring/shared.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../monitoring/webhook-receiver.ts';
import { useInstalled } from '../support/installed.ts';
import { deployment } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';
import { plimsoll } from '../support/plimsoll.ts';

const NEW = 'PlimsollNewViolations';
const NEWEST = 'plimsoll_newest_violation_first_seen_timestamp_seconds';
const READER = 'plimsoll-metrics-reader';
const PATIENCE = { timeoutMs: 60_000 };
/** Without it a namespace is a violation itself. */
const DECIDED = { 'pod-security.kubernetes.io/enforce': 'privileged' };
const AN_HOUR_MS = 3600 * 1000;

const hostNetwork = deployment('web', { podSpec: { hostNetwork: true } });
const privileged = deployment('agent', { securityContext: { privileged: true } });

const accepting = (expires: Date): object => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityException',
  metadata: { name: 'agent' },
  spec: {
    checks: ['privileged-container'],
    reason: 'it loads a kernel module until the next release',
    expirationTime: `${expires.toISOString().slice(0, 19)}Z`,
  },
});

const print = (what: string, sinceMs: number): void =>
  console.log(`        ${what}: ${((Date.now() - sinceMs) / 1000).toFixed(1)} s`);

/**
 * The rules are those that are shipped, not hastened ones: PlimsollNewViolations waits for nothing, and what bridges minutes
 * has to bridge the 15 s of a Lease whose holder was killed.
 */
describe('The way of a violation from the cluster to people', () => {
  const installed = useInstalled();
  const programs = useMonitoringPrograms();
  const { namespace, apply, kubectl } = installed;
  let ports: readonly number[];
  let shop = '';
  let binding = '';
  let receiver: WebhookReceiver;
  let alertmanager: Service;
  let prometheus: RunningPrometheus;
  let operator: RunningOperator;
  /** When what is new in the shop was seen first. */
  let firstSeen: number;

  /** On one of the two addresses that are scraped, as if it were one of two pods. */
  const start = async (pod: 0 | 1): Promise<RunningOperator> =>
    installed.operator('--namespaces=chain-*', '--metrics-secure', `--metrics-bind-address=127.0.0.1:${ports[pod]}`);

  async function tokenOfPrometheus(): Promise<string> {
    const home = await namespace('monitoring');
    const name = 'prometheus';
    await apply([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }], home);
    binding = `${READER}-${home}`;
    const who = `--serviceaccount=${home}:${name}`;
    await kubectl(['create', 'clusterrolebinding', binding, `--clusterrole=${READER}`, who]);
    return installed.controlPlane().serviceAccountToken(home, name);
  }

  before(async function startEverything() {
    this.timeout(120_000);
    ports = [await freePort(), await freePort()];
    shop = await namespace('chain-shop', DECIDED);
    const token = await tokenOfPrometheus();
    operator = await start(0);
    await operator.firstPassDone();
    receiver = await startWebhookReceiver();
    alertmanager = await startAlertmanager({ programs: programs(), webhookUrl: receiver.url });
    prometheus = await startPrometheus({
      programs: programs(),
      scrapes: ports.map((port, index) =>
        scrapeConfig({ metricsUrl: `https://127.0.0.1:${port}/metrics`, pod: `plimsoll-${index}`, token }),
      ),
      rules: shippedRules(),
      alertmanagerUrl: alertmanager.url,
    });
    await eventually('the leader is scraped', async () => {
      const [sample] = await prometheus.query('leader_election_master_status{pod="plimsoll-0"}');
      return sample?.value === 1;
    });
  });
  after(async () => {
    await prometheus?.stop();
    await alertmanager?.stop();
    await receiver?.stop();
    if (binding !== '') await kubectl(['delete', 'clusterrolebinding', binding]);
  });

  const messages = (): readonly AlertMessage[] =>
    receiver.requests().map(({ body }) => JSON.parse(body) as AlertMessage);
  /** What all receivers were told about new violations in the namespace. */
  const told = (where: string): readonly AlertMessage[] =>
    messages().filter(({ groupLabels }) => groupLabels['alertname'] === NEW && groupLabels['namespace'] === where);
  const summary = (where: string): readonly string[] => told(where).map((each) => `${each.receiver} ${each.status}`);

  /** The latest that Prometheus has ever been told: a violation that is taken for news again prolongs an alert, silently. */
  const newestEver = async (where: string): Promise<number | undefined> => {
    const all = `max_over_time(${NEWEST}{namespace="${where}", severity="high"}[1h])`;
    return (await prometheus.query(`max(${all})`))[0]?.value;
  };

  /** When people know of what happens now, they know of all that was before, if it was told. */
  async function somethingElseIsTold(): Promise<void> {
    const elsewhere = await namespace('chain-elsewhere', DECIDED);
    await apply([hostNetwork], elsewhere);
    await eventually('something else is told', () => told(elsewhere).length > 0, PATIENCE);
    assert.deepEqual(summary(elsewhere), ['platform firing']);
  }

  it('tells of it once: where it is, how bad it is, and by which command to look closer', async () => {
    const appliedMs = Date.now();
    await apply([hostNetwork], shop);
    await eventually('people know', () => told(shop).length > 0, PATIENCE);
    print('from kubectl apply to people', appliedMs);
    const [{ groupLabels, alerts: [alert] } = assert.fail('nobody is told')] = told(shop);
    assert.deepEqual(groupLabels, { alertname: NEW, namespace: shop });
    assert.equal(alert?.labels['finding_severity'], 'high');
    assert.equal(alert.labels['severity'], 'warning');
    const [, command = ''] = /`plimsoll (diff[^`]*)`/.exec(alert.annotations['description'] ?? '') ?? [];
    assert.equal(command, `diff --since 1h -n ${shop}`);

    const kubeconfig = await installed
      .controlPlane()
      .kubeconfigFor({ serviceAccount: { namespace: 'plimsoll-system', name: 'plimsoll' } });
    const { stdout } = await plimsoll([...command.split(' '), '--kubeconfig', kubeconfig]);
    assert.match(stdout, /Deployment\/web +host-network /);

    await somethingElseIsTold();
    assert.deepEqual(summary(shop), ['platform firing']);
    firstSeen = (await newestEver(shop)) ?? assert.fail('Prometheus knows of none');
  });

  const EVENTS: Readonly<Record<string, () => Promise<void>>> = {
    'the operator starts again, as another pod': async () => {
      await operator.stop('SIGTERM');
      operator = await start(1);
    },
    'the operator is killed, and starts again as the same pod': async () => {
      await operator.stop('SIGKILL');
      operator = await start(1);
    },
    'the leader is killed, and the other replica takes over': async () => {
      const standby = await start(0);
      await standby.ready();
      await operator.stop('SIGKILL');
      operator = standby;
    },
    'its report is deleted': async () => {
      const uid = (await installed.report(shop, 'deployment-web'))?.metadata.uid;
      assert.ok(uid !== undefined);
      await kubectl(['delete', 'securityreport', 'deployment-web', `--namespace=${shop}`]);
      await installed.reportWhere(shop, 'deployment-web', 'is another one', ({ metadata }) => metadata.uid !== uid);
    },
    'the Deployment is rolled out again': async () => {
      const here = `--namespace=${shop}`;
      await kubectl(['rollout', 'restart', 'deployment/web', here]);
      await eventually('it has two ReplicaSets', async () => {
        const output = await kubectl(['get', 'replicasets', '--output=name', here]);
        return output.trim().split('\n').length === 2;
      });
    },
    'Prometheus starts again': async () => prometheus.restart(),
  };
  for (const [event, happens] of Object.entries(EVENTS)) {
    it(`tells nothing when ${event}`, async function () {
      this.timeout(120_000);
      const [beganMs, soFar] = [Date.now(), told(shop).length];
      await happens();
      await operator.firstPassDone();
      await somethingElseIsTold();
      print('until what came after was told', beganMs);
      assert.deepEqual(summary(shop).slice(soFar), []);
      assert.equal(await newestEver(shop), firstSeen);
    });
  }

  it('tells nothing of what is accepted from the start, and once of it when its exception has expired', async () => {
    const edge = await namespace('chain-edge', DECIDED);
    await apply([accepting(new Date(Date.now() + AN_HOUR_MS))], edge);
    const unmatched = '--for=condition=Unmatched';
    await kubectl(['wait', unmatched, 'securityexception/agent', `--namespace=${edge}`, '--timeout=20s']);
    await apply([privileged], edge);
    await installed.reportWhere(edge, 'deployment-agent', 'is there', () => true);
    await somethingElseIsTold();
    assert.deepEqual(summary(edge), []);

    const expires = new Date(Math.ceil(Date.now() / 1000) * 1000 + 5000);
    await apply([accepting(expires)], edge);
    await eventually('people know', () => told(edge).length > 1, PATIENCE);
    print('from its expiry to people', expires.getTime());
    assert.ok(Date.now() >= expires.getTime(), 'nobody is told before it has expired');
    await somethingElseIsTold();
    assert.deepEqual([...summary(edge)].sort(), ['pager firing', 'platform firing']);
    for (const { alerts } of told(edge)) {
      assert.deepEqual(
        alerts.map(({ labels }) => labels['finding_severity']),
        ['critical'],
      );
    }
  });

  it('tells nothing else on the way', () => {
    const all = messages().map(({ groupLabels, status }) => `${groupLabels['alertname']} ${status}`);
    assert.deepEqual([...new Set(all)].sort(), [
      'PlimsollExceptionExpiring firing',
      'PlimsollExceptionExpiring resolved',
      `${NEW} firing`,
    ]);
  });
});
