import assert from 'node:assert/strict';
import { startElection, type Election, type ElectionOptions } from '../../../src/kube/lease.ts';
import {
  clientFor,
  hastyTimers,
  json,
  refusal,
  reset,
  silent,
  startFakeServer,
  until,
  type Answer,
  type FakeServer,
} from './fake-server.ts';

const PATH = '/apis/coordination.k8s.io/v1/namespaces/plimsoll-system/leases';

interface StoredLease {
  metadata: { name: string; resourceVersion: string };
  spec: { holderIdentity?: string; renewTime?: string; leaseTransitions?: number; leaseDurationSeconds?: number };
}

/** What the API server does with one Lease: it refuses writes to what is not any more as it was read. */
function createLeaseServer(): {
  lease: StoredLease | undefined;
  writes: number;
  fault: Answer | undefined;
  readonly answer: Answer;
} {
  const state: ReturnType<typeof createLeaseServer> = {
    lease: undefined,
    writes: 0,
    fault: undefined,
    answer(response, request) {
      const { lease, fault } = state;
      if (fault !== undefined) return fault(response, request);
      if (request.method === 'GET')
        return (lease === undefined ? refusal(404, 'NotFound') : json(200, lease))(response, request);
      const sent = JSON.parse(request.body) as StoredLease;
      if (request.method === 'POST' && lease !== undefined) return refusal(409, 'AlreadyExists')(response, request);
      if (request.method === 'PUT' && lease === undefined) return refusal(404, 'NotFound')(response, request);
      if (request.method === 'PUT' && sent.metadata.resourceVersion !== lease?.metadata.resourceVersion) {
        return refusal(409, 'Conflict')(response, request);
      }
      state.writes++;
      state.lease = { ...sent, metadata: { ...sent.metadata, resourceVersion: String(state.writes) } };
      return json(200, state.lease)(response, request);
    },
  };
  return state;
}

interface Candidate {
  readonly election: Election;
  readonly told: string[];
  readonly stop: () => Promise<void>;
}

