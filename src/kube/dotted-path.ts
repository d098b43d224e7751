const known = new Map<string, readonly string[]>();

/**
 * The names in a path like `metadata.labels`. They are remembered for good: a path is written in the program, not read from an
 * object, and the same few hundred are asked of every object.
 */
export function namesIn(path: string): readonly string[] {
  const remembered = known.get(path);
  if (remembered !== undefined) return remembered;
  const names = path.split('.');
  known.set(path, names);
  return names;
}
