import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.ts';

/** Where programs that tests need are kept, by what they are for: outside of the checkout, so that it may come and go. */
export function cacheFolder(env: Environment, purpose: string): string {
  const caches = env['XDG_CACHE_HOME'];
  const base = caches === undefined || caches === '' ? join(env['HOME'] ?? homedir(), '.cache') : caches;
  return join(base, 'plimsoll', purpose);
}
