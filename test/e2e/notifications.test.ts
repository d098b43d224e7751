import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../cluster/eventually.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../monitoring/webhook-receiver.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { deployment } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';

interface ToldFinding {
  readonly dedupeId: string;
  readonly check: string;
  readonly since: string;
}

interface Told {
  readonly subject: { readonly name: string };
  readonly command: string;
  readonly opened: readonly ToldFinding[];
  readonly resolved: readonly ToldFinding[];
}

const VIOLATIONS = 200;
/** Each replica lives so long before it is killed. */
const LIFE_MS = 4000;
const KILLING_MS = 2 * 60 * 1000;

const nameOf = (index: number): string => `web-${index}`;

describe('notifications', () => {
  const cluster = useInstalled();
  let receiver: WebhookReceiver;
  let folder: string;
  let namespace: string;

  before(async () => {
    receiver = await startWebhookReceiver();
    folder = await mkdtemp(join(tmpdir(), 'plimsoll-notify-'));
    const config = { targets: [{ name: 'team', type: 'webhook', url: `${receiver.url}/hook`, digestSeconds: 0 }] };
    await writeFile(join(folder, 'notify.yaml'), JSON.stringify(config));
    namespace = await cluster.namespace('notified');
  });

  after(async () => {
    await receiver.stop();
    await rm(folder, { recursive: true });
  });

  const operator = (): Promise<RunningOperator> =>
    cluster.operator(`--namespaces=${namespace}`, `--notify-config=${join(folder, 'notify.yaml')}`);

  const told = (): readonly Told[] =>
    receiver.requests().flatMap(({ body }) => (JSON.parse(body) as { changes: readonly Told[] }).changes);
  const openings = (): readonly ToldFinding[] =>
    told().flatMap(({ opened }) => opened.filter(({ check }) => check === 'host-network'));

  const share = (name: string, hostNetwork: boolean): Promise<string> =>
    cluster.kubectl([
      'patch',
      'deployment',
      name,
      `--namespace=${namespace}`,
      `--patch=${JSON.stringify({ spec: { template: { spec: { hostNetwork } } } })}`,
    ]);

  it('tell nothing of what was there at the start, and once what is new, with the command to look closer', async () => {
    await cluster.apply([deployment('web', { replicas: 0, podSpec: { hostNetwork: true } })], namespace);
    const running = await operator();
    await running.firstPassDone();
    await cluster.apply([deployment('api', { replicas: 0, podSpec: { hostNetwork: true } })], namespace);
    const appliedMs = performance.now();
    await eventually('the team is told', () => Promise.resolve(openings().length === 1));
    console.log(`        applied to told: ${((performance.now() - appliedMs) / 1000).toFixed(2)} s`);
    assert.deepEqual(
      told().map(({ subject: { name } }) => name),
      ['api'],
    );
    assert.equal(told()[0]?.command, `kubectl describe securityreport deployment-api -n ${namespace}`);
    const report = await cluster.reportWhere(
      namespace,
      'deployment-api',
      'bears no mark any more',
      ({ metadata }) => !JSON.stringify(metadata).includes('notify.plimsoll.dev'),
    );
    await running.stop();
    const next = await operator();
    await next.firstPassDone();
    assert.equal(told().length, 1, 'a restart is no news');
    const after = await cluster.report(namespace, 'deployment-api');
    assert.equal(after?.metadata.resourceVersion, report.metadata.resourceVersion);
    await next.stop();
  });

  it('tell once it can be reached what a receiver has missed, over a restart too', async () => {
    receiver.clear();
    receiver.answer(503);
    const running = await operator();
    await running.firstPassDone();
    await share('api', false);
    await eventually('the receiver has been tried', () => Promise.resolve(receiver.requests().length > 0));
    await cluster.apply([deployment('late', { replicas: 0, podSpec: { hostNetwork: true } })], namespace);
    await cluster.reportWhere(namespace, 'deployment-late', 'bears a mark', ({ metadata }) =>
      JSON.stringify(metadata).includes('notify.plimsoll.dev'),
    );
    await running.stop('SIGKILL');
    receiver.clear();
    receiver.answer(200);
    const next = await operator();
    await eventually('the opening was told', () => Promise.resolve(openings().length === 1), { timeoutMs: 50_000 });
    await next.stop();
  });

  it('tell every opening, at most twice, while two replicas are killed in turn', async function () {
    this.timeout(KILLING_MS + 240_000);
    const names = Array.from({ length: VIOLATIONS }, (_, index) => nameOf(index));
    await cluster.apply(
      names.map((name) => deployment(name, { replicas: 0 })),
      namespace,
    );
    receiver.clear();
    let replicas = [await operator(), await operator()] as const;
    await eventually(
      'every Deployment has its report',
      async () =>
        (await cluster.reports()).filter(({ subject: { name } }) => name.startsWith('web-')).length === VIOLATIONS,
      { timeoutMs: 60_000 },
    );
    assert.equal(openings().length, 0);
    const firstSeen = new Map<string, string>();
    const noteDates = (reports: readonly StoredReport[]): void => {
      for (const { subject, findings } of reports) {
        const found = findings.find(({ check }) => check === 'host-network');
        if (found === undefined || !subject.name.startsWith('web-')) continue;
        const known = firstSeen.get(subject.name) ?? found.firstSeenTime;
        assert.equal(found.firstSeenTime, known, `${subject.name} has another date than before`);
        firstSeen.set(subject.name, known);
      }
    };
    const endMs = performance.now() + KILLING_MS;
    let kills = 0;
    const killing = (async (): Promise<void> => {
      while (performance.now() < endMs) {
        await delay(LIFE_MS);
        const [victim, other] = replicas;
        await victim.stop('SIGKILL');
        kills += 1;
        replicas = [other, await operator()];
      }
    })();
    for (const [index, name] of names.entries()) {
      await share(name, true);
      if (index % 20 === 0) noteDates(await cluster.reports());
      const pauseMs = Math.max(0, (endMs - performance.now()) / (VIOLATIONS - index) - 100);
      await delay(Math.min(pauseMs, 1000));
    }
    await killing;
    const openedOf = (name: string): readonly ToldFinding[] =>
      told()
        .filter(({ subject }) => subject.name === name)
        .flatMap(({ opened }) => opened.filter(({ check }) => check === 'host-network'));
    const missing = (): readonly string[] => names.filter((name) => openedOf(name).length === 0);
    await eventually('every opening was told', () => Promise.resolve(missing().length === 0), { timeoutMs: 120_000 });
    noteDates(await cluster.reports());
    const counts = names.map((name) => openedOf(name));
    const twice = counts.filter(({ length }) => length === 2).length;
    console.log(`        ${kills} kills, ${VIOLATIONS} openings told, ${twice} of them twice`);
    for (const found of counts) {
      assert.ok(found.length <= 2, JSON.stringify(found));
      assert.equal(new Set(found.map(({ dedupeId }) => dedupeId)).size, 1, 'the same id when it is told again');
    }
  });
});
