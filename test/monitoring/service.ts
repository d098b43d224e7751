import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { daemonGroup, DaemonEndedError, type DaemonGroup } from '../cluster/daemon-group.ts';
import { eventually } from '../cluster/eventually.ts';
import { freePort } from '../cluster/free-port.ts';
import { endWithThisProcess } from '../cluster/lifetime.ts';

const READY_TIMEOUT_MS = 60_000;

/** A server of Prometheus' family, with a folder of its own. */
export interface Service {
  /** Of its API, on loopback. */
  readonly url: string;
  /** Stop it, do `whileDown`, and start it on the same port with the same data; resolves when it is ready again. */
  readonly restart: (whileDown?: () => Promise<void>) => Promise<void>;
  /** End the process and remove the files. May be called more than once. */
  readonly stop: () => Promise<void>;
}

interface ServiceOptions {
  /** For its log and for messages. */
  readonly name: string;
  readonly program: string;
  /** Files that it reads, by their names in its folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: (folder: string, address: string) => readonly string[];
}

/** Start a server and wait until it is ready; throws with the end of its log if it ends. It does not outlive this process. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), `plimsoll-${options.name}-`));
  for (const [name, content] of Object.entries(options.files)) writeFileSync(join(folder, name), content);
  const daemons = daemonGroup(folder);

  const removeFiles = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const kill = (): void => {
    daemons.kill();
    removeFiles();
  };
  const stop = async (): Promise<void> => {
    await daemons.stop();
    release();
    removeFiles();
  };
  const release = endWithThisProcess({ stop, kill, handleSignals: true });

  const start = async (port: number): Promise<void> => {
    const address = `127.0.0.1:${port}`;
    const inItsFolder = [`--chdir=${dirname(options.program)}`, options.program];
    daemons.start(options.name, 'env', [...inItsFolder, ...options.args(folder, address)]);
    await untilReady(options.name, `http://${address}`, daemons);
  };
  try {
    const port = await onFreePort(start);
    const restart: Service['restart'] = async (whileDown) => {
      await daemons.stopOne(options.name);
      await whileDown?.();
      await start(port);
    };
    return { url: `http://127.0.0.1:${port}`, restart, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Somebody may take the port between its choice and its use; then another one is tried. Answers the port. */
async function onFreePort(start: (port: number) => Promise<void>): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      await start(port);
      return port;
    } catch (error) {
      const portWasTaken = error instanceof DaemonEndedError && error.logTail.includes('address already in use');
      if (!portWasTaken || attempt === 5) throw error;
    }
  }
}

async function untilReady(name: string, url: string, daemons: DaemonGroup): Promise<void> {
  const isReadyOrGone = async (): Promise<boolean> => !daemons.allRun() || (await fetch(`${url}/-/ready`)).ok;
  await eventually(`${name} is ready`, isReadyOrGone, { timeoutMs: READY_TIMEOUT_MS });
  daemons.verify();
}
