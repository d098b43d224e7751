import assert from 'node:assert/strict';
import type { Finding, Subject } from '../../src/crds/index.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { deployment } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';
import { plimsoll, type CommandRun } from '../support/plimsoll.ts';
import { securityException } from '../support/written-objects.ts';

interface Document {
  readonly reports: number;
  readonly findings: readonly (Finding & { readonly subject: Subject })[];
}

const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
const newIn = ({ stdout }: CommandRun): readonly string[] =>
  (JSON.parse(stdout) as Document).findings.map(({ subject, check }) => `${subject.kind}/${subject.name} ${check}`);
const isSuppressed = ({ summary }: StoredReport): boolean => summary.suppressed === 1;

describe('plimsoll diff', () => {
  const cluster = useInstalled();
  let namespace: string;
  let kubeconfig: string;
  let operator: RunningOperator;

  const diff = async (...args: readonly string[]): Promise<CommandRun> =>
    plimsoll(['diff', '--kubeconfig', kubeconfig, '--namespaces', namespace, ...args]);

  before(async () => {
    namespace = await cluster.namespace('novelty');
    await cluster.apply([deployment('old', { podSpec: { hostNetwork: true } })], namespace);
    operator = await cluster.operator(`--namespaces=${namespace}`, '--checks=host-network,host-pid');
    await operator.firstPassDone();
    kubeconfig = await cluster
      .controlPlane()
      .kubeconfigFor({ serviceAccount: { namespace: 'plimsoll-system', name: 'plimsoll' } });
  });
  after(async () => {
    await operator.stop();
  });

  it('finds nothing new in what was there at the installation', async () => {
    const { code, stdout, stderr } = await diff('--exit-code', '--since=1h');
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^Nothing is new in \d reports? since .*Z\. What was closed meanwhile is in no report\.\n$/);
  });

  it('shows the one finding that has appeared since, and says so by its exit code', async () => {
    await cluster.apply([deployment('fresh', { podSpec: { hostPID: true } })], namespace);
    await cluster.reportWhere(namespace, 'deployment-fresh', 'is there', ({ findings }) => findings.length > 0);
    const run = await diff('--exit-code', '-o', 'json');
    assert.deepEqual([run.code, run.stderr], [1, '']);
    assert.deepEqual(newIn(run), ['Deployment/fresh host-pid']);
    const table = (await diff()).stdout.split('\n');
    assert.match(
      table[1] ?? '',
      new RegExp(`^20.*Z   High +${namespace} +Deployment/fresh +host-pid +- +hostPID is true$`),
    );
    assert.deepEqual(newIn(await diff('-o', 'json', '--severity=critical')), []);
  });

  it('does not show it while it is accepted, and shows what is open again when an exception has ended', async () => {
    const fresh = { checks: ['host-pid'], expirationTime: soon(3600) };
    await cluster.apply(
      [
        securityException({ expirationTime: soon(3600) }, namespace),
        { ...securityException(fresh, namespace), metadata: { name: 'processes', namespace } },
      ],
      namespace,
    );
    for (const name of ['old', 'fresh'])
      await cluster.reportWhere(namespace, `deployment-${name}`, 'is accepted', isSuppressed);
    assert.deepEqual(newIn(await diff('-o', 'json')), []);
    await cluster.apply([securityException({ expirationTime: soon(3) }, namespace)], namespace);
    await cluster.reportWhere(namespace, 'deployment-old', 'is open again', (report) => !isSuppressed(report));
    assert.deepEqual(newIn(await diff('-o', 'json')), ['Deployment/old host-network']);
    assert.match((await diff()).stdout, /hostNetwork is true \(open again; first seen 20.*Z\)\n/);
  });

  it('names the namespace in which somebody may read no reports', async () => {
    const other = await cluster.namespace('unreadable');
    await cluster.apply([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader' } }], namespace);
    const reader = `--serviceaccount=${namespace}:reader`;
    await cluster.kubectl([
      'create',
      'rolebinding',
      'reader',
      '--clusterrole=plimsoll-securityreport-viewer',
      reader,
      `--namespace=${namespace}`,
    ]);
    const own = await cluster.controlPlane().kubeconfigFor({ serviceAccount: { namespace, name: 'reader' } });
    const { code, stdout, stderr } = await plimsoll([
      'diff',
      '--kubeconfig',
      own,
      '-n',
      `${namespace},${other}`,
      '-o',
      'json',
    ]);
    const refusal = `securityreports.plimsoll.dev may not be read in the namespace ${other}; grant list of it`;
    assert.deepEqual([code, stderr], [2, `plimsoll: ${refusal}\n`]);
    const stored = (await cluster.reports()).filter(({ metadata }) => metadata.namespace === namespace);
    assert.equal((JSON.parse(stdout) as Document).reports, stored.length);
    const all = await plimsoll(['diff', '--kubeconfig', own]);
    assert.deepEqual([all.code, all.stdout], [2, '']);
    assert.match(all.stderr, /^plimsoll: securityreports\.plimsoll\.dev may not be read in all namespaces;.*\n$/);
  });

  it('says in one line that a time has not come', async () => {
    const { code, stderr } = await diff(`--since=${soon(24 * 3600)}`);
    assert.equal(code, 2);
    assert.match(stderr, /^plimsoll: --since: .* has not come; the clock of the API server shows .*Z\n$/);
  });
});
