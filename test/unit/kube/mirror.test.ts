import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { startReflector } from '../../../src/kube/reflector.ts';
import type { ReflectorSink } from '../../../src/kube/reflector-api.ts';
import { clientFor, hastyTimers, json, refusal, silent, startFakeServer, until, type Answer } from './fake-server.ts';

const WIDGETS = { group: 'example.com', version: 'v1', resource: 'widgets', kind: 'Widget', namespaced: true };

/** A change of the collection, a fault that the next request meets, a history cut off, or time for all that to happen. */
type Step =
  | { readonly does: 'put' | 'delete'; readonly name: string }
  | { readonly does: 'break'; readonly afterBytes: number }
  | { readonly does: 'refuse'; readonly status: number }
  | { readonly does: 'forget' | 'wait' };

const name = fc.constantFrom('a', 'b', 'c', 'd');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('put' as const), name }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('delete' as const), name }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('break' as const), afterBytes: fc.nat(400) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('refuse' as const), status: fc.constantFrom(410, 429, 500) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('forget' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
);

const widget = (at: number, called: string): object => ({ metadata: { name: called, resourceVersion: String(at) } });
const event = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;

interface Store {
  readonly objects: ReadonlyMap<string, number>;
  readonly take: (step: Step) => void;
  readonly answer: Answer;
}

/** The collection behind the fake server, with the history that a watch can be resumed from. */
function createStore(knowsWatchLists: boolean): Store {
  const objects = new Map<string, number>();
  const watchers = new Set<(text: string) => void>();
  const faults: Step[] = [];
  let history: { readonly at: number; readonly text: string }[] = [];
  let version = 1;
  let forgottenAt = 0;

  function change(type: string, called: string): void {
    version++;
    if (type === 'DELETED') objects.delete(called);
    else objects.set(called, version);
    const text = event(type, widget(version, called));
    history.push({ at: version, text });
    for (const tell of watchers) tell(text);
  }

  function take(taken: Step): void {
    switch (taken.does) {
      case 'put':
        change(objects.has(taken.name) ? 'MODIFIED' : 'ADDED', taken.name);
        break;
      case 'delete':
        if (objects.has(taken.name)) change('DELETED', taken.name);
        break;
      case 'forget':
        history = [];
        forgottenAt = version;
        break;
      case 'break':
      case 'refuse':
        faults.push(taken);
        break;
      case 'wait':
        break;
    }
  }

  /** Writes whole, or breaks the connection after so many bytes. */
  function writer(response: ServerResponse, fault: Step | undefined): (text: string) => void {
    let left = fault?.does === 'break' ? fault.afterBytes : Number.POSITIVE_INFINITY;
    response.writeHead(200);
    response.flushHeaders();
    return (text) => {
      response.write(text.slice(0, left));
      left -= text.length;
      if (left < 0) setImmediate(() => response.socket?.resetAndDestroy());
    };
  }

  function watch(write: (text: string) => void, from: string | undefined): void {
    if (from === undefined) {
      for (const [called, at] of objects) write(event('ADDED', widget(at, called)));
      const annotations = { 'k8s.io/initial-events-end': 'true' };
      write(event('BOOKMARK', { metadata: { resourceVersion: String(version), annotations } }));
    }
    for (const { at, text } of history) if (at > Number(from)) write(text);
    watchers.add(write);
  }

  const answer: Answer = (response, request) => {
    const fault = faults.shift();
    const { watch: watches, sendInitialEvents, resourceVersion } = request.query;
    if (fault?.does === 'refuse') return refusal(fault.status, 'Fault')(response, request);
    if (sendInitialEvents !== undefined && !knowsWatchLists) return refusal(422, 'Invalid')(response, request);
    if (resourceVersion !== undefined && Number(resourceVersion) < forgottenAt) {
      return refusal(410, 'Expired')(response, request);
    }
    if (watches === undefined && fault === undefined) {
      const items = [...objects].map(([called, at]) => widget(at, called));
      return json(200, { items, metadata: { resourceVersion: String(version) } })(response, request);
    }
    const write = writer(response, fault);
    if (watches === undefined) {
      write(`{"metadata":{"resourceVersion":"${version}"},"items":[${'{"metadata":{"name":"ghost"}},'.repeat(20)}`);
      response.end();
      return undefined;
    }
    response.on('close', () => watchers.delete(write));
    watch(write, resourceVersion);
    return undefined;
  };
  return { objects, take, answer };
}

/** A sink that drops, at the end of a replacement, what it has not seen since its start. */
function mirrorInto(mirror: Map<string, string>): ReflectorSink {
  let seen: Set<string> | undefined;
  return {
    startReplace() {
      seen = new Set();
    },
    upsert(object) {
      const called = object.text('metadata.name') ?? '';
      seen?.add(called);
      mirror.set(called, object.text('metadata.resourceVersion') ?? '');
    },
    remove: (object) => mirror.delete(object.text('metadata.name') ?? ''),
    endReplace() {
      for (const called of mirror.keys()) if (seen?.has(called) === false) mirror.delete(called);
      seen = undefined;
    },
  };
}

/** Lets what is under way come to something. */
async function turns(count: number): Promise<void> {
  for (let turned = 0; turned < count; turned++) await turn();
}

async function mirrors(knowsWatchLists: boolean, steps: readonly Step[]): Promise<void> {
  const store = createStore(knowsWatchLists);
  const server = await startFakeServer(store.answer);
  const client = clientFor(server);
  const stop = new AbortController();
  const mirror = new Map<string, string>();
  const reflector = startReflector({
    client,
    resource: WIDGETS,
    sink: mirrorInto(mirror),
    hooks: {},
    timers: hastyTimers(),
    logger: silent,
    signal: stop.signal,
  });
  try {
    for (const taken of steps) {
      store.take(taken);
      if (taken.does === 'wait') await turns(20);
    }
    const isTrue = (): boolean =>
      isDeepStrictEqual(mirror, new Map([...store.objects].map(([key, at]) => [key, String(at)])));
    await until(() => reflector.hasSynced() && isTrue(), 'the mirror is true');
  } finally {
    stop.abort();
    await reflector.done;
    await client.close();
    await server.close();
  }
}

describe('What a reflector mirrors', () => {
  for (const knowsWatchLists of [true, false]) {
    it(`is true in the end, whatever breaks, ${knowsWatchLists ? 'with watch-lists' : 'with lists'}`, async function () {
      this.timeout(60_000);
      const steps = fc.array(step, { maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(steps, (taken) => mirrors(knowsWatchLists, taken)),
        { numRuns: 60 },
      );
    });
  }
});
