const PREFIX = 'unnamed-';

/** What a container is called that has no name: the first of them, `unnamed-1`. */
export const standInName = (index: number): string => `${PREFIX}${index + 1}`;

/** The index of the container that is called so, or that of an item that is called by its index; undefined for other names. */
export function indexIn(name: string): number | undefined {
  const isStandIn = name.startsWith(PREFIX);
  const digits = isStandIn ? name.slice(PREFIX.length) : name;
  return /^\d{1,6}$/.test(digits) ? Number(digits) - (isStandIn ? 1 : 0) : undefined;
}
