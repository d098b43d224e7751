import assert from 'node:assert/strict';
import type { DiffSettings } from '../../../src/cli/diff-options.ts';
import type { OperatorSettings } from '../../../src/cli/operator-options.ts';
import { createProgram } from '../../../src/cli/program.ts';
import type { ScanSettings } from '../../../src/cli/scan-options.ts';
import type { Environment } from '../../../src/cli/settings.ts';

const IN_CLUSTER: Environment = { KUBERNETES_SERVICE_HOST: '10.0.0.1', PATH: '/bin' };
/** Any file that exists will do: it is looked at only later. */
const KUBECONFIG = import.meta.filename;
const FOLDER = import.meta.dirname;

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly settings: OperatorSettings | undefined;
}

async function run(argv: readonly string[], env: Environment = IN_CLUSTER): Promise<Run> {
  let stdout = '';
  let stderr = '';
  let settings: OperatorSettings | undefined;
  const program = createProgram({
    run: {
      operator: async (given) => {
        settings = given;
        return Promise.resolve(7);
      },
      explain: async (request) => {
        stdout += JSON.stringify(request);
        return Promise.resolve(5);
      },
      scan: async () => Promise.resolve(8),
      diff: async () => Promise.resolve(9),
    },
    version: '1.2.3',
    env,
    stdout: { write: (text) => (stdout += String(text)) !== '' },
    stderr: { write: (text) => (stderr += String(text)) !== '' },
  });
  return { exitCode: await program.run(argv), stdout, stderr, settings };
}

const DEFAULTS: OperatorSettings = {
  kubeconfig: undefined,
  context: undefined,
  namespaces: [],
  excludeNamespaces: [],
  metricsAddress: { port: 8443 },
  metricsSecure: true,
  metricsCertDir: undefined,
  metricsLevel: 'aggregate',
  metricsMaxSeries: 50_000,
  healthAddress: { port: 8081 },
  leaderElect: true,
  leaderElectionNamespace: undefined,
  leaseName: 'plimsoll',
  logLevel: 'info',
  logFormat: 'json',
  concurrency: 8,
  writeQps: 100,
  podSecurityMinor: undefined,
  checks: ['default'],
  skip: [],
  allowedRegistries: [],
  frameworks: ['default'],
  kubeletConfigSource: 'configmap',
  kubeletInsecureTls: false,
  read: [],
  notifyConfig: undefined,
  shutdownTimeoutSeconds: 8,
};

