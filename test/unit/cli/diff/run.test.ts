import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { load } from 'js-yaml';
import type { Finding, SecurityReport } from '../../../../src/crds/index.ts';
import { runDiff } from '../../../../src/cli/diff/run.ts';
import type { DiffSettings } from '../../../../src/cli/diff-options.ts';
import {
  json,
  refusal,
  startFakeServer,
  type Answer,
  type FakeServer,
  type SeenRequest,
} from '../../kube/fake-server.ts';

/** Far from the clock of any machine that runs this. */
const NOW = '2090-11-24T12:00:00Z';
const API = '/apis/plimsoll.dev/v1alpha1';

const finding = (check: string, firstSeenTime: string, more: Partial<Finding> = {}): Finding => ({
  id: `id-of-${check}`,
  check,
  severity: 'High',
  message: `${check} is true`,
  firstSeenTime,
  origin: 'Observed',
  ...more,
});

/** A report as it is stored, with the summary that follows from its findings. */
function report(
  namespace: string,
  name: string,
  findings: readonly Finding[],
  more: Partial<SecurityReport> = {},
): SecurityReport {
  const news = findings.filter(({ suppressedBy }) => suppressedBy === undefined);
  const newest = news
    .map(({ origin, firstSeenTime, reopenedTime }) => reopenedTime ?? (origin === 'Observed' ? firstSeenTime : ''))
    .filter((time) => time !== '')
    .sort()
    .at(-1);
  return {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: namespace === '' ? 'ClusterSecurityReport' : 'SecurityReport',
    metadata: { name, ...(namespace === '' ? {} : { namespace }) },
    subject: { apiVersion: 'apps/v1', kind: 'Deployment', name, uid: `uid-${name}` },
    summary: {
      critical: 0,
      high: news.length,
      medium: 0,
      low: 0,
      info: 0,
      suppressed: findings.length - news.length,
      unknown: 0,
      passed: 1,
      ...(newest === undefined ? {} : { newestFirstSeenTime: newest }),
    },
    findings,
    unknown: [],
    basis: { catalogueVersion: 'abc' },
    ...more,
  };
}

const CLUSTER_KIND = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' };
const REPORTS: readonly SecurityReport[] = [
  report('shop', 'web', [
    finding('host-network', '2090-11-24T11:00:00Z'),
    finding('host-pid', '2090-11-24T11:30:00Z', { severity: 'Critical', container: 'app' }),
    finding('host-ipc', '2090-11-20T00:00:00Z'),
    finding('host-port', '2090-11-24T11:00:00Z', { origin: 'Baseline' }),
    finding('naked-pod', '2090-11-24T11:00:00Z', { origin: 'Catalogue' }),
    finding('host-aliases', '2090-11-24T11:00:00Z', {
      suppressedBy: { kind: 'SecurityException', name: 'a', reason: 'for a reason' },
    }),
    finding('run-as-low-id', '2090-11-24T11:00:00Z', { severity: 'Low' }),
  ]),
  report('db', 'api', [
    finding('net-raw-capability', '2090-01-01T00:00:00Z', {
      origin: 'Baseline',
      reopenedTime: '2090-11-24T11:45:00Z',
      message: 'evil \u001B[31m',
    }),
  ]),
  report('db', 'quiet', [finding('host-ipc', '2090-11-01T00:00:00Z')]),
  report('', 'ci-runner', [finding('cluster-admin-binding', '2090-11-24T10:00:00Z')], {
    subject: { ...CLUSTER_KIND, name: 'ci-runner', uid: 'uid-ci' },
    truncated: { findings: 3 } as unknown as NonNullable<SecurityReport['truncated']>,
  }),
];

const DATED = { date: new Date(NOW).toUTCString() };
const listOf = (items: readonly SecurityReport[], more = ''): Answer =>
  json(200, { metadata: { resourceVersion: '7', continue: more }, items }, DATED);
const refused = (code: number): Answer => refusal(code, 'it is a test', DATED);

/** The collection that a path means, a page per report if pages are asked for. */
const served: Answer = (response, request) => {
  const { path, query } = request;
  const [, namespace] = /namespaces\/([^/]+)\//.exec(path) ?? [];
  const items = REPORTS.filter(({ metadata }) =>
    path.endsWith('/clustersecurityreports')
      ? metadata.namespace === undefined
      : metadata.namespace !== undefined && (namespace === undefined || metadata.namespace === namespace),
  );
  const page = Number(query['continue'] ?? 0);
  return listOf(items.slice(page, page + 1), page + 1 < items.length ? String(page + 1) : '')(response, request);
};

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly paths: readonly string[];
}

