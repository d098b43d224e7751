import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentProgress } from '../../cluster/progress.ts';
import type { Ask } from '../../../tools/demo/ask.ts';
import type { DemoCluster } from '../../../tools/demo/demo-cluster.ts';
import { clusterNamed } from '../../../tools/demo/clusters.ts';

const NAMESPACE = JSON.stringify({ kind: 'Namespace', metadata: { name: 'monitoring' } });

/** Programs that stand in for the real ones: shell scripts that see the arguments as `$*`. */
const KUBECTL = 'case "$*" in *current-context*) echo work;; *"config view"*) echo {};; esac';
const KUBECTL_FOREIGN = `${KUBECTL}; case "$*" in *"get "*) echo '${NAMESPACE}';; esac`;

const YES: Ask = async () => Promise.resolve(true);
const NO: Ask = async () => Promise.resolve(false);

describe('the cluster of the demo', () => {
  let folder = '';
  let said: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-clusters-'));
    said = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What the programs were called with, a line per call. */
  const calls = (): string => readFileSync(join(folder, 'calls'), 'utf8');

  interface Circumstances {
    readonly programs?: Readonly<Record<string, string>>;
    readonly confirm?: string;
    readonly ask?: Ask;
  }
  async function open(name: string, { programs = {}, confirm, ask }: Circumstances = {}): Promise<DemoCluster> {
    for (const [program, script] of Object.entries(programs)) {
      writeFileSync(join(folder, program), `#!/bin/sh\necho "$*" >> ${folder}/calls\n${script}\n`);
      chmodSync(join(folder, program), 0o755);
    }
    return clusterNamed(name)({
      env: { PATH: folder, CLUSTER_CONFIRM: confirm },
      progress: silentProgress,
      folder,
      say: (text) => said.push(text),
      ask,
    });
  }

  it('must be one of those that there are', () => {
    assert.throws(() => clusterNamed('minikube'), /CLUSTER is minikube, and must be one of embedded, kind, current/);
  });

  it('is the embedded one by default', () => {
    assert.equal(clusterNamed(undefined), clusterNamed('embedded'));
    assert.equal(clusterNamed(''), clusterNamed('embedded'));
  });

  it('of the current context is not touched without a yes', async () => {
    const programs = { kubectl: KUBECTL };
    await assert.rejects(open('current', { programs }), /confirm it with CLUSTER_CONFIRM=yes, or on a terminal/);
    await assert.rejects(open('current', { programs, ask: NO }), /nothing was done in work/);
  });

  it('of the current context is named in the question', async () => {
    const questions: string[] = [];
    const yes: Ask = async (question) => Promise.resolve(questions.push(question) > 0);
    assert.equal((await open('current', { programs: { kubectl: KUBECTL }, ask: yes })).title, 'context work');
    assert.match(questions.join(), /into work that is careless on purpose/);
  });

  it('of the current context is not used if objects of others are in the way', async () => {
    await assert.rejects(
      open('current', { programs: { kubectl: KUBECTL_FOREIGN }, confirm: 'yes' }),
      /the demo did not make them: Namespace monitoring/,
    );
  });

  it('of the current context keeps what the demo made if nobody says otherwise, and says how to remove it', async () => {
    const cluster = await open('current', { programs: { kubectl: KUBECTL }, confirm: 'yes' });
    await cluster.end();
    assert.doesNotMatch(calls(), /delete/);
    assert.match(said.join('\n'), /kubectl --context work delete .* manifests\/install.yaml/);
  });

  it('of the current context loses what the demo made, and nothing else, if somebody says so', async () => {
    const cluster = await open('current', { programs: { kubectl: KUBECTL }, ask: YES });
    await cluster.end();
    const deletions = calls()
      .split('\n')
      .filter((call) => call.startsWith('delete'))
      .map((call) => call.replace(/=\/\S*\/(?=config|manifests)/, '='));
    assert.deepEqual(deletions.toSorted(), [
      'delete --ignore-not-found --wait=false --filename=manifests/install.yaml',
      'delete --ignore-not-found --wait=false --kustomize=config/samples/shop',
    ]);
  });

  it('of kind is made if it is not there, and kept', async () => {
    const programs = { kubectl: KUBECTL, kind: 'case "$*" in "get clusters") echo plimsoll;; esac' };
    const cluster = await open('kind', { programs });
    assert.match(calls(), /^create cluster --name plimsoll-demo .*--kubeconfig \/.*\/kubeconfig/m);
    await cluster.end();
    assert.doesNotMatch(calls(), /delete/);
    assert.match(said.join('\n'), /kind delete cluster --name plimsoll-demo/);
  });

  it('of kind is used again if it is there', async () => {
    const programs = { kubectl: KUBECTL, kind: 'case "$*" in "get clusters") echo plimsoll-demo;; esac' };
    await open('kind', { programs });
    assert.match(calls(), /^export kubeconfig --name plimsoll-demo --kubeconfig \//m);
    assert.doesNotMatch(calls(), /^create/m);
  });

  it('of kind needs kind', async () => {
    await assert.rejects(open('kind', { programs: { kubectl: KUBECTL } }), /kind is not installed, or not in PATH/);
  });

  it('of kind needs Docker', async () => {
    const programs = { kubectl: KUBECTL, kind: 'echo "cannot connect to the Docker daemon" >&2; exit 1' };
    await assert.rejects(open('kind', { programs }), /needs kind, and Docker or Podman running\. .*Docker daemon/);
  });

  for (const name of ['kind', 'current']) {
    it(`of ${name} needs kubectl`, async () => {
      await assert.rejects(open(name), /kubectl is not installed, or not in PATH: see https:/);
    });
  }
});
