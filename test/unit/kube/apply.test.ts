import assert from 'node:assert/strict';
import { applyObject, deleteObject } from '../../../src/kube/apply.ts';
import { createEvent, type NewEvent } from '../../../src/kube/events.ts';
import { clientFor, inTurn, json, refusal, startFakeServer, type Answer, type FakeServer } from './fake-server.ts';

const WIDGETS = { group: 'example.com', version: 'v1', resource: 'widgets', kind: 'Widget', namespaced: true };
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';

describe('Writing', () => {
  let server: FakeServer | undefined;
  afterEach(async () => server?.close());

  async function start(...steps: readonly Answer[]): Promise<ReturnType<typeof clientFor>> {
    server = await startFakeServer(inTurn(...steps));
    return clientFor(server);
  }

  it('applies an object as its only author, strictly, and answers what it has become', async () => {
    const stored = { metadata: { uid: 'u', resourceVersion: '7', managedFields: [] } };
    const client = await start(json(200, stored));
    const object = { metadata: { name: 'a', namespace: 'shop' }, spec: { size: 1 } };
    const applied = await applyObject(client, WIDGETS, object, { fieldManager: 'plimsoll' });
    const [request] = server?.requests ?? [];
    const sizeBytes = Buffer.byteLength(request?.body ?? '');
    assert.deepEqual(applied, { uid: 'u', resourceVersion: '7', result: 'applied', sizeBytes });
    assert.equal(request?.method, 'PATCH');
    assert.equal(request.path, '/apis/example.com/v1/namespaces/shop/widgets/a');
    assert.deepEqual(request.query, { fieldManager: 'plimsoll', force: 'true', fieldValidation: 'Strict' });
    assert.equal(request.headers['content-type'], 'application/apply-patch+yaml');
    assert.equal(request.headers.accept, METADATA_ONLY);
    assert.deepEqual(JSON.parse(request.body), { ...object, apiVersion: 'example.com/v1', kind: 'Widget' });
  });

  it('deletes the object with that uid only', async () => {
    const client = await start(json(200, {}));
    await deleteObject(client, WIDGETS, { namespace: 'shop', name: 'a' }, { uid: 'u', propagation: 'Background' });
    assert.equal(server?.requests[0]?.method, 'DELETE');
    assert.deepEqual(JSON.parse(server.requests[0].body), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid: 'u' },
      propagationPolicy: 'Background',
    });
  });

  it('takes an object that is gone for deleted', async () => {
    const client = await start(refusal(404, 'NotFound'));
    await deleteObject(client, WIDGETS, { name: 'a' });
  });

  it('says so when another object of that name is there', async () => {
    const client = await start(refusal(409, 'Conflict'));
    await assert.rejects(deleteObject(client, WIDGETS, { name: 'a' }, { uid: 'u' }), { code: 'Conflict' });
  });

  const EVENT: NewEvent = {
    regarding: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u' },
    type: 'Warning',
    reason: 'NewFinding',
    action: 'Judge',
    note: 'privileged',
    reportingController: 'plimsoll.dev/operator',
    reportingInstance: 'plimsoll-0',
    eventTime: new Date('2026-01-31T12:00:00Z'),
  };

  it('writes an event beside the object that it regards', async () => {
    const client = await start(json(201, {}));
    await createEvent(client, EVENT);
    const [request] = server?.requests ?? [];
    assert.equal(request?.path, '/apis/events.k8s.io/v1/namespaces/shop/events');
    const { metadata, ...event } = JSON.parse(request.body) as { metadata: { name: string; namespace: string } };
    assert.match(metadata.name, /^web\.[0-9a-f]{16}$/);
    assert.equal(metadata.namespace, 'shop');
    assert.deepEqual(event, {
      ...EVENT,
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      eventTime: '2026-01-31T12:00:00.000000Z',
    });
  });

  it('writes an event on a cluster-scoped object with any name into the default namespace', async () => {
    const client = await start(json(201, {}));
    const regarding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'System:Ä/_:' };
    await createEvent(client, { ...EVENT, regarding });
    const [request] = server?.requests ?? [];
    assert.equal(request?.path, '/apis/events.k8s.io/v1/namespaces/default/events');
    assert.match(request.body, /"name":"system\.[0-9a-f]{16}"/);
  });

  const notes: readonly (readonly [name: string, note: string, bytes: number])[] = [
    ['leaves a note that fits', 'ü'.repeat(512), 1024],
    ['cuts a note of ASCII', 'x'.repeat(2000), 1024],
    ['cuts a note between characters', `xx${'😀'.repeat(500)}`, 1024 - 3],
  ];
  for (const [name, note, bytes] of notes) {
    it(name, async () => {
      const client = await start(json(201, {}));
      await createEvent(client, { ...EVENT, note });
      const { note: written } = JSON.parse(server?.requests[0]?.body ?? '') as { note: string };
      assert.ok(Buffer.byteLength(written) <= 1024);
      assert.equal(Buffer.byteLength(written), bytes);
      assert.ok(!written.includes('\ufffd'));
      assert.ok(note.startsWith(written.replace(/…$/, '')));
    });
  }
});
