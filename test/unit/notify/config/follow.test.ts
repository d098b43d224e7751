import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotifyConfig } from '../../../../src/notify/config/config.ts';
import { followNotifyConfig } from '../../../../src/notify/config/follow.ts';
import { loadNotifyConfig } from '../../../../src/notify/config/load.ts';
import { virtualTimers } from '../../../support/virtual-timers.ts';
import { recordingLogger } from '../queue/recording-logger.ts';
import { folderForEach } from './folder.ts';

const folder = folderForEach();

/** A Secret as the kubelet mounts it: each version a folder of its own, to which ..data is switched in one step. */
function mount(version: number, files: Readonly<Record<string, string>>): string {
  const root = folder.path();
  mkdirSync(join(root, `..v${version}`));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, `..v${version}`, name), content);
  symlinkSync(`..v${version}`, join(root, '..data_tmp'));
  renameSync(join(root, '..data_tmp'), join(root, '..data'));
  rmSync(join(root, `..v${version - 1}`), { recursive: true, force: true });
  const path = join(root, 'config.yaml');
  if (version === 1) symlinkSync(join('..data', 'config.yaml'), path);
  return path;
}

const CONFIG = 'targets: [{ name: ops, type: slack, urlFile: url }]';
const url = (name: string): string => `https://receiver.example/${name}`;

describe('settings that change', () => {
  function follow(path: string): {
    readonly seen: readonly NotifyConfig[];
    readonly logged: readonly string[];
    readonly poll: () => Promise<void>;
    readonly stop: () => Promise<void>;
  } {
    const seen: NotifyConfig[] = [];
    const timers = virtualTimers();
    const { logger, logged } = recordingLogger();
    const stop = new AbortController();
    const onConfig = (config: NotifyConfig): void => void seen.push(config);
    const done = followNotifyConfig({
      path,
      loaded: loadNotifyConfig(path),
      onConfig,
      signal: stop.signal,
      timers,
      logger,
    });
    return {
      seen,
      logged,
      poll: () => timers.advance(10_000),
      stop: async () => {
        stop.abort();
        await done;
      },
    };
  }

  it('are handed over when the mounted Secret is switched, also if only a file beside them is another', async () => {
    const followed = follow(mount(1, { 'config.yaml': CONFIG, url: url('one') }));
    await followed.poll();
    assert.equal(followed.seen.length, 0);
    mount(2, { 'config.yaml': CONFIG, url: url('two') });
    await followed.poll();
    await followed.poll();
    assert.deepEqual(
      followed.seen.map(({ targets }) => targets[0]?.url),
      [url('two')],
    );
    assert.deepEqual(followed.logged, ['info notifications have new settings']);
    await followed.stop();
  });

  it('that are bad leave things as they were, and are told of once', async () => {
    const followed = follow(mount(1, { 'config.yaml': CONFIG, url: url('one') }));
    const path = join(folder.path(), 'config.yaml');
    mount(2, { 'config.yaml': 'targets: [{ name: ops, type: slak, urlFile: url }]', url: url('T0PSECRET') });
    await followed.poll();
    await followed.poll();
    mount(3, { 'config.yaml': CONFIG });
    await followed.poll();
    assert.equal(followed.seen.length, 0);
    assert.deepEqual(followed.logged, [
      `error notifications keep their settings: the new ones are bad ${path}: targets[0].type must be one of webhook, slack, teams, alertmanager`,
      `error notifications keep their settings: the new ones are bad ${path}: targets[0].urlFile names url, which does not exist`,
    ]);
    mount(4, { 'config.yaml': CONFIG, url: url('four') });
    await followed.poll();
    assert.equal(followed.seen[0]?.targets[0]?.url, url('four'));
    await followed.stop();
  });

  it('back to what they were are nothing new', async () => {
    const followed = follow(mount(1, { 'config.yaml': CONFIG, url: url('one') }));
    mount(2, { 'config.yaml': 'targets: 7' });
    await followed.poll();
    mount(3, { 'config.yaml': CONFIG, url: url('one') });
    await followed.poll();
    assert.equal(followed.seen.length, 0);
    await followed.stop();
  });
});
