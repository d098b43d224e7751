import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { chooseFrameworks } from '../../../src/checks/frameworks/choice.ts';
import { createCompliance, type Compliance, type ComplianceOptions } from '../../../src/controllers/compliance.ts';
import type { ComplianceReport } from '../../../src/crds/index.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';
import { ApiError } from '../../../src/kube/api-error.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { ALL } from '../../support/all-checks.ts';
import { raw } from '../../support/objects.ts';
import { silent } from '../kube/fake-server.ts';
import { record } from '../../support/reports.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const KEY = reportKey('shop', 'deployment-web');
const NAME = 'pod-security-baseline';

const violation = record({
  findings: [
    { id: '1', check: 'host-pid', severity: 'High', origin: 'Observed', firstSeenTime: '2026-05-01T00:00:00Z' },
  ],
});

interface World {
  readonly compliance: Compliance;
  /** `METHOD name`, in order. */
  readonly sent: string[];
  readonly stored: Map<string, ComplianceReport>;
  /** Lets the time pass for which changes are gathered, and what follows from them. */
  readonly wait: () => Promise<void>;
  readonly stateOf: (control: string) => string | undefined;
}

function world({ refuse, ...more }: Partial<ComplianceOptions> & { refuse?: () => Error | undefined } = {}): World {
  const sent: string[] = [];
  const stored = new Map<string, ComplianceReport>();
  let wake: (() => void)[] = [];
  let version = 0;
  const client: KubeClient = {
    async request<T>({ method, path, body }: Parameters<KubeClient['request']>[0]) {
      await turn();
      const name = path.slice(path.lastIndexOf('/') + 1);
      sent.push(`${method} ${name}`);
      const error = refuse?.();
      if (error !== undefined) throw error;
      if (method === 'DELETE') stored.delete(name);
      else stored.set(name, body as ComplianceReport);
      version += 1;
      return { metadata: { uid: `uid-${name}`, resourceVersion: String(version) } } as T;
    },
    stream: () => Promise.reject(new Error('nothing is streamed')),
    close: () => Promise.resolve(),
  };
  const compliance = createCompliance({
    client,
    frameworks: chooseFrameworks([NAME], 37, 37),
    selection: ALL,
    timers: {
      now: () => 0,
      wallMs: () => 0,
      random: () => 0,
      sleep: () => new Promise((resolve) => void wake.push(resolve)),
    },
    logger: silent,
    signal: new AbortController().signal,
    onWrite: () => undefined,
    isReadable: () => true,
    isBehind: () => false,
    ...more,
  });
  compliance.onJudged(
    WEB,
    ALL.checks.map(({ id }) => id),
  );
  return {
    compliance,
    sent,
    stored,
    async wait() {
      for (const resolve of wake) resolve();
      wake = [];
      for (let turns = 0; turns < 20; turns += 1) await turn();
    },
    stateOf: (control) => stored.get(NAME)?.controls.find(({ id }) => id === control)?.state,
  };
}

/** The object as the watch delivers it. */
function delivered(report: ComplianceReport | undefined, resourceVersion: string): ReturnType<typeof raw> {
  assert.ok(report !== undefined);
  return raw({ ...report, metadata: { ...report.metadata, uid: `uid-${NAME}`, resourceVersion } });
}

describe('Keeping compliance reports', () => {
  it('writes nothing before it leads, and each report once when it does', async () => {
    const { compliance, sent, wait, stateOf } = world();
    compliance.touch();
    await wait();
    assert.deepEqual(sent, []);
    await compliance.lead();
    assert.deepEqual(sent, [`PATCH ${NAME}`]);
    assert.equal(stateOf('hostNamespaces'), 'Pass');
  });

  it('gathers a burst of changes into one write, and writes none where nothing follows from them', async () => {
    const { compliance, sent, wait, stateOf } = world();
    await compliance.lead();
    for (let changes = 0; changes < 10; changes += 1) {
      compliance.onRecordChange(reportKey('shop', `deployment-${changes}`), undefined, violation);
      compliance.touch();
    }
    await wait();
    assert.deepEqual(sent.slice(1), [`PATCH ${NAME}`]);
    assert.equal(stateOf('hostNamespaces'), 'Fail');
    compliance.onRecordChange(KEY, undefined, record());
    compliance.touch();
    await wait();
    assert.equal(sent.length, 2);
  });

  it('writes nothing at a restart', async () => {
    const before = world();
    await before.compliance.lead();
    const { compliance, sent } = world();
    compliance.sink.startReplace();
    compliance.sink.upsert(delivered(before.stored.get(NAME), '7'));
    compliance.sink.endReplace();
    await compliance.lead();
    assert.deepEqual(sent, []);
  });

  it('repairs a report that was edited or deleted, but takes the echo of its own write for neither', async () => {
    const { compliance, sent, stored, wait } = world();
    await compliance.lead();
    const own = stored.get(NAME);
    compliance.sink.upsert(delivered(own, '1'));
    await wait();
    assert.equal(sent.length, 1);
    compliance.sink.upsert(delivered(own && { ...own, controls: [] }, '8'));
    await wait();
    assert.equal(sent.length, 2);
    assert.deepEqual(stored.get(NAME), own);
    compliance.sink.remove(delivered(own, '9'));
    await wait();
    assert.equal(sent.length, 3);
  });

  it('removes reports on frameworks that are not reported any more', async () => {
    const { compliance, sent } = world({ frameworks: [] });
    compliance.sink.upsert(raw({ metadata: { name: 'cis-1.8', uid: 'u', resourceVersion: '3' }, controls: [] }));
    await compliance.lead();
    assert.deepEqual(sent, ['DELETE cis-1.8']);
  });

  it('stays silent after it has lost the lead', async () => {
    const { compliance, sent, wait } = world();
    await compliance.lead();
    compliance.onRecordChange(KEY, undefined, violation);
    compliance.touch();
    compliance.follow();
    await wait();
    assert.equal(sent.length, 1);
  });

  it('writes none while those of the cluster have not been read', async () => {
    const { compliance, sent } = world({ isReadable: () => false });
    await compliance.lead();
    assert.deepEqual(sent, []);
  });

  it('passes nothing while reports of subjects could not be written', async () => {
    const { compliance, stored } = world({ isBehind: () => true });
    await compliance.lead();
    assert.deepEqual(stored.get(NAME)?.summary, { pass: 0, fail: 0, notEvaluated: 12, manual: 0, exempt: 0 });
  });

  it('tries again what failed', async () => {
    let isDown = true;
    const { compliance, stored, wait } = world({
      refuse: () => (isDown ? new ApiError('request', 500, { message: 'etcd is away' }) : undefined),
    });
    await compliance.lead();
    assert.equal(stored.size, 0);
    isDown = false;
    compliance.touch();
    await wait();
    assert.equal(stored.size, 1);
    await compliance.stop();
  });
});
