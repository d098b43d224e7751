import assert from 'node:assert/strict';
import { createRestoration } from '../../../src/controllers/restoration.ts';
import { subjectKey, type SubjectKey } from '../../../src/inventory/subject-key.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const API = subjectKey('apps', 'Deployment', 'shop', 'api');

/** A restoration whose pauses end when the test says so. */
function restoration(isThere: (subject: SubjectKey) => boolean = () => true): {
  readonly restored: SubjectKey[];
  readonly onDeleted: (subject: SubjectKey) => void;
  readonly held: () => readonly SubjectKey[];
  readonly pass: () => Promise<void>;
} {
  const restored: SubjectKey[] = [];
  const pauses: (() => void)[] = [];
  const sleep = (): Promise<void> => new Promise((resolve) => pauses.push(resolve));
  const { signal } = new AbortController();
  const restore = (subject: SubjectKey): void => void restored.push(subject);
  const { onDeleted, isHeld, held } = createRestoration({ restore, isThere, timers: { sleep }, signal });
  return {
    restored,
    onDeleted,
    held() {
      assert.deepEqual([...held()], [WEB, API].filter(isHeld));
      return [...held()];
    },
    async pass() {
      pauses.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('Bringing deleted reports back', () => {
  it('waits for a pause, and does it once', async () => {
    const { restored, onDeleted, pass } = restoration();
    onDeleted(WEB);
    assert.deepEqual(restored, []);
    await pass();
    assert.deepEqual(restored, [WEB]);
    await pass();
    assert.deepEqual(restored, [WEB]);
  });

  it('waits on while more are deleted', async () => {
    const { restored, onDeleted, pass } = restoration();
    onDeleted(WEB);
    await Promise.resolve();
    onDeleted(API);
    await pass();
    assert.deepEqual(restored, []);
    await pass();
    assert.deepEqual(restored, [WEB, API]);
  });

  it('begins anew with the next deletion', async () => {
    const { restored, onDeleted, pass } = restoration();
    onDeleted(WEB);
    await pass();
    onDeleted(API);
    await pass();
    assert.deepEqual(restored, [WEB, API]);
  });

  it('holds a subject until then, and no longer', async () => {
    const { held, onDeleted, pass } = restoration();
    assert.deepEqual(held(), []);
    onDeleted(WEB);
    assert.deepEqual(held(), [WEB]);
    await pass();
    assert.deepEqual(held(), []);
  });

  it('holds no subject that is gone itself', () => {
    const gone = new Set<SubjectKey>();
    const { held, onDeleted } = restoration((subject) => !gone.has(subject));
    onDeleted(WEB);
    onDeleted(API);
    gone.add(WEB);
    assert.deepEqual(held(), [API]);
  });

  it('brings them back after a minute where something is always deleted', async () => {
    const { restored, onDeleted, pass } = restoration();
    onDeleted(WEB);
    for (let pause = 1; pause < 12; pause += 1) {
      onDeleted(WEB);
      await pass();
    }
    assert.deepEqual(restored, []);
    onDeleted(API);
    await pass();
    assert.deepEqual(restored, [WEB, API]);
  });
});
