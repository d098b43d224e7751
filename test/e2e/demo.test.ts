import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../cluster/eventually.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'tools', 'demo', 'main.ts');
const TIMEOUT_MS = 150_000;

/** A demo in a process group of its own, whose temporary files are in a folder of their own. */
interface Demo {
  readonly child: ChildProcess;
  readonly temporary: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

describe('make demo', function () {
  this.timeout(TIMEOUT_MS);
  const demos: Demo[] = [];

  function startDemo(env: NodeJS.ProcessEnv): Demo {
    const temporary = mkdtempSync(join(tmpdir(), 'demo-'));
    const child = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, CLUSTER: '', DEMO_ONCE: '', TMPDIR: temporary, ...env },
    });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (chunk) => {
        said[stream] += String(chunk);
      });
    }
    const demo = { child, temporary, stdout: () => said.stdout, stderr: () => said.stderr };
    demos.push(demo);
    return demo;
  }

  after(() => {
    for (const { child, temporary } of demos) {
      if (processesOf(child).length > 0 && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      rmSync(temporary, { recursive: true, force: true });
    }
  });

  function assertNothingIsLeft({ child, temporary }: Demo): void {
    assert.deepEqual({ processes: processesOf(child), files: readdirSync(temporary) }, { processes: [], files: [] });
  }

  describe('with DEMO_ONCE=1', () => {
    let demo: Demo;

    before(async () => {
      demo = startDemo({ DEMO_ONCE: '1' });
      const [code] = (await once(demo.child, 'close')) as [number | null];
      assert.equal(code, 0, demo.stderr());
    });

    it('tells how it gets on', () => {
      const steps = ['bundle the operator', 'start etcd', 'install CRDs', 'deploy the shop', 'judge everything'];
      for (const step of steps) assert.match(demo.stderr(), new RegExp(`${step}.*: \\d+\\.\\d s`));
    });

    it('shows the CI runner as the worst of all', () => {
      assert.ok(countsOf('ci', 'deployment-runner', demo.stdout()).critical >= 1);
      assert.match(demo.stdout(), /The worst of them:\s+Name: +deployment-runner\nNamespace: +ci\n/);
      assert.match(demo.stdout(), /privileged-container \(container runner\): .*\n +at .*\n +first seen \d{4}-/);
    });

    for (const [namespace, report] of [
      ['payments', 'deployment-checkout'],
      ['payments', 'cronjob-ledger-export'],
      ['shop', 'deployment-storefront'],
    ] as const) {
      it(`shows nothing but zeros for the hardened ${report}`, () => {
        const counts = countsOf(namespace, report, demo.stdout());
        assert.deepEqual(counts, { critical: 0, high: 0, medium: 0, low: 0 });
      });
    }

    it('shows nothing but workloads and the Namespace in the clean namespace', () => {
      const names = [...demo.stdout().matchAll(/^payments +(\S+)/gm)].map(([, name]) => name);
      assert.deepEqual(names, ['cronjob-ledger-export', 'deployment-checkout', 'namespace-payments']);
    });

    it('shows the careless bindings and the old node of the cluster', () => {
      for (const report of ['clusterrolebinding-ci-runner', 'clusterrolebinding-status-page', 'node-worker-2']) {
        assert.match(demo.stdout(), new RegExp(`^${report} +\\d`, 'm'));
      }
    });

    it('shows metrics', () => {
      assert.match(demo.stdout(), /^plimsoll_violations\{namespace="ci",severity="critical"\} [1-9]\d*$/m);
    });

    it('leaves no process and no file', () => {
      assertNothingIsLeft(demo);
    });
  });

  it('stays until Ctrl-C, tells how to look around, and then leaves no process and no file', async () => {
    const demo = startDemo({});
    await eventually('it has shown everything', () => demo.stdout().includes('Ctrl-C ends the demo.'), {
      timeoutMs: TIMEOUT_MS,
    });
    assert.match(demo.stdout(), /^ +export KUBECONFIG=\S+$/m);
    const metrics = /^Metrics: +(\S+)$/m.exec(demo.stdout())?.[1] ?? '';
    assert.match(await (await fetch(metrics)).text(), /^plimsoll_reports\{/m);

    const closed = once(demo.child, 'close');
    // As the terminal does it: to all processes at once.
    if (demo.child.pid !== undefined) process.kill(-demo.child.pid, 'SIGINT');
    assert.deepEqual(await closed, [0, null], demo.stderr());
    assertNothingIsLeft(demo);
  });

  it('says in one line what is wrong if it cannot start', async () => {
    const demo = startDemo({ CLUSTER: 'minikube' });
    assert.deepEqual(await once(demo.child, 'close'), [1, null]);
    assert.match(demo.stderr(), /^demo: CLUSTER is minikube, .*\n$/);
    assertNothingIsLeft(demo);
  });
});

/** What runs in the process group of a demo; zombies have ended, and only wait for their parent to notice. */
function processesOf({ pid }: ChildProcess): readonly string[] {
  const all = execFileSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  return all.split('\n').filter((line) => {
    const [group, state] = line.trim().split(/ +/);
    return group === String(pid) && state?.startsWith('Z') === false;
  });
}

interface Counts {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** A row of `kubectl get securityreports -A`. */
function countsOf(namespace: string, report: string, output: string): Counts {
  const row = new RegExp(`^${namespace} +${report} +(\\d+) +(\\d+) +(\\d+) +(\\d+) `, 'm').exec(output);
  assert.ok(row, `there is no row for ${namespace}/${report} in:\n${output}`);
  const [critical = NaN, high = NaN, medium = NaN, low = NaN] = row.slice(1).map(Number);
  return { critical, high, medium, low };
}
