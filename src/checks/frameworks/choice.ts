import { cisFor } from './cis/index.ts';
import type { Framework } from './framework.ts';
import { FRAMEWORK_NAMES, frameworksAt } from './index.ts';

/** What a word other than a name stands for, on a server of a minor. */
const WORDS: Readonly<Record<string, (serverMinor: number) => readonly string[]>> = {
  // Both levels of the standards that Kubernetes itself enforces, the benchmark that fits, and each guide in its one version.
  default: (serverMinor) => [
    'pod-security-baseline',
    'pod-security-restricted',
    cisFor(serverMinor),
    'nsa-1.2',
    'kubecon-2020',
  ],
  cis: (serverMinor) => [cisFor(serverMinor)],
  all: () => FRAMEWORK_NAMES,
  none: () => [],
};

/** Every word that chooses frameworks: the names, and `default`, `cis` (the benchmark that fits the server), `all`, `none`. */
export const FRAMEWORK_WORDS: readonly string[] = [...Object.keys(WORDS), ...FRAMEWORK_NAMES];

/** The frameworks that words choose, in the order of the list of all; those of Pod Security at a policy version. */
export function chooseFrameworks(
  words: readonly string[],
  serverMinor: number,
  podSecurityMinor: number,
): readonly Framework[] {
  const names = new Set(words.flatMap((word) => WORDS[word]?.(serverMinor) ?? [word]));
  return frameworksAt(podSecurityMinor).filter(({ name }) => names.has(name));
}
