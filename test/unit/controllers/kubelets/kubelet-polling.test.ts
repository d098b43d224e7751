import assert from 'node:assert/strict';
import { startKubeletPolling, type KubeletPolling } from '../../../../src/controllers/kubelets/kubelet-polling.ts';
import type { NodeFacts } from '../../../../src/inventory/facts/node.ts';
import { parseSubjectKey } from '../../../../src/inventory/subject-key.ts';
import { ApiError, TransportError } from '../../../../src/kube/api-error.ts';
import type { KubeletAddress } from '../../../../src/kube/kubelet-configz.ts';
import { node as nodeInput } from '../../checks/nodes/facts.ts';

function node(
  name: string,
  addresses: NodeFacts['addresses'] = [{ type: 'InternalIP', address: '10.0.0.1' }],
): NodeFacts {
  const { node: facts } = nodeInput({ addresses });
  return { ...facts, ref: { ...facts.ref, name } };
}

interface World {
  readonly polling: KubeletPolling;
  readonly dirty: string[];
  readonly asked: KubeletAddress[];
  readonly nodes: NodeFacts[];
  /** What each kubelet answers next; an Error is thrown. */
  readonly say: (node: string, answer: unknown) => void;
  /** Lets time pass, and waits until all has been asked that is due. */
  readonly pass: (ms: number) => Promise<void>;
}

const ending: AbortController[] = [];

async function world(nodes: NodeFacts[], answers: Readonly<Record<string, unknown>>): Promise<World> {
  const said = new Map(Object.entries(answers));
  const dirty: string[] = [];
  const asked: KubeletAddress[] = [];
  const { signal } = ending[ending.push(new AbortController()) - 1] ?? new AbortController();
  let nowMs = 0;
  let wake = (): void => undefined;
  let sleeping = Promise.withResolvers<void>();
  const polling = startKubeletPolling({
    read: (kubelet) => {
      asked.push(kubelet);
      const answer = said.get(kubelet.node);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    nodes: () => nodes,
    onDirty: (key) => dirty.push(parseSubjectKey(key).name),
    timers: {
      now: () => nowMs,
      wallMs: () => nowMs,
      random: () => 0,
      sleep: () =>
        new Promise<void>((resolve) => {
          wake = resolve;
          sleeping.resolve();
        }),
    },
    signal,
  });
  await polling.firstRound;
  return {
    polling,
    dirty,
    asked,
    nodes,
    say: (name, answer) => said.set(name, answer),
    async pass(ms) {
      await sleeping.promise;
      sleeping = Promise.withResolvers<void>();
      nowMs += ms;
      wake();
      await sleeping.promise;
    },
  };
}

const HOUR = 60 * 60 * 1000;
const forbidden = new ApiError('GET /configz', 403);

describe('asking kubelets', () => {
  afterEach(() => {
    for (const controller of ending.splice(0)) controller.abort();
  });

  it('keeps what is judged of their answer, and marks the node', async () => {
    const { polling, dirty } = await world([node('a')], { a: { readOnlyPort: 10_255, maxPods: 110 } });
    assert.deepEqual(polling.of('a'), { config: { readOnlyPort: 10_255 } });
    assert.deepEqual(dirty, ['a']);
  });

  it('marks a node again only when its answer differs', async () => {
    const { polling, dirty, say, pass } = await world([node('a')], { a: { readOnlyPort: 0, maxPods: 110 } });
    say('a', { readOnlyPort: 0, maxPods: 50 });
    await pass(HOUR);
    assert.deepEqual(dirty, ['a']);
    say('a', { readOnlyPort: 10_255 });
    await pass(HOUR);
    assert.deepEqual(dirty, ['a', 'a']);
    assert.deepEqual(polling.of('a'), { config: { readOnlyPort: 10_255 } });
  });

  it('asks new nodes soon, and the others seldom', async () => {
    const { asked, nodes, pass } = await world([node('a')], { a: {}, b: {} });
    nodes.push(node('b'));
    await pass(30_000);
    assert.deepEqual(
      asked.map((kubelet) => kubelet.node),
      ['a', 'b'],
    );
  });

  it('forgets nodes that are gone', async () => {
    const { polling, nodes, pass } = await world([node('a')], { a: {} });
    nodes.length = 0;
    await pass(30_000);
    assert.equal(polling.of('a'), undefined);
  });

  const failures: readonly (readonly [what: string, error: unknown, message: RegExp])[] = [
    ['cannot be reached', new TransportError('GET /configz', 'ECONNREFUSED', 'refused'), /cannot be reached/],
    [
      'shows a certificate of its own',
      new TransportError('GET /configz', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'self'),
      /--kubelet-insecure-tls/,
    ],
    ['answers with an error', new ApiError('GET /configz', 500), /with an error/],
    ['answers without a configuration', undefined, /without a configuration/],
  ];
  for (const [what, error, message] of failures) {
    it(`says so of one that ${what}`, async () => {
      const { polling } = await world([node('a')], { a: error });
      const answer = polling.of('a');
      assert.ok(answer !== undefined && 'reason' in answer && answer.reason === 'NotProvided');
      assert.match(answer.message, message);
    });
  }

  it('says so of a node without an address', async () => {
    const { polling, asked } = await world([node('a', [])], {});
    assert.equal(asked.length, 0);
    const answer = polling.of('a');
    assert.ok(answer !== undefined && 'reason' in answer);
  });

  it('says once, of the cluster, that they refuse, and takes it back', async () => {
    const { polling, dirty, say, pass } = await world([node('a'), node('b')], { a: forbidden, b: forbidden });
    assert.equal(polling.refused()?.reason, 'PermissionDenied');
    assert.equal(polling.of('a'), undefined);
    assert.deepEqual(
      dirty.filter((name) => name === 'cluster'),
      ['cluster'],
    );
    say('a', {});
    say('b', {});
    await pass(HOUR);
    assert.equal(polling.refused(), undefined);
    assert.deepEqual(
      dirty.filter((name) => name === 'cluster'),
      ['cluster', 'cluster'],
    );
  });
});
