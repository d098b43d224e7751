/** Set by the bundler: the file, beside the command, that this becomes. */
declare const PLIMSOLL_CUSTOM_WORKER: string | undefined;

/** Chunks of the bundle are in a folder beside the command. */
const CHUNK = /\/chunks\/[^/]+$/;

/** The file that the thread runs: a source, or what the bundler makes of it. */
export function workerUrl(): URL {
  const here = import.meta.url;
  if (typeof PLIMSOLL_CUSTOM_WORKER !== 'string') return new URL('./main.ts', here);
  return new URL(`${CHUNK.test(here) ? '..' : '.'}/${PLIMSOLL_CUSTOM_WORKER}`, here);
}