describe('plimsoll operator', () => {
  it('runs with defaults in a cluster, and exits with the code of the run', async () => {
    assert.deepEqual(await run(['operator']), { exitCode: 7, stdout: '', stderr: '', settings: DEFAULTS });
  });

  const accepted: readonly (readonly [string, string, Environment, Partial<OperatorSettings>])[] = [
    [
      'a kubeconfig, with the Lease in a named namespace',
      `--kubeconfig ${KUBECONFIG} --context kind --leader-election-namespace ops --lease-name plimsoll.example`,
      {},
      { kubeconfig: KUBECONFIG, context: 'kind', leaderElectionNamespace: 'ops', leaseName: 'plimsoll.example' },
    ],
    [
      'a kubeconfig without an election',
      `--kubeconfig ${KUBECONFIG} --no-leader-elect`,
      {},
      { kubeconfig: KUBECONFIG, leaderElect: false },
    ],
    ['a file of notifications', `--notify-config ${KUBECONFIG}`, {}, { notifyConfig: KUBECONFIG }],
    ['namespaces separated by commas', '--namespaces shop,shop-*,db?', {}, { namespaces: ['shop', 'shop-*', 'db?'] }],
    ['namespaces repeated', '--namespaces a --namespaces b,a', {}, { namespaces: ['a', 'b'] }],
    ['spaces beside commas', '', { PLIMSOLL_NAMESPACES: 'a, b' }, { namespaces: ['a', 'b'] }],
    ['namespaces left out', '--exclude-namespaces kube-*', {}, { excludeNamespaces: ['kube-*'] }],
    [
      'addresses',
      '--metrics-bind-address 127.0.0.1:9090 --health-probe-bind-address [::1]:9091',
      {},
      { metricsAddress: { host: '127.0.0.1', port: 9090 }, healthAddress: { host: '::1', port: 9091 } },
    ],
    [
      'servers turned off',
      '--metrics-bind-address 0 --health-probe-bind-address 0',
      {},
      { metricsAddress: undefined, healthAddress: undefined },
    ],
    ['metrics over plain HTTP', '--metrics-secure=false', {}, { metricsSecure: false }],
    ['metrics over plain HTTP, by the other flag', '--no-metrics-secure', {}, { metricsSecure: false }],
    ['a folder with a certificate', `--metrics-cert-dir ${FOLDER}`, {}, { metricsCertDir: FOLDER }],
    ['--no-leader-elect', '--no-leader-elect', {}, { leaderElect: false }],
    ['--leader-elect=false', '--leader-elect=false', {}, { leaderElect: false }],
    ['--leader-elect', '--leader-elect', { PLIMSOLL_LEADER_ELECT: 'false' }, { leaderElect: true }],
    ['the last of two switches', '--leader-elect --no-leader-elect', {}, { leaderElect: false }],
    ['the last of two values', '--log-level debug --log-level warn', {}, { logLevel: 'warn' }],
    ['a log format', '--log-format text', {}, { logFormat: 'text' }],
    [
      'numbers',
      '--concurrency 64 --write-qps 1 --shutdown-timeout 600',
      {},
      {
        concurrency: 64,
        writeQps: 1,
        kubeletConfigSource: 'configmap',
        kubeletInsecureTls: false,
        shutdownTimeoutSeconds: 600,
      },
    ],
    ['frameworks', '--frameworks cis-1.8,nsa-1.2 --frameworks cis', {}, { frameworks: ['cis-1.8', 'nsa-1.2', 'cis'] }],
    ['a Pod Security version', '--pod-security-version v1.30', {}, { podSecurityMinor: 30 }],
    ['a Pod Security version without the v', '--pod-security-version 1.0', {}, { podSecurityMinor: 0 }],
    ['the latest Pod Security version', '--pod-security-version latest', {}, { podSecurityMinor: undefined }],
    ['an environment variable', '', { PLIMSOLL_LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
    ['a flag over its variable', '--log-level warn', { PLIMSOLL_LOG_LEVEL: 'debug' }, { logLevel: 'warn' }],
    ['a flag over a bad variable', '--log-level warn', { PLIMSOLL_LOG_LEVEL: 'loud' }, { logLevel: 'warn' }],
    ['an empty variable as unset', '', { PLIMSOLL_LOG_LEVEL: '', PLIMSOLL_NAMESPACES: '' }, {}],
    [
      'variables that the kubelet sets for Services called plimsoll and plimsoll-metrics',
      '',
      {
        PLIMSOLL_SERVICE_HOST: '10.0.0.7',
        PLIMSOLL_SERVICE_PORT: '8080',
        PLIMSOLL_SERVICE_PORT_METRICS: '8080',
        PLIMSOLL_PORT: 'tcp://10.0.0.7:8080',
        PLIMSOLL_METRICS_PORT_8080_TCP: 'tcp://10.0.0.7:8080',
        PLIMSOLL_METRICS_PORT_8080_TCP_PROTO: 'tcp',
        PLIMSOLL_METRICS_PORT_8080_TCP_PORT: '8080',
        PLIMSOLL_METRICS_PORT_8080_TCP_ADDR: '10.0.0.7',
      },
      {},
    ],
    [
      'registries with ports and paths, each once',
      '--allowed-registries ghcr.io/team/,registry.example:5000 --allowed-registries registry.example:5000',
      {},
      { allowedRegistries: ['ghcr.io/team/', 'registry.example:5000'] },
    ],
  ];
  for (const [name, argv, env, expected] of accepted) {
    it(`accepts ${name}`, async () => {
      const { stderr, settings } = await run(['operator', ...argv.split(' ').filter(Boolean)], {
        ...IN_CLUSTER,
        ...env,
      });
      assert.equal(stderr, '');
      assert.deepEqual(settings, { ...DEFAULTS, ...expected });
    });
  }

  const NUMBER = 'is not a whole number from';
  const ADDRESS = 'is not host:port, :port or [IPv6]:port with a port up to 65535, nor 0 for off';
  const GLOBS = 'is not a list of namespaces separated by commas; * and ? stand for any letters and for one';
  const refused: readonly (readonly [string, string, Environment, string])[] = [
    [
      'an unknown flag, naming the nearest',
      '--namspaces a',
      {},
      "unknown option '--namspaces' (Did you mean --namespaces?); see plimsoll operator --help",
    ],
    ['a flag unlike any other', '--frobnicate', {}, "unknown option '--frobnicate'; see plimsoll operator --help"],
    [
      'a flag without its value',
      '--context',
      {},
      "option '--context <name>' argument missing; see plimsoll operator --help",
    ],
    [
      'an argument',
      'now',
      {},
      "too many arguments for 'operator'. Expected 0 arguments but got 1: now; see plimsoll operator --help",
    ],
    [
      'an unknown variable, naming the nearest',
      '',
      { PLIMSOLL_LOGLEVEL: 'debug' },
      'PLIMSOLL_LOGLEVEL: there is no such setting; did you mean PLIMSOLL_LOG_LEVEL?',
    ],
    [
      'an unknown variable unlike any other',
      '',
      { PLIMSOLL_FROBNICATE: '' },
      'PLIMSOLL_FROBNICATE: there is no such setting; remove it',
    ],
    [
      'a registry that is none',
      '--allowed-registries ghcr.io,library',
      {},
      '--allowed-registries: "ghcr.io,library" is not a list of registries: "library" is no host (docker.io, registry.example:5000) with or without a path',
    ],
    ['a log level that is none', '--log-level loud', {}, '--log-level: "loud" is not one of debug, info, warn, error'],
    [
      'a bad flag beside a good variable, naming the flag',
      '--log-level loud',
      { PLIMSOLL_LOG_LEVEL: 'debug' },
      '--log-level: "loud" is not one of debug, info, warn, error',
    ],
    [
      'a bad variable, naming the variable',
      '',
      { PLIMSOLL_LOG_FORMAT: 'xml' },
      'PLIMSOLL_LOG_FORMAT: "xml" is not one of json, text',
    ],
    ['an empty flag', '--context=', {}, '--context: "" is empty: give a value or leave it out'],
    ['a switch neither true nor false', '--leader-elect=1', {}, '--leader-elect: "1" is not one of true, false'],
    ['too few workers', '--concurrency 0', {}, `--concurrency: "0" ${NUMBER} 1 to 64`],
    ['too many workers', '--concurrency 65', {}, `--concurrency: "65" ${NUMBER} 1 to 64`],
    ['half a worker', '--concurrency 1.5', {}, `--concurrency: "1.5" ${NUMBER} 1 to 64`],
    ['a negative rate', '--write-qps=-1', {}, `--write-qps: "-1" ${NUMBER} 1 to 1000`],
    ['a duration with a unit', '--shutdown-timeout 8s', {}, `--shutdown-timeout: "8s" ${NUMBER} 1 to 600`],
    ['a number in another notation', '--write-qps 1e2', {}, `--write-qps: "1e2" ${NUMBER} 1 to 1000`],
    [
      'an address without a port',
      '--metrics-bind-address localhost',
      {},
      `--metrics-bind-address: "localhost" ${ADDRESS}`,
    ],
    [
      'a port that is too high',
      '--health-probe-bind-address :70000',
      {},
      `--health-probe-bind-address: ":70000" ${ADDRESS}`,
    ],
    ['a glob that no namespace can match', '--namespaces Shop', {}, `--namespaces: "Shop" ${GLOBS}`],
    ['an empty glob', '--exclude-namespaces a,,b', {}, `--exclude-namespaces: "a,,b" ${GLOBS}`],
    [
      'a namespace that is none',
      '--leader-election-namespace a.b',
      {},
      '--leader-election-namespace: "a.b" is not the name of a namespace',
    ],
    [
      'a Lease name that is none',
      '--lease-name A_b',
      {},
      '--lease-name: "A_b" is not a legal name: lower-case letters, digits, - and .',
    ],
    [
      'a framework that does not exist',
      '--frameworks cis-1.7',
      {},
      '--frameworks: "cis-1.7" is not a list of frameworks: none is called "cis-1.7"; there are default, cis, all, none, pod-security-baseline, pod-security-restricted, cis-1.8, cis-1.9, cis-1.10, cis-1.11, cis-1.12, nsa-1.2, kubecon-2020',
    ],
    [
      'a Pod Security version unknown to us',
      '--pod-security-version v1.99',
      {},
      '--pod-security-version: "v1.99" is not a version from v1.0 to v1.37, nor latest',
    ],
    [
      'a Pod Security version that is none',
      '--pod-security-version 2',
      {},
      '--pod-security-version: "2" is not a version from v1.0 to v1.37, nor latest',
    ],
    [
      'a value with a line break, in one line',
      '--log-level=a\nb',
      {},
      '--log-level: "a\\nb" is not one of debug, info, warn, error',
    ],
    [
      'a kubeconfig that is missing',
      '--kubeconfig /nonexistent',
      {},
      '--kubeconfig: "/nonexistent" is not an existing file',
    ],
    ['a kubeconfig that is a folder', '--kubeconfig /', {}, '--kubeconfig: "/" is not an existing file'],
    [
      'a context without a kubeconfig',
      '--context kind',
      {},
      '--context needs a kubeconfig to find the context in; set --kubeconfig',
    ],
    [
      'a context of the environment without a kubeconfig',
      '',
      { PLIMSOLL_CONTEXT: 'kind' },
      'PLIMSOLL_CONTEXT needs a kubeconfig to find the context in; set --kubeconfig',
    ],
    [
      'to run outside a cluster without a kubeconfig',
      '',
      { KUBERNETES_SERVICE_HOST: undefined },
      'this is not a pod in a cluster (KUBERNETES_SERVICE_HOST is not set); set --kubeconfig',
    ],
    [
      'an election without a namespace for its Lease',
      `--kubeconfig ${KUBECONFIG}`,
      {},
      '--kubeconfig leaves open where the Lease is; set --leader-election-namespace or --no-leader-elect',
    ],
    [
      'a namespace both in and out',
      '--namespaces a,b --exclude-namespaces b',
      {},
      '--namespaces and --exclude-namespaces both name "b"; remove it from one of them',
    ],
    [
      'a namespace both in and out, by flag and variable',
      '--namespaces a',
      { PLIMSOLL_EXCLUDE_NAMESPACES: 'a' },
      '--namespaces and PLIMSOLL_EXCLUDE_NAMESPACES both name "a"; remove it from one of them',
    ],
    [
      'to leave out everything',
      '--exclude-namespaces *',
      {},
      '--exclude-namespaces: "*" leaves no namespace to judge; name those to leave out',
    ],
    [
      'one address for two servers',
      '--metrics-bind-address :8081',
      {},
      '--metrics-bind-address :8081 and --health-probe-bind-address :8081 clash; choose different ports',
    ],
    [
      'one port on overlapping hosts',
      '--health-probe-bind-address [::1]:8443',
      {},
      '--metrics-bind-address :8443 and --health-probe-bind-address [::1]:8443 clash; choose different ports',
    ],
    [
      'a folder for a certificate that is a file',
      `--metrics-cert-dir ${KUBECONFIG}`,
      {},
      `--metrics-cert-dir: ${JSON.stringify(KUBECONFIG)} is not an existing folder`,
    ],
    [
      'a certificate for plain HTTP',
      `--metrics-cert-dir ${FOLDER} --no-metrics-secure`,
      {},
      '--metrics-cert-dir and --metrics-secure=false contradict each other; remove one of them',
    ],
    [
      'a certificate for plain HTTP, by variables',
      '',
      { PLIMSOLL_METRICS_CERT_DIR: FOLDER, PLIMSOLL_METRICS_SECURE: 'false' },
      'PLIMSOLL_METRICS_CERT_DIR and PLIMSOLL_METRICS_SECURE=false contradict each other; remove one of them',
    ],
    [
      'a certificate for metrics that are not served',
      `--metrics-cert-dir ${FOLDER} --metrics-bind-address 0`,
      {},
      '--metrics-cert-dir is of no use without metrics; remove it or set --metrics-bind-address',
    ],
  ];
  for (const [name, argv, env, line] of refused) {
    it(`refuses ${name}`, async () => {
      const outcome = await run(['operator', ...argv.split(' ').filter(Boolean)], { ...IN_CLUSTER, ...env });
      assert.deepEqual(outcome, { exitCode: 2, stdout: '', stderr: `plimsoll: ${line}\n`, settings: undefined });
    });
  }

  it('explains each setting with its default and its variable, and gives an example', async () => {
    const { exitCode, stdout, stderr, settings } = await run(['operator', '--help'], {});
    assert.deepEqual({ exitCode, stderr, settings }, { exitCode: 0, stderr: '', settings: undefined });
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const phrase of [
      '--log-level <level> least severe level that is logged: debug, info, warn, error (default: info, env: PLIMSOLL_LOG_LEVEL)',
      '--leader-elect [true|false] let only the holder of a Lease write, so that several replicas can run (default: true, env: PLIMSOLL_LEADER_ELECT)',
      '--no-leader-elect the same as --leader-elect=false',
      "$ plimsoll operator --exclude-namespaces 'kube-*'",
    ]) {
      assert.ok(text.includes(phrase), phrase);
    }
    assert.ok(Math.max(...stdout.split('\n').map((line) => line.length)) <= 110, 'lines are not too long');
  });

  it('passes on an error that is not about usage', async () => {
    const silent = { write: () => true };
    const program = createProgram({
      run: {
        operator: async () => Promise.reject(new Error('broken')),
        explain: async () => Promise.resolve(0),
        scan: async () => Promise.resolve(0),
        diff: async () => Promise.resolve(0),
      },
      version: '1',
      env: IN_CLUSTER,
      stdout: silent,
      stderr: silent,
    });
    await assert.rejects(program.run(['operator']), { message: 'broken' });
  });
});

describe('plimsoll explain', () => {
  it('asks for one check, or for all, in the format that is wanted', async () => {
    const asked = async (...argv: readonly string[]): Promise<unknown> =>
      JSON.parse((await run(['explain', ...argv])).stdout);
    assert.deepEqual(await asked('host-pid'), { check: 'host-pid', output: 'text' });
    assert.deepEqual(await asked('host-pid', '--output', 'json'), { check: 'host-pid', output: 'json' });
    assert.deepEqual(await asked('-o', 'yaml'), { output: 'yaml' });
    assert.equal((await run(['explain'])).exitCode, 5);
  });

  it('refuses a format that it does not know, in one line', async () => {
    const { exitCode, stderr } = await run(['explain', '-o', 'xml']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /^plimsoll: .*'xml' is invalid.*; see plimsoll explain --help\n$/);
  });
});

describe('plimsoll scan', () => {
  async function scan(argv: readonly string[], env: Environment = {}): Promise<{ line: string; settings: unknown }> {
    let line = '';
    let settings: unknown;
    const program = createProgram({
      run: {
        operator: async () => Promise.resolve(0),
        explain: async () => Promise.resolve(0),
        diff: async () => Promise.resolve(0),
        scan: async (given) => {
          settings = given;
          return Promise.resolve(0);
        },
      },
      version: '1.2.3',
      env,
      stdout: { write: () => true },
      stderr: { write: (text) => (line += String(text)) !== '' },
    });
    await program.run(['scan', ...argv]);
    return { line, settings };
  }
  const DEFAULT_SCAN: ScanSettings = {
    filenames: [],
    kubeconfig: undefined,
    context: undefined,
    namespace: undefined,
    complete: false,
    namespaces: [],
    excludeNamespaces: [],
    read: [],
    checks: ['default'],
    skip: [],
    allowedRegistries: [],
    framework: undefined,
    podSecurityMinor: undefined,
    exceptions: [],
    showSuppressed: false,
    failOn: undefined,
    output: 'table',
    progress: true,
  };

  const accepted: readonly (readonly [string, readonly string[], Environment, Partial<ScanSettings>])[] = [
    ['nothing, and scans a cluster', [], {}, {}],
    [
      'files, also with commas in their names',
      ['-f', 'a,b.yaml', '--filename', '-'],
      {},
      { filenames: ['a,b.yaml', '-'] },
    ],
    ['a context', ['--context', 'kind'], {}, { context: 'kind' }],
    ['a severity in small letters', ['-f', 'a', '--fail-on', 'medium'], {}, { filenames: ['a'], failOn: 'Medium' }],
    ['a format', ['-o', 'sarif'], {}, { output: 'sarif' }],
    ['a namespace for files', ['-f', 'a', '--namespace', 'shop'], {}, { filenames: ['a'], namespace: 'shop' }],
    ['a Pod Security version', ['--pod-security-version', 'v1.22'], {}, { podSecurityMinor: 22 }],
    ['a framework', ['--framework', 'nsa'], {}, { framework: 'nsa' }],
    ['checks', ['--checks', 'host-*', '--skip', 'host-ipc'], {}, { checks: ['host-*'], skip: ['host-ipc'] }],
    [
      'exceptions in several places',
      ['--exceptions', 'a,b', '--exceptions', 'c', '--show-suppressed'],
      {},
      { exceptions: ['a,b', 'c'], showSuppressed: true },
    ],
    ['no progress', ['--no-progress'], {}, { progress: false }],
    ['files that are all there is', ['-f', 'a', '--complete'], {}, { filenames: ['a'], complete: true }],
    [
      'variables, also those of the operator',
      [],
      { PLIMSOLL_OUTPUT: 'json', PLIMSOLL_LOG_LEVEL: 'debug' },
      { output: 'json' },
    ],
    [
      'files beside a variable for a cluster',
      ['-f', 'a'],
      { PLIMSOLL_CONTEXT: 'kind' },
      { filenames: ['a'], context: 'kind' },
    ],
  ];
  for (const [name, argv, env, expected] of accepted) {
    it(`accepts ${name}`, async () => {
      assert.deepEqual(await scan(argv, env), { line: '', settings: { ...DEFAULT_SCAN, ...expected } });
    });
  }

  const refused: readonly (readonly [string, readonly string[], string])[] = [
    ['an empty path', ['-f', ''], '--filename: "" is empty: give a value or leave it out'],
    ['a format that is none', ['-o', 'xml'], '--output: "xml" is not one of table, json, yaml, sarif, junit, github'],
    [
      'a namespace for a cluster',
      ['--namespace', 'a'],
      '--namespace is for files that name none; choose what is judged of a cluster by --namespaces',
    ],
    [
      'a framework beside checks',
      ['--framework', 'nsa', '--checks', 'all'],
      '--framework chooses the checks itself; remove --checks',
    ],
    ['an unknown flag', ['--fail'], "unknown option '--fail' (Did you mean --fail-on?); see plimsoll scan --help"],
  ];
  for (const [name, argv, line] of refused) {
    it(`refuses ${name}`, async () => {
      assert.deepEqual(await scan(argv), { line: `plimsoll: ${line}\n`, settings: undefined });
    });
  }
});

describe('plimsoll diff', () => {
  async function diff(argv: readonly string[], env: Environment = {}): Promise<{ line: string; settings: unknown }> {
    let line = '';
    let settings: unknown;
    const program = createProgram({
      run: {
        operator: async () => Promise.resolve(0),
        explain: async () => Promise.resolve(0),
        scan: async () => Promise.resolve(0),
        diff: async (given) => {
          settings = given;
          return Promise.resolve(0);
        },
      },
      version: '1.2.3',
      env,
      stdout: { write: () => true },
      stderr: { write: (text) => (line += String(text)) !== '' },
    });
    await program.run(['diff', ...argv]);
    return { line, settings };
  }
  const DEFAULT_DIFF: DiffSettings = {
    since: { agoSeconds: 86_400 },
    kubeconfig: undefined,
    context: undefined,
    namespaces: [],
    excludeNamespaces: [],
    severity: 'Info',
    output: 'table',
    exitCode: false,
  };

  const accepted: readonly (readonly [string, readonly string[], Environment, Partial<DiffSettings>])[] = [
    ['nothing, and looks back for a day', [], {}, {}],
    ['minutes', ['--since', '30m'], {}, { since: { agoSeconds: 1800 } }],
    ['days', ['--since', '7d'], {}, { since: { agoSeconds: 604_800 } }],
    ['days, hours, minutes and seconds', ['--since', '1d2h3m4s'], {}, { since: { agoSeconds: 93_784 } }],
    ['a time', ['--since', '2026-11-24T10:00:00+01:00'], {}, { since: { time: new Date('2026-11-24T09:00:00Z') } }],
    ['namespaces', ['-n', 'shop,db', '-n', 'web-*'], {}, { namespaces: ['shop', 'db', 'web-*'] }],
    ['a severity in small letters', ['--severity', 'high'], {}, { severity: 'High' }],
    ['a format, and to tell by the exit code', ['-o', 'json', '--exit-code'], {}, { output: 'json', exitCode: true }],
    [
      'variables, also those of other commands',
      [],
      { PLIMSOLL_SINCE: '2h', PLIMSOLL_FAIL_ON: 'high' },
      { since: { agoSeconds: 7200 } },
    ],
  ];
  for (const [name, argv, env, expected] of accepted) {
    it(`accepts ${name}`, async () => {
      assert.deepEqual(await diff(argv, env), { line: '', settings: { ...DEFAULT_DIFF, ...expected } });
    });
  }

  const SINCE = 'is neither how long ago (30m, 24h, 7d, 1d12h) nor a time (2026-11-24T09:00:00Z)';
  for (const text of ['', 'yesterday', '24', '5w', '1.5h', '-1h', '2h1d', '2026-11-24', '2026-13-24T09:00:00Z']) {
    it(`refuses the time ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await diff([`--since=${text}`]), {
        line: `plimsoll: --since: ${JSON.stringify(text)} ${SINCE}\n`,
        settings: undefined,
      });
    });
  }

  it('refuses a format of a scan', async () => {
    const { line } = await diff(['-o', 'sarif']);
    assert.equal(line, 'plimsoll: --output: "sarif" is not one of table, json, yaml\n');
  });
});

describe('plimsoll', () => {
  it('prints its version', async () => {
    assert.deepEqual(await run(['--version']), { exitCode: 0, stdout: '1.2.3\n', stderr: '', settings: undefined });
  });

  it('lists its commands, with an example', async () => {
    const { exitCode, stdout } = await run(['--help']);
    assert.equal(exitCode, 0);
    assert.match(stdout, /operator \[options\] +watch a cluster/);
    assert.match(stdout, /\$ plimsoll operator --help/);
  });

  it('prints its help on stderr, and fails, if told nothing', async () => {
    const { exitCode, stdout, stderr } = await run([]);
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /^Usage: plimsoll/);
    assert.equal(stderr, (await run(['--help'])).stdout);
  });

  it('names the nearest command for one that is unknown', async () => {
    const { exitCode, stderr } = await run(['operater']);
    assert.deepEqual(
      [exitCode, stderr],
      [2, "plimsoll: unknown command 'operater' (Did you mean operator?); see plimsoll --help\n"],
    );
  });
});
