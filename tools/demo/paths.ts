import { join } from 'node:path';

/** The top of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** The sample workloads. */
export const SHOP = 'config/samples/shop';

/** Everything that an installation of Plimsoll consists of. */
export const INSTALLATION = 'manifests/install.yaml';

/** A path of the repository, for programs that run elsewhere. */
export function inRepository(path: string): string {
  return join(ROOT, path);
}
