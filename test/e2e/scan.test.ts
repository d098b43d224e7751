import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FRAMEWORK_NAMES } from '../../src/checks/frameworks/index.ts';
import type { SecurityReport } from '../../src/crds/index.ts';
import { useInstalled } from '../support/installed.ts';
import { deployment } from '../support/manifests.ts';
import { BUNDLE } from '../support/operator-command.ts';
import { plimsoll } from '../support/plimsoll.ts';
import { clusterSecurityException, securityException } from '../support/written-objects.ts';

const FIXTURES = 'test/fixtures/scan';

const reportsOf = (json: string): readonly SecurityReport[] => JSON.parse(json) as SecurityReport[];
const checksOf = ({ findings }: SecurityReport): readonly string[] => findings.map(({ check }) => check);

describe('plimsoll scan of files', () => {
  it('judges all manifests in a folder as one cluster, in the order of their names', async () => {
    const { code, stdout, stderr } = await plimsoll(['scan', '-f', `${FIXTURES}/shop`, '-o', 'json']);
    assert.deepEqual([code, stderr], [0, '']);
    const reports = reportsOf(stdout);
    assert.deepEqual(
      reports.map(({ subject: { kind, name } }) => `${kind}/${name}`),
      ['ServiceAccount/web', 'Pod/a', 'Deployment/web'],
    );
    const [, pod, web] = reports;
    assert.ok(pod && web);
    assert.ok(checksOf(pod).includes('host-pid'));
    assert.deepEqual(web.findings.find(({ check }) => check === 'host-network')?.source, {
      file: `${FIXTURES}/shop/web.yaml`,
      line: 12,
      column: 7,
    });
    assert.ok(!checksOf(web).includes('service-account-token-automounted'), 'the ServiceAccount turns it off');
  });

  it('names malformed documents on stderr, judges the rest, and exits with 2', async () => {
    const { code, stdout, stderr } = await plimsoll([
      'scan',
      '-f',
      `${FIXTURES}/malformed`,
      '-o',
      'json',
      '--fail-on=high',
    ]);
    assert.equal(code, 2);
    const file = `${FIXTURES}/malformed/documents.yaml`;
    const [texts, twice, template, ...rest] = stderr.trimEnd().split('\n');
    assert.equal(texts, `${file}:5:3: Pod: spec.containers is not a list`);
    assert.equal(twice, `${file}:12:3: duplicated mapping key`);
    assert.match(template ?? '', new RegExp(`^${file}:15:\\d+: .*; a template must be rendered first$`));
    assert.deepEqual(rest, []);
    assert.deepEqual(
      reportsOf(stdout).map(({ subject }) => subject.name),
      ['readable'],
    );
  });

  it('exits with 1 if there is a finding as bad as told, and with 0 if there is none', async () => {
    const scan = ['scan', '-f', `${FIXTURES}/shop`, '-o', 'json', '--checks=host-pid'];
    assert.equal((await plimsoll([...scan, '--fail-on=high'])).code, 1);
    assert.equal((await plimsoll([...scan, '--fail-on=critical'])).code, 0);
    assert.equal((await plimsoll([...scan, '--fail-on=high', '--namespaces=other'])).code, 0);
  });

  it('reads standard input', async () => {
    const input = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'piped' },
      spec: { containers: [{ name: 'a', image: 'a' }] },
    });
    const { code, stdout } = await plimsoll(['scan', '-f', '-', '-o', 'json'], { input });
    assert.equal(code, 0);
    const [report] = reportsOf(stdout);
    assert.deepEqual([report?.subject.name, report?.findings[0]?.source?.file], ['piped', '-']);
  });

  it('prints no colour but to a terminal, unless it is told to', async () => {
    const args = ['scan', '-f', `${FIXTURES}/shop`];
    assert.ok(!(await plimsoll(args)).stdout.includes('\u001B'));
    assert.ok((await plimsoll(args, { env: { FORCE_COLOR: '1' } })).stdout.includes('\u001B['));
  });

  it('does not run in circles', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plimsoll-circle-'));
    try {
      await symlink(folder, join(folder, 'again'));
      await symlink(join(process.cwd(), FIXTURES, 'shop'), join(folder, 'shop'));
      const { stdout } = await plimsoll(['scan', '-f', folder, '-f', `${FIXTURES}/shop`, '-o', 'json']);
      assert.equal(reportsOf(stdout).length, 3, 'and reads each file once');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('does not mind a reader that has seen enough', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'scan', '-f', `${FIXTURES}/shop`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 0);
  });

  it('ends at once when it is interrupted', async () => {
    // Nobody reads its output, so that it cannot come to its end before.
    const child = spawn(process.execPath, [BUNDLE, 'scan', '-f', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const pods = Array.from(
      { length: 3000 },
      (_, index) =>
        `{apiVersion: v1, kind: Pod, metadata: {name: p${index}}, spec: {containers: [{name: a, image: a}]}}\n---\n`,
    );
    child.stdin.on('error', () => undefined).end(pods.join(''));
    await once(child.stdout, 'readable');
    child.kill('SIGINT');
    child.stdout.resume();
    await once(child, 'close');
    assert.equal(child.exitCode, 130);
  });

  it('honours the exceptions among the files, as their page shows', async () => {
    const page = await readFile('docs/exceptions.md', 'utf8');
    const [, command = '', output = ''] = /^\$ plimsoll (scan .*)\n([^`]*)^```$/m.exec(page) ?? [];
    const args = command.split(' ').map((word) => word.replaceAll("'", ''));
    const { code, stdout, stderr } = await plimsoll(args);
    assert.deepEqual([code, stdout, stderr], [0, output, '']);
    const without = args.filter((word, index) => !`${args[index + 1]} ${word}`.includes('exception'));
    assert.equal((await plimsoll(without)).code, 1);
  });

  it('takes exceptions from elsewhere, and says on stderr what is wrong with them', async () => {
    const input = JSON.stringify(securityException({ expirationTime: '2020-01-01T00:00:00Z' }, 'shop'));
    const args = ['scan', '-f', `${FIXTURES}/shop`, '--exceptions', '-', '-o', 'json'];
    const past = await plimsoll(args, { input });
    assert.equal(past.code, 0);
    assert.match(
      past.stderr,
      /^-:1:1: SecurityException shop\/routes-traffic: it counts for nothing \(Expired\)\..*\n$/,
    );
    const wrong = await plimsoll(args, { input: input.replace('"checks"', '"check"') });
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.stderr,
      /^-:1:\d+: SecurityException: spec\.check is an unknown field; did you mean checks\?\n$/,
    );
  });

  const refused: readonly (readonly [string, readonly string[], string])[] = [
    ['a path that does not exist', ['-f', '/nonexistent'], '--filename: "/nonexistent" does not exist'],
    [
      'a folder without manifests',
      ['-f', 'test/oracle'],
      '--filename: "test/oracle" holds no .yaml, .yml or .json file',
    ],
    [
      'a severity that is none',
      ['-f', '-', '--fail-on', 'bad'],
      '--fail-on: "bad" is not one of critical, high, medium, low, info',
    ],
    [
      'files and a cluster',
      ['-f', '-', '--context', 'a'],
      '--filename and a cluster cannot be scanned in one call; remove --kubeconfig and --context, or --filename',
    ],
    [
      'a framework that does not exist',
      ['-f', '-', '--framework', 'none'],
      `--framework: "none" is not known; there are: ${FRAMEWORK_NAMES.join(', ')}`,
    ],
    [
      'exceptions that do not exist',
      ['-f', '-', '--exceptions', '/nonexistent'],
      '--exceptions: "/nonexistent" does not exist',
    ],
    ['no check', ['-f', '-', '--skip', 'all'], '--skip leaves no check to run; name fewer'],
  ];
  for (const [name, args, line] of refused) {
    it(`refuses ${name}`, async () => {
      const { code, stdout, stderr } = await plimsoll(['scan', ...args]);
      assert.deepEqual([code, stdout, stderr], [2, '', `plimsoll: ${line}\n`]);
    });
  }
});

describe('plimsoll scan of a cluster', () => {
  const cluster = useInstalled();

  /** Without what the operator remembers of earlier passes. */
  const substance = ({
    kind,
    metadata: { name, namespace, labels, ownerReferences },
    subject,
    summary,
    findings,
    unknown,
    basis,
  }: SecurityReport): unknown => ({
    kind,
    name,
    namespace,
    labels,
    ownerReferences,
    subject,
    summary: { ...summary, newestFirstSeenTime: '' },
    unknown,
    basis,
    findings: findings.map((finding) => ({ ...finding, firstSeenTime: '', origin: '' })),
  });
  const inOrder = (reports: readonly SecurityReport[]): readonly unknown[] =>
    reports
      .toSorted((a, b) =>
        `${a.metadata.namespace}/${a.metadata.name}` < `${b.metadata.namespace}/${b.metadata.name}` ? -1 : 1,
      )
      .map(substance);

  it('says what the operator reports', async () => {
    const namespace = await cluster.namespace('shop');
    await cluster.apply(
      [
        deployment('web', { podSpec: { hostNetwork: true } }),
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          metadata: { name: 'bare' },
          spec: {
            replicas: 0,
            selector: { matchLabels: { app: 'bare' } },
            template: {
              metadata: { labels: { app: 'bare' } },
              spec: { hostPID: true, containers: [{ name: 'app', image: 'registry.example/app:1' }] },
            },
          },
        },
      ],
      namespace,
    );
    const operator = await cluster.operator();
    await operator.firstPassDone();
    await cluster.reportWhere(namespace, 'deployment-web', 'has seen its pod', ({ findings }) => findings.length > 0);
    const kubeconfig = await cluster
      .controlPlane()
      .kubeconfigFor({ serviceAccount: { namespace: 'plimsoll-system', name: 'plimsoll' } });
    const { code, stdout, stderr } = await plimsoll(['scan', '--kubeconfig', kubeconfig, '-o', 'json']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(inOrder(reportsOf(stdout)), inOrder(await cluster.reports()));
    await operator.stop();
  });

  it('honours the exceptions of the cluster, as the operator does, and those that are given', async () => {
    const namespace = await cluster.namespace('accepted');
    const soon = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();
    await cluster.apply(
      [
        deployment('web', { podSpec: { hostNetwork: true, hostPID: true } }),
        securityException({ expirationTime: soon }, namespace),
        { ...securityException({ expirationTime: undefined }, namespace), metadata: { name: 'endless', namespace } },
      ],
      namespace,
    );
    const operator = await cluster.operator(`--namespaces=${namespace}`);
    await operator.firstPassDone();
    const expected = await cluster.reportWhere(
      namespace,
      'deployment-web',
      'is accepted',
      ({ summary }) => summary.suppressed > 0,
    );
    const kubeconfig = await cluster
      .controlPlane()
      .kubeconfigFor({ serviceAccount: { namespace: 'plimsoll-system', name: 'plimsoll' } });
    const args = ['scan', '--kubeconfig', kubeconfig, '--namespaces', namespace, '-o', 'json'];
    const webOf = (stdout: string): SecurityReport | undefined =>
      reportsOf(stdout).find(({ metadata }) => metadata.namespace === namespace && metadata.name === 'deployment-web');
    const scanned = await plimsoll(args);
    assert.deepEqual(substance(webOf(scanned.stdout) as SecurityReport), substance(expected));
    assert.match(
      scanned.stderr,
      new RegExp(`^plimsoll: SecurityException ${namespace}/endless: it counts for nothing \\(Denied\\)\\..*\n$`),
    );
    const given = clusterSecurityException({ checks: ['host-pid'], expirationTime: soon });
    const more = await plimsoll([...args, '--exceptions', '-'], { input: JSON.stringify(given) });
    assert.deepEqual(
      webOf(more.stdout)?.findings.flatMap(({ suppressedBy }) => suppressedBy?.kind ?? []),
      ['SecurityException', 'ClusterSecurityException'],
    );
    await operator.stop();
  });

  it('says so if it may not read the exceptions', async () => {
    const namespace = await cluster.namespace('few-rights');
    await cluster.apply([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'few' } }], namespace);
    const kubeconfig = await cluster.controlPlane().kubeconfigFor({ serviceAccount: { namespace, name: 'few' } });
    const { code, stderr } = await plimsoll(['scan', '--kubeconfig', kubeconfig, '-o', 'json']);
    assert.equal(code, 0);
    assert.deepEqual(
      stderr.trimEnd().split('\n'),
      ['securityexceptions', 'clustersecurityexceptions'].map(
        (name) =>
          `plimsoll: ${name}.plimsoll.dev may not be read, so that what they accept is open; grant list of them`,
      ),
    );
  });

  it('says in one line that a cluster cannot be reached', async () => {
    const kubeconfig = await cluster
      .controlPlane()
      .kubeconfigFor({ serviceAccount: { namespace: 'plimsoll-system', name: 'plimsoll' } });
    const { code, stderr } = await plimsoll(['scan', '--kubeconfig', kubeconfig, '--context', 'nowhere']);
    assert.equal(code, 2);
    assert.match(stderr, /^plimsoll: the kubeconfig has no context 'nowhere'.*\n$/);
  });
});
