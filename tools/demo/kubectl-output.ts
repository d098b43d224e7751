/** The objects in what `kubectl get --output=json` prints: a list, or for one object that object, or nothing for none. */
export function objectsIn(printed: string): readonly unknown[] {
  if (printed.trim() === '') return [];
  const parsed = JSON.parse(printed) as object;
  return 'items' in parsed && Array.isArray(parsed.items) ? parsed.items : [parsed];
}
