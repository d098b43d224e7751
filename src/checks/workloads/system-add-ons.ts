import { SYSTEM_ADD_ONS } from '../tables/system-add-ons.ts';

/**
 * Whether a workload is a known part of a cluster, by its name and by one of its images. This tells a tidy cluster from an
 * untidy one, and no friend from foe: whoever may create workloads in a system namespace can call them so.
 */
export function isSystemAddOn(name: string, repositories: readonly string[]): boolean {
  return SYSTEM_ADD_ONS.some(
    (addOn) =>
      addOn.names.some((pattern) => matches(name, pattern)) &&
      addOn.images.some((word) => repositories.some((repository) => repository.includes(word))),
  );
}

/** A star stands for any letters, at either end. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return name === pattern;
  const [middle] = parts.slice(1, -1);
  return name.startsWith(first) && name.endsWith(last) && (middle === undefined || name.includes(middle));
}
