import { parentPort, workerData } from 'node:worker_threads';
import type { Job, WorkerStart } from './protocol.ts';
import { progressIn } from './protocol.ts';
import { worker } from './work.ts';

/**
 * The thread in which expressions run. It has no environment and opens nothing; but the library reads properties of its own
 * timestamps by the names that an expression computes, and `__proto__` must lead from there to nothing.
 */
Reflect.deleteProperty(Object.prototype, '__proto__');

const { progress, ...start } = workerData as WorkerStart;
const work = worker(start, progressIn(progress));
parentPort?.on('message', (job: Job) => parentPort?.postMessage(work(job)));
parentPort?.postMessage({ type: 'ready' });
