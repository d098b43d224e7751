import assert from 'node:assert/strict';
import type { Finding, SecurityException } from '../../src/crds/index.ts';
import { eventually } from '../cluster/eventually.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { deployment, type Manifest } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';

const inSeconds = (seconds: number): string => `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;
const A_DAY = 24 * 60 * 60;

const accepting = (name: string, spec: Readonly<Record<string, unknown>> = {}): Manifest => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityException',
  metadata: { name },
  spec: { checks: ['host-network'], reason: 'the exporter counts packets', expirationTime: inSeconds(A_DAY), ...spec },
});

const hostNetwork = ({ findings }: StoredReport): Finding | undefined =>
  findings.find(({ check }) => check === 'host-network');

const isSuppressed = (report: StoredReport): boolean => hostNetwork(report)?.suppressedBy !== undefined;
const isOpen = (report: StoredReport): boolean => hostNetwork(report) !== undefined && !isSuppressed(report);

describe('accepting a risk in a cluster', () => {
  const cluster = useInstalled();
  let namespace: string;
  let operator: RunningOperator;

  before(async () => {
    namespace = await cluster.namespace('accepting');
    await cluster.apply([deployment('web', { podSpec: { hostNetwork: true } })], namespace);
    operator = await cluster.operator(`--namespaces=${namespace}`);
    await operator.firstPassDone();
  });

  async function exceptionWhere(
    name: string,
    what: string,
    is: (conditions: ReadonlyMap<string, string>, exception: SecurityException) => boolean,
  ): Promise<SecurityException> {
    return eventually(`the exception ${name} ${what}`, async () => {
      const text = await cluster.kubectl(['get', 'secex', name, `--namespace=${namespace}`, '--output=json']);
      const exception = JSON.parse(text) as SecurityException;
      const conditions = new Map(exception.status?.conditions?.map(({ type, status }) => [type, status]));
      assert.ok(is(conditions, exception), `it says ${JSON.stringify(exception.status)}`);
      return exception;
    });
  }

  const eventsOf = async (name: string): Promise<readonly string[]> => {
    const selector = `--field-selector=involvedObject.name=${name}`;
    const output = [
      '--output=jsonpath={range .items[?(@.reportingComponent=="plimsoll.dev/operator")]}{.reason}{"\\n"}{end}',
      `--namespace=${namespace}`,
    ];
    return (await cluster.kubectl(['get', 'events', selector, ...output])).trim().split('\n');
  };

  it('takes the finding out of the counts, keeps it in sight, and says so in the status', async () => {
    await cluster.apply([accepting('packets')], namespace);
    const report = await cluster.reportWhere(namespace, 'deployment-web', 'is accepted', isSuppressed);
    assert.equal(report.summary.suppressed, 1);
    assert.equal(hostNetwork(report)?.suppressedBy?.reason, 'the exporter counts packets');
    const { status } = await exceptionWhere('packets', 'is active', (is) => is.get('Active') === 'True');
    assert.equal(status?.matchedFindings, 1);
  });

  it('keeps it so over a restart, without a write', async () => {
    const before = await cluster.report(namespace, 'deployment-web');
    await operator.stop('SIGKILL');
    operator = await cluster.operator(`--namespaces=${namespace}`);
    await operator.firstPassDone();
    const after = await cluster.report(namespace, 'deployment-web');
    assert.equal(after?.metadata.resourceVersion, before?.metadata.resourceVersion);
  });

  it('opens it anew when the exception ends, with its date and two Events, and nobody has to do anything', async () => {
    const before = await cluster.report(namespace, 'deployment-web');
    await cluster.apply([accepting('packets', { expirationTime: inSeconds(5) })], namespace);
    const report = await cluster.reportWhere(namespace, 'deployment-web', 'is open again', isOpen);
    assert.equal(hostNetwork(report)?.firstSeenTime, before === undefined ? '' : hostNetwork(before)?.firstSeenTime);
    assert.equal(report.summary.newestFirstSeenTime, hostNetwork(report)?.reopenedTime);
    await exceptionWhere(
      'packets',
      'has expired',
      (is) => is.get('Expired') === 'True' && is.get('Active') === 'False',
    );
    await eventually('both Events are there', async () => {
      assert.deepEqual(await eventsOf('packets'), ['ExceptionExpired']);
      assert.deepEqual(await eventsOf('web'), ['NewFindings']);
      return true;
    });
  });

  it('denies one without an end, and says what to do', async () => {
    await cluster.apply([accepting('endless', { expirationTime: undefined })], namespace);
    const { status } = await exceptionWhere('endless', 'is denied', (is) => is.get('Denied') === 'True');
    assert.match(status?.conditions?.find(({ type }) => type === 'Denied')?.message ?? '', /set spec\.expirationTime/);
    assert.ok(isOpen(await cluster.reportWhere(namespace, 'deployment-web', 'is there', () => true)));
  });

  it('says of one that matches nothing that it may go', async () => {
    await cluster.apply([accepting('useless', { match: { names: ['no-such-*'] } })], namespace);
    await exceptionWhere('useless', 'is unmatched', (is) => is.get('Unmatched') === 'True');
  });

  it('does not let a namespace accept what is in another', async () => {
    const other = await cluster.namespace('elsewhere');
    await cluster.apply([accepting('foreign', { checks: ['host-network', 'host-pid'] })], other);
    const expected = await cluster.report(namespace, 'deployment-web');
    await exceptionWhere('useless', 'is still unmatched', (is) => is.get('Unmatched') === 'True');
    const report = await cluster.report(namespace, 'deployment-web');
    assert.equal(report?.metadata.resourceVersion, expected?.metadata.resourceVersion);
  });

  it('goes by the labels of the subject, as they are now', async () => {
    await cluster.apply([accepting('labelled', { match: { selector: { matchLabels: { edge: 'yes' } } } })], namespace);
    await exceptionWhere('labelled', 'is unmatched', (is) => is.get('Unmatched') === 'True');
    await cluster.kubectl(['label', 'deployment', 'web', 'edge=yes', `--namespace=${namespace}`]);
    await cluster.reportWhere(namespace, 'deployment-web', 'is accepted', isSuppressed);
    await cluster.kubectl(['label', 'deployment', 'web', 'edge-', `--namespace=${namespace}`]);
    await cluster.reportWhere(namespace, 'deployment-web', 'is open again', isOpen);
  });

  it('of the cluster goes by the labels of the namespace', async () => {
    const everywhere = accepting('by-namespace', { namespaceSelector: { matchLabels: { tier: namespace } } });
    await cluster.apply([{ ...everywhere, kind: 'ClusterSecurityException' }]);
    await cluster.kubectl(['label', 'namespace', namespace, `tier=${namespace}`]);
    await cluster.reportWhere(namespace, 'deployment-web', 'is accepted', isSuppressed);
    await cluster.kubectl(['delete', 'csecex', 'by-namespace']);
    await cluster.reportWhere(namespace, 'deployment-web', 'is open again', isOpen);
  });

  it('tells of an annotation that nobody allows', async () => {
    const annotation = 'plimsoll.dev/ignore.host-network=we need it';
    await cluster.kubectl(['annotate', 'deployment', 'web', annotation, `--namespace=${namespace}`]);
    const report = await cluster.reportWhere(
      namespace,
      'deployment-web',
      'names the annotation',
      ({ ineffectiveAnnotations = [] }) => ineffectiveAnnotations.length === 1,
    );
    assert.ok(isOpen(report));
  });
});
