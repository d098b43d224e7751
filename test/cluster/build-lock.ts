import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 5_000;
/** Six missed heartbeats: the owner is gone, though its process id may live on as somebody else or be out of sight. */
const STALE_AFTER_MS = 6 * HEARTBEAT_MS;
const POLL_MS = 200;

interface Locked<T> {
  readonly path: string;
  /** Called once if the lock is not free, with the process id of its owner. */
  readonly onWait: (pid: number) => void;
  readonly work: () => Promise<T>;
}

/**
 * Do something that only one process should do at a time. The lock is a file with its owner's process id, touched while
 * it is held; that of an owner who died is taken over. In a race for a dead owner's lock two may win: use it only to
 * spare work, where the work done twice does no harm.
 */
export async function withLock<T>({ path, onWait, work }: Locked<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  for (let hasWaited = false; !(await acquire(path)); hasWaited = true) {
    if (await isStale(path)) {
      await discard(path);
      continue;
    }
    if (!hasWaited) onWait(await ownerOf(path));
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // Somebody who took the lock for stale may have removed it: then there is nothing to keep alive.
    utimes(path, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  try {
    await using file = await open(path, 'wx');
    await file.writeFile(`${process.pid}\n`);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** By another name first, so that of two who find it stale only one removes it. */
async function discard(path: string): Promise<void> {
  const discarded = `${path}.${randomUUID()}`;
  try {
    await rename(path, discarded);
    await rm(discarded);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs > STALE_AFTER_MS || !isAlive(await ownerOf(path));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function ownerOf(path: string): Promise<number> {
  return Number.parseInt(await readFile(path, 'utf8'), 10);
}

/** NaN, of a lock that was just made and not yet written, counts as alive. */
function isAlive(pid: number): boolean {
  if (Number.isNaN(pid)) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
