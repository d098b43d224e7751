import assert from 'node:assert/strict';
import { createRestoration } from '../../../src/controllers/restoration.ts';
import { subjectKey, type SubjectKey } from '../../../src/inventory/subject-key.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const API = subjectKey('apps', 'Deployment', 'shop', 'api');

/** A restoration whose pauses end when the test says so. */
function restoration(signal = new AbortController().signal): {
  readonly restored: SubjectKey[];
  readonly onDeleted: (subject: SubjectKey) => void;
  readonly pass: () => Promise<void>;
} {
  const restored: SubjectKey[] = [];
  const pauses: (() => void)[] = [];
  const sleep = (): Promise<void> => new Promise((resolve) => pauses.push(resolve));
  const { onDeleted } = createRestoration((subject) => restored.push(subject), { sleep }, signal);
  return {
    restored,
    onDeleted,
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
});
