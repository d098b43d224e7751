import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WATCHED, watchName } from '../../src/inventory/watched.ts';
import { eventually } from '../cluster/eventually.ts';
import { useOwnControlPlane } from '../cluster/shared.ts';
import { useInstalled } from '../support/installed.ts';
import { deployment } from '../support/manifests.ts';
import { samplesOf, type Sample } from '../support/metrics-text.ts';
import type { RunningOperator } from '../support/operator.ts';
import { violated } from '../support/violated.ts';

const OPERATOR = 'system:serviceaccount:plimsoll-system:plimsoll';
const AUDIT_LOG = 'audit.log';
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted'],
  rules: [{ level: 'Metadata', users: [OPERATOR] }],
};

interface AuditEvent {
  readonly requestURI: string;
  readonly responseStatus: { readonly code: number };
}

/** What every API server serves, and the operator reads without being asked to; as metrics name it. */
const SERVED = WATCHED.filter((watched) => watched.standsInFor === undefined && watched.optional === undefined)
  .map(watchName)
  .map(({ group, resource }) => (group === '' ? resource : `${resource}.${group}`));

/** Several lists of one object have the same path. */
const listIn = ({ pathname, searchParams }: URL): string => `${pathname} ${searchParams.get('fieldSelector') ?? ''}`;

describe('An operator whose API server has watch-lists switched off', () => {
  let folder: string;
  useOwnControlPlane(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-audit-'));
    const [policy, log] = [join(folder, 'policy.json'), join(folder, AUDIT_LOG)];
    writeFileSync(policy, JSON.stringify(AUDIT_POLICY));
    return ['--feature-gates=WatchList=false', `--audit-policy-file=${policy}`, `--audit-log-path=${log}`];
  });
  after(() => rmSync(folder, { recursive: true }));

  describe('which is all the same to it:', () => {
    const cluster = useInstalled();
    let operator: RunningOperator;
    let namespace: string;

    before(async function start() {
      this.timeout(60_000);
      namespace = await cluster.namespace('shop');
      await cluster.apply([deployment('web')], namespace);
      operator = await cluster.operator();
      await operator.firstPassDone();
    });

    /** What the operator has asked for so far, as the API server has noted it. */
    function requests(): readonly AuditEvent[] {
      const lines = readFileSync(join(folder, AUDIT_LOG), 'utf8').split('\n');
      // The last one is empty, or not whole yet.
      return lines.slice(0, -1).map((line) => JSON.parse(line) as AuditEvent);
    }

    const samples = async (metric: string): Promise<readonly Sample[]> => samplesOf(await operator.metrics(), metric);

    it('reads all kinds for all that', async () => {
      const synced = (await samples('plimsoll_cache_synced')).filter(({ value }) => value === 1);
      const resources = new Set(synced.map(({ labels }) => labels['resource']));
      assert.deepEqual(
        SERVED.filter((name) => !resources.has(name)),
        [],
      );
    });

    it('finds nothing in that to warn of', async () => {
      assert.doesNotMatch(operator.log(), / (WARN|ERROR) /);
      const failed = (await samples('plimsoll_list_total')).filter(({ labels }) => labels['result'] !== 'ok');
      assert.deepEqual(
        failed.filter(({ labels: { resource = '' } }) => SERVED.includes(resource)),
        [],
      );
    });

    it('writes reports, and sees what changes later', async () => {
      await cluster.reportWhere(namespace, 'deployment-web', 'is there', () => true);
      await cluster.apply([deployment('web', { podSpec: { hostPID: true } })], namespace);
      await cluster.reportWhere(namespace, 'deployment-web', 'is worse', (report) =>
        violated(report).includes('host-pid'),
      );
    });

    it('has asked for each watch-list once at most, and was refused', async () => {
      // What is not there is looked for again after some seconds, by the way that all kinds go.
      await eventually('absent kinds are looked for by lists', () =>
        requests().some(({ requestURI }) => requestURI.includes('/cilium.io/') && !requestURI.includes('watch=')),
      );
      const asked = requests().filter(({ requestURI }) => requestURI.includes('sendInitialEvents'));
      const lists = asked.map(({ requestURI }) => listIn(new URL(requestURI, cluster.controlPlane().url)));
      assert.deepEqual(lists.toSorted(), [...new Set(lists)].sort());
      const codes = asked.map(({ responseStatus }) => responseStatus.code);
      assert.ok(codes.includes(422));
      // Not found are the kinds of other projects, unless it was known by then.
      assert.deepEqual(
        codes.filter((code) => code !== 422 && code !== 404),
        [],
      );
    });
  });
});
