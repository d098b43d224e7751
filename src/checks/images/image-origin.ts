import type { ImageReference } from './image-reference.ts';

/** Lower case, as registries are called; a name alone is a host only if it looks like one (or is `localhost`). */
const HOST = /^(?:localhost|(?=[^/]*[.:])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?$/;
const PATH = /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/;

/** Whether a text names a registry by its host, with its port if it has one, or a path below it: `ghcr.io/team/`. */
export function isOrigin(text: string): boolean {
  const [host, path] = splitOrigin(text);
  return HOST.test(host) && (path === '' || PATH.test(path));
}

/**
 * Whether an image comes from an origin. Hosts are compared whole, or `evil-ghcr.io` would pass for `ghcr.io`, and paths by
 * whole segments.
 */
export function comesFrom({ registry, repository }: ImageReference, origin: string): boolean {
  const [host, path] = splitOrigin(origin);
  if (registry.toLowerCase() !== host) return false;
  return path === '' || repository === path || repository.startsWith(`${path}/`);
}

function splitOrigin(origin: string): readonly [host: string, path: string] {
  const slash = origin.indexOf('/');
  if (slash === -1) return [origin, ''];
  return [origin.slice(0, slash), origin.slice(slash + 1).replace(/\/$/, '')];
}
