import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daemonGroup, DaemonEndedError } from '../../cluster/daemon-group.ts';
import { lastLines, startDaemon } from '../../cluster/daemon.ts';
import { eventually } from '../../cluster/eventually.ts';
import { useTempFolder } from './temp-folder.ts';

const RUNS_ON = 'setInterval(() => {}, 1000); console.log("started")';
const IGNORES_SIGTERM = `process.on("SIGTERM", () => {}); ${RUNS_ON}`;

describe('A daemon', () => {
  const folder = useTempFolder();
  const start = (script: string): ReturnType<typeof startDaemon> =>
    startDaemon({ command: process.execPath, args: ['-e', script], logPath: join(folder(), 'log') });
  const hasStarted = async (): Promise<true> =>
    eventually('it has started', () => lastLines(join(folder(), 'log')) === 'started');

  it('is ended by SIGTERM', async () => {
    const daemon = start(RUNS_ON);
    await hasStarted();
    await daemon.stop(10_000);
    assert.equal(daemon.ending(), 'signal SIGTERM');
  });

  it('is ended by SIGKILL when it does not heed SIGTERM', async () => {
    const daemon = start(IGNORES_SIGTERM);
    await hasStarted();
    await daemon.stop(10);
    assert.equal(daemon.ending(), 'signal SIGKILL');
  });

  it('may be stopped again when it has ended', async () => {
    const daemon = start('process.exit(3)');
    await eventually('it has ended', () => daemon.ending() !== undefined);
    await daemon.stop(10);
    assert.equal(daemon.ending(), 'exit code 3');
  });

  it('that is not there has ended, and says so', async () => {
    const daemon = startDaemon({ command: join(folder(), 'missing'), args: [], logPath: join(folder(), 'log') });
    await eventually('it has ended', () => daemon.ending() !== undefined);
    assert.match(daemon.ending() ?? '', /ENOENT/);
    await daemon.stop(10);
  });

  it('appends to its log', async () => {
    writeFileSync(join(folder(), 'log'), 'of the first run\n');
    const daemon = start('console.log("of the second run")');
    await eventually('it has ended', () => daemon.ending() !== undefined);
    assert.equal(lastLines(join(folder(), 'log')), 'of the first run\nof the second run');
  });
});

describe('A group of daemons', () => {
  const folder = useTempFolder();

  it('verifies as long as all of them run, and then names the one that ended with the end of its log', async () => {
    const group = daemonGroup(folder());
    group.start('steady', process.execPath, ['-e', RUNS_ON]);
    group.verify();
    group.start('hasty', process.execPath, ['-e', 'console.error("port is taken"); process.exit(1)']);
    await eventually('one has ended', () => !group.allRun());
    assert.throws(
      () => group.verify(),
      (error) => {
        assert.ok(error instanceof DaemonEndedError);
        assert.equal(error.logTail, 'port is taken');
        assert.match(error.message, /^hasty ended \(exit code 1\)/);
        return true;
      },
    );
    await group.stop();
  });

  it('starts nothing any more once it was stopped', async () => {
    const group = daemonGroup(folder());
    group.start('one', process.execPath, ['-e', RUNS_ON]);
    await group.stop();
    assert.deepEqual(group.pids(), []);
    assert.throws(() => group.start('two', process.execPath, []), /two is not started/);
  });
});
