import { isDeepStrictEqual } from 'node:util';
import type { Undecided } from '../../checks/check.ts';
import type { NodeFacts } from '../../inventory/facts/node.ts';
import { KUBELET_FIELDS, pick } from '../../inventory/projections/configuration.ts';
import { CLUSTER_KEY, keyOfRef, type SubjectKey } from '../../inventory/subject-key.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { KubeletAddress, ReadConfigz } from '../../kube/kubelet-configz.ts';
import type { Timers } from '../../kube/timers.ts';
import type { KubeletAnswer, KubeletAnswers } from './kubelet-answers.ts';

export interface KubeletPollingOptions {
  readonly read: ReadConfigz;
  readonly nodes: () => Iterable<NodeFacts>;
  /** A subject whose verdict may differ. */
  readonly onDirty: (key: SubjectKey) => void;
  readonly timers: Timers;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** What kubelets say, asked for again and again. */
export interface KubeletPolling extends KubeletAnswers {
  /** Resolves when every kubelet has been asked once. */
  readonly firstRound: Promise<void>;
}

/** The configuration of a kubelet changes when it is started anew. */
const ASK_AGAIN_MS = 10 * 60 * 1000;
/** How soon a new node is noticed. */
const TICK_MS = 30 * 1000;
const AT_A_TIME = 8;

const REFUSED: Undecided = {
  reason: 'PermissionDenied',
  message: 'kubelets refuse to show their configuration: grant get on nodes/configz (or nodes/proxy) to the operator',
};

/** Asks the kubelets of all nodes, and marks those whose answer has changed. Nothing that a kubelet does ends it. */
export function startKubeletPolling(options: KubeletPollingOptions): KubeletPolling {
  const { nodes, onDirty, timers, signal } = options;
  const answers = new Map<string, KubeletAnswer>();
  const askedAtMs = new Map<string, number>();
  const refusers = new Set<string>();
  const { promise: firstRound, resolve: endFirstRound } = Promise.withResolvers<void>();

  function note({ ref }: NodeFacts, answer: KubeletAnswer): void {
    const { name } = ref;
    const wasRefused = refusers.size > 0;
    if (answer === REFUSED) refusers.add(name);
    else refusers.delete(name);
    if (wasRefused !== refusers.size > 0) onDirty(CLUSTER_KEY);
    if (isDeepStrictEqual(answers.get(name), answer)) return;
    answers.set(name, answer);
    onDirty(keyOfRef(ref));
  }

  async function ask(node: NodeFacts): Promise<void> {
    askedAtMs.set(node.ref.name, timers.now());
    const answer = await answerOf(node, options);
    if (answer !== undefined && !signal.aborted) note(node, answer);
  }

  function forget(known: ReadonlySet<string>): void {
    for (const name of askedAtMs.keys()) {
      if (known.has(name)) continue;
      for (const kept of [askedAtMs, answers, refusers]) kept.delete(name);
    }
  }

  async function round(): Promise<void> {
    const all = [...nodes()];
    forget(new Set(all.map(({ ref }) => ref.name)));
    const due = all.filter(({ ref }) => timers.now() - (askedAtMs.get(ref.name) ?? -Infinity) >= ASK_AGAIN_MS);
    for (let at = 0; at < due.length && !signal.aborted; at += AT_A_TIME) {
      await Promise.all(due.slice(at, at + AT_A_TIME).map(ask));
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await round();
      endFirstRound();
      await timers.sleep(TICK_MS, signal);
    }
    endFirstRound();
  }

  void run();
  return {
    firstRound,
    // What every kubelet refuses is said once, of the Cluster.
    of: (node) => (refusers.has(node) ? undefined : answers.get(node)),
    refused: () => (refusers.size > 0 ? REFUSED : undefined),
  };
}

const unanswered = (message: string): Undecided => ({ reason: 'NotProvided', message });

/** Undefined if the signal came first. */
async function answerOf(node: NodeFacts, { read, signal }: KubeletPollingOptions): Promise<KubeletAnswer | undefined> {
  const address = addressOf(node);
  if (address === undefined) return unanswered('the node has no internal address at which its kubelet could be asked');
  try {
    const config = await read(address, signal);
    if (typeof config !== 'object' || config === null)
      return unanswered('the kubelet answered without a configuration');
    return { config: pick(Object.fromEntries(Object.entries(config)), KUBELET_FIELDS) };
  } catch (error) {
    return signal.aborted ? undefined : failureOf(error);
  }
}

function addressOf({ ref, addresses, kubeletPort }: NodeFacts): KubeletAddress | undefined {
  const host = addresses.find(({ type }) => type === 'InternalIP')?.address;
  return host === undefined ? undefined : { node: ref.name, host, port: kubeletPort };
}

/** In words that do not change from one attempt to the next. */
function failureOf(error: unknown): Undecided {
  if (error instanceof ApiError) {
    if (error.code === 'Forbidden' || error.code === 'Unauthorized') return REFUSED;
    return unanswered('the kubelet answered with an error');
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|SIGNATURE|SSL|TLS/.test(code)
    ? unanswered('the certificate of the kubelet is not signed by the cluster; see --kubelet-insecure-tls')
    : unanswered('the kubelet cannot be reached');
}