describe('plimsoll diff', () => {
  let folder: string;
  let server: FakeServer;
  let answerTo: (request: SeenRequest) => Answer;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-diff-'));
    server = await startFakeServer((response, request) =>
      request.path === '/version'
        ? json(200, { major: '1', minor: '37', gitVersion: 'v1.37.0' }, DATED)(response, request)
        : answerTo(request)(response, request),
    );
    const kubeconfig = {
      clusters: [{ name: 'fake', cluster: { server: server.url, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'fake', user: { token: 'none' } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
      'current-context': 'fake',
    };
    writeFileSync(join(folder, 'config'), JSON.stringify(kubeconfig));
  });
  beforeEach(() => {
    server.requests.length = 0;
    answerTo = () => served;
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  async function diff(settings: Partial<DiffSettings> = {}): Promise<Ran> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await runDiff(
      {
        since: { agoSeconds: 24 * 60 * 60 },
        kubeconfig: join(folder, 'config'),
        context: undefined,
        namespaces: [],
        excludeNamespaces: [],
        severity: 'Info',
        output: 'json',
        exitCode: false,
        ...settings,
      },
      { version: '1', stdout, stderr, signal: new AbortController().signal },
    );
    stdout.end();
    stderr.end();
    const paths = server.requests.map(({ path }) => path.replace(API, ''));
    return { code, stdout: await text(stdout), stderr: await text(stderr), paths: [...new Set(paths)].slice(1) };
  }

  const checksIn = ({ stdout }: Ran): readonly string[] =>
    (JSON.parse(stdout) as { findings: readonly Finding[] }).findings.map(({ check }) => check);

  it('lists what is new, the newest and worst first', async () => {
    const since = { time: new Date('2090-11-23T12:00:00Z') };
    const { code, stdout, stderr } = await diff({ output: 'table', since });
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(
      stdout,
      `SINCE                  SEVERITY   NAMESPACE   SUBJECT                        CHECK                   CONTAINER   MESSAGE
2090-11-24T11:45:00Z   High       db          Deployment/api                 net-raw-capability      -           evil \\u001b[31m (open again; first seen 2090-01-01T00:00:00Z)
2090-11-24T11:30:00Z   Critical   shop        Deployment/web                 host-pid                app         host-pid is true
2090-11-24T11:00:00Z   High       shop        Deployment/web                 host-network            -           host-network is true
2090-11-24T11:00:00Z   Low        shop        Deployment/web                 run-as-low-id           -           run-as-low-id is true
2090-11-24T10:00:00Z   High       -           ClusterRoleBinding/ci-runner   cluster-admin-binding   -           cluster-admin-binding is true

5 new findings (1 critical, 3 high, 1 low) in 3 of 4 reports since 2090-11-23T12:00:00Z. What was closed meanwhile is in no report.
1 report with news had to be cut: milder findings may be missing.
`,
    );
  });

  const selected: readonly (readonly [string, Partial<DiffSettings>, readonly string[]])[] = [
    [
      'since a time, itself included',
      { since: { time: new Date('2090-11-24T11:30:00Z') } },
      ['net-raw-capability', 'host-pid'],
    ],
    ['for so long by the clock of the API server', { since: { agoSeconds: 20 * 60 } }, ['net-raw-capability']],
    ['of a severity or worse', { severity: 'Critical' }, ['host-pid']],
    ['in a namespace, and not what is in none', { namespaces: ['db'] }, ['net-raw-capability']],
    ['in namespaces by a glob', { namespaces: ['d*'] }, ['net-raw-capability']],
    ['in all namespaces but one', { excludeNamespaces: ['shop'] }, ['net-raw-capability', 'cluster-admin-binding']],
    [
      'before that, too',
      { since: { agoSeconds: 10 * 24 * 60 * 60 }, namespaces: ['shop'], severity: 'High' },
      ['host-pid', 'host-network', 'host-ipc'],
    ],
  ];
  for (const [what, settings, expected] of selected) {
    it(`lists what is new ${what}`, async () => {
      assert.deepEqual(checksIn(await diff(settings)), expected);
    });
  }

  it('exits with 1 for news if that is wanted', async () => {
    assert.equal((await diff({ exitCode: true })).code, 1);
    assert.equal((await diff({ exitCode: true, since: { agoSeconds: 60 } })).code, 0);
    assert.equal((await diff()).code, 0);
  });

  it('says in how many reports nothing is new', async () => {
    const { stdout } = await diff({ output: 'table', since: { time: new Date('2090-11-24T11:59:00Z') } });
    assert.equal(
      stdout,
      'Nothing is new in 4 reports since 2090-11-24T11:59:00Z. What was closed meanwhile is in no report.\n',
    );
  });

  it('says that there are no reports', async () => {
    const { code, stdout } = await diff({ output: 'table', namespaces: ['empty'], exitCode: true });
    assert.equal(code, 0);
    assert.equal(stdout, 'There are no reports: does the operator run, and watch these namespaces?\n');
  });

  it('prints for programs what it looked at beside what is new, in yaml as in json', async () => {
    const settings: Partial<DiffSettings> = { namespaces: ['db'], since: { time: new Date('2090-11-23T12:00:00Z') } };
    const document = JSON.parse((await diff(settings)).stdout) as Record<string, unknown>;
    assert.deepEqual(document, {
      since: '2090-11-23T12:00:00Z',
      until: String(document['until']),
      reports: 2,
      unread: [],
      findings: [
        {
          newSince: '2090-11-24T11:45:00Z',
          namespace: 'db',
          subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api', uid: 'uid-api' },
          ...REPORTS[1]?.findings[0],
        },
      ],
    });
    const yaml = load((await diff({ ...settings, output: 'yaml' })).stdout) as Record<string, unknown>;
    assert.deepEqual({ ...yaml, until: '' }, { ...document, until: '' });
  });

  it('reads namespaces that are named one by one, and everything at once otherwise', async () => {
    assert.deepEqual((await diff({ namespaces: ['db', 'shop'] })).paths, [
      '/namespaces/db/securityreports',
      '/namespaces/shop/securityreports',
    ]);
    server.requests.length = 0;
    assert.deepEqual((await diff({ namespaces: ['d*'] })).paths, ['/securityreports']);
    server.requests.length = 0;
    assert.deepEqual((await diff()).paths, ['/securityreports', '/clustersecurityreports']);
  });

  it('names the namespace that may not be read, shows the others, and exits with 2', async () => {
    answerTo = ({ path }) => (path.includes('/namespaces/shop/') ? refused(403) : served);
    const ran = await diff({ namespaces: ['db', 'shop'], exitCode: true });
    assert.deepEqual(checksIn(ran), ['net-raw-capability']);
    const line = 'securityreports.plimsoll.dev may not be read in the namespace shop; grant list of it';
    assert.deepEqual([ran.code, ran.stderr], [2, `plimsoll: ${line}\n`]);
    assert.deepEqual((JSON.parse(ran.stdout) as { unread: unknown }).unread, [line]);
  });

  it('fails in one line if nothing may be read', async () => {
    answerTo = () => refused(403);
    await assert.rejects(diff(), {
      code: 'Usage',
      message: /^securityreports\.plimsoll\.dev may not be read in all namespaces; .*--namespaces/,
    });
  });

  it('fails in one line if Plimsoll is not installed', async () => {
    answerTo = () => refused(404);
    await assert.rejects(diff(), { code: 'Usage', message: /does not serve securityreports.*not installed/ });
  });

  it('fails in one line if the API server fails', async () => {
    answerTo = () => refused(500);
    await assert.rejects(diff(), { code: 'Usage', message: /^the cluster cannot be read: .*500 because it is a test/ });
  });

  it('begins anew if the list is gone between two pages, and tells nothing twice', async () => {
    answerTo = ({ path, query }) => {
      if (path.endsWith('/clustersecurityreports')) return served;
      if (query['limit'] === undefined) return listOf(REPORTS.slice(0, 3));
      return query['continue'] === undefined ? listOf(REPORTS.slice(0, 1), 'next') : refused(410);
    };
    const ran = await diff();
    assert.equal(checksIn(ran).length, 5);
    assert.equal((JSON.parse(ran.stdout) as { reports: number }).reports, 4);
  });

  it('refuses a time that has not come, as the API server sees it', async () => {
    await assert.rejects(diff({ since: { time: new Date('2090-11-25T00:00:00Z') } }), {
      code: 'Usage',
      message:
        /^--since: 2090-11-25T00:00:00Z has not come; the clock of the API server shows 2090-11-24T12:0\d:\d\dZ$/,
    });
  });
});
