/** A time as Kubernetes writes a MicroTime: `2026-01-31T12:00:00.000000Z`. */
export function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