describe('The election', () => {
  let server: FakeServer;
  let api: ReturnType<typeof createLeaseServer>;
  let nowMs: number;
  const candidates: Candidate[] = [];

  beforeEach(async () => {
    api = createLeaseServer();
    server = await startFakeServer(api.answer);
    nowMs = 0;
  });
  afterEach(async () => {
    api.fault = undefined;
    for (const candidate of candidates.splice(0)) await candidate.stop();
    await server.close();
  });

  function stand(identity: string, hooks: Partial<ElectionOptions['hooks']> = {}): Candidate {
    const told: string[] = [];
    const ends = new AbortController();
    const client = clientFor(server);
    const timers = hastyTimers({ now: () => nowMs, wallMs: () => Date.parse('2026-01-31T12:00:00Z') + nowMs });
    const election = startElection({
      client,
      namespace: 'plimsoll-system',
      name: 'plimsoll',
      identity,
      timers,
      logger: silent,
      signal: ends.signal,
      hooks: {
        onStarted: (previous) => void told.push(`started ${previous?.renewTime.toISOString() ?? 'first'}`),
        onStopped: (reason) => void told.push(`stopped ${reason}`),
        onNewLeader: (leader) => void told.push(`sees ${leader}`),
        ...hooks,
      },
    });
    const candidate = {
      election,
      told,
      async stop() {
        ends.abort();
        await election.done;
        await client.close();
      },
    };
    candidates.push(candidate);
    return candidate;
  }

  async function lead(identity: string): Promise<Candidate> {
    const candidate = stand(identity);
    await until(() => candidate.election.isLeader());
    return candidate;
  }

  /** Lets the candidates try a few times more. */
  async function rounds(count = 6): Promise<void> {
    const { length } = server.requests;
    await until(() => server.requests.length >= length + count);
  }

  it('is won by the only candidate, who creates the lease', async () => {
    const { told } = await lead('a');
    assert.deepEqual(told, ['sees a', 'started first']);
    assert.equal(api.lease?.spec.holderIdentity, 'a');
    assert.equal(api.lease.spec.leaseDurationSeconds, 15);
    assert.equal(api.lease.spec.renewTime, '2026-01-31T12:00:00.000000Z');
    assert.equal(server.requests[1]?.path, PATH);
  });

  it('costs the leader one write per renewal and no reads', async () => {
    await lead('a');
    await rounds();
    const methods = server.requests.slice(2).map(({ method }) => method);
    assert.deepEqual([...new Set(methods)], ['PUT']);
  });

  it('tells of a renewal for which the lease had to be read, as somebody else had written it', async () => {
    const { election, told } = stand('a', { onSlowRenewal: () => void told.push('slow') });
    await until(() => election.isLeader());
    assert.ok(api.lease !== undefined);
    api.lease = { ...api.lease, metadata: { ...api.lease.metadata, resourceVersion: 'touched' } };
    await rounds();
    assert.deepEqual(told, ['sees a', 'started first', 'slow']);
  });

  it('is lost by whoever finds the lease held and renewed', async () => {
    const first = await lead('a');
    const second = stand('b');
    for (let seconds = 0; seconds < 60; seconds += 5) {
      nowMs = seconds * 1000;
      await rounds(8);
    }
    assert.deepEqual(first.told, ['sees a', 'started first']);
    assert.deepEqual(second.told, ['sees a']);
    assert.equal(second.election.isLeader(), false);
    assert.equal(api.lease?.spec.holderIdentity, 'a');
  });

  it('passes the lease on at once when the leader ends, with the time of its last renewal', async () => {
    const first = await lead('a');
    nowMs = 60_000;
    await rounds();
    await first.stop();
    assert.equal(first.told.at(-1), 'stopped released');
    assert.equal(api.lease?.spec.holderIdentity, '');
    assert.equal(first.election.isLeader(), false);
    const second = await lead('b');
    assert.deepEqual(second.told, ['sees b', 'started 2026-01-31T12:01:00.000Z']);
    assert.equal(api.lease.spec.leaseTransitions, 1);
  });

  it('keeps the lease until the leader has put down its work', async () => {
    const work = Promise.withResolvers<void>();
    const first = stand('a', { onStopped: () => work.promise });
    await until(() => first.election.isLeader());
    const stopped = first.stop();
    const second = stand('b');
    await rounds();
    assert.equal(second.election.isLeader(), false);
    work.resolve();
    await stopped;
    await until(() => second.election.isLeader());
  });

  it('is won from a leader that has died only after the lease has not changed for its duration, whatever its times say', async () => {
    api.lease = {
      metadata: { name: 'plimsoll', resourceVersion: '0' },
      spec: {
        holderIdentity: 'dead',
        leaseDurationSeconds: 15,
        renewTime: '2020-01-01T00:00:00.000000Z',
        leaseTransitions: 3,
      },
    };
    const { election, told } = stand('a');
    await rounds();
    nowMs = 14_999;
    await rounds();
    assert.equal(election.isLeader(), false);
    nowMs = 15_000;
    await until(() => election.isLeader());
    assert.deepEqual(told, ['sees dead', 'sees a', 'started 2020-01-01T00:00:00.000Z']);
    assert.equal(api.lease.spec.leaseTransitions, 4);
  });

  it('survives failures that are shorter than the deadline', async () => {
    const { election, told } = await lead('a');
    api.fault = reset;
    nowMs = 9_000;
    await rounds();
    assert.equal(election.isLeader(), true);
    api.fault = undefined;
    await rounds();
    assert.deepEqual(told, ['sees a', 'started first']);
  });

  it('is lost when the lease cannot be renewed in time, and stood for again', async () => {
    const { election, told } = await lead('a');
    api.fault = refusal(500, 'InternalError');
    nowMs = 10_000;
    await until(() => told.includes('stopped lost'));
    assert.equal(election.isLeader(), false);
    api.fault = undefined;
    await until(() => election.isLeader());
  });

  it('is lost at once when somebody else has taken the lease', async () => {
    const { told } = await lead('a');
    assert.ok(api.lease !== undefined);
    api.lease = {
      metadata: { ...api.lease.metadata, resourceVersion: 'x' },
      spec: { holderIdentity: 'b', leaseDurationSeconds: 15 },
    };
    await until(() => told.includes('stopped lost'));
    assert.ok(told.includes('sees b'));
  });

  it('is kept when the lease is deleted or edited under the leader', async () => {
    const { election, told } = await lead('a');
    api.lease = undefined;
    await until(() => api.lease?.spec.holderIdentity === 'a');
    assert.ok(api.lease !== undefined);
    (api.lease as StoredLease).metadata.resourceVersion = 'edited';
    await rounds();
    assert.equal(election.isLeader(), true);
    assert.deepEqual(
      told.filter((line) => line.startsWith('stopped')),
      [],
    );
  });

  it('is kept until the deadline when writes to our own lease are refused as outdated', async () => {
    const { election, told } = await lead('a');
    api.fault = (response, request) =>
      (request.method === 'GET' ? json(200, api.lease) : refusal(409, 'Conflict'))(response, request);
    await rounds();
    assert.equal(election.isLeader(), true);
    nowMs = 10_000;
    await until(() => told.includes('stopped lost'));
  });

  it('does not let a process that was frozen take itself for the leader', async () => {
    const { election } = await lead('a');
    api.fault = () => {};
    nowMs = 15_000;
    assert.equal(election.isLeader(), false);
  });
});
