/** One more or one less of a key. A key of which there is none takes no memory. */
export function count<Key>(counts: Map<Key, number>, key: Key, sign: 1 | -1): void {
  const next = (counts.get(key) ?? 0) + sign;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
