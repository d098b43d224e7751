/** Longer than this nobody is left alone: the header may be a mistake, and there is a time after which we give up. */
const MAX_MS = 10 * 60_000;

/** A Retry-After header, seconds or an HTTP date, in milliseconds; undefined if it is neither. */
export function retryAfterMs(header: string | readonly string[] | undefined, nowMs: number): number | undefined {
  const text = (typeof header === 'string' ? header : header?.[0])?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_MS);
}

/** Date.parse takes much for a date that is none; that of HTTP begins with a day of the week. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) : Number.NaN;
}
