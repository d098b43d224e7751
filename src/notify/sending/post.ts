import type { Dispatcher } from 'undici';
import type { Rendered } from '../formats/render.ts';
import { oneLine } from '../message/text.ts';
import { failureText } from './failure.ts';
import type { Redaction } from './redact.ts';
import { retryAfterMs } from './retry-after.ts';

/** What came of one request. The reasons hold no secrets. */
export type Answer =
  | { readonly outcome: 'delivered' }
  /** The same again would be refused again. */
  | { readonly outcome: 'refused'; readonly why: string }
  /** Another time it may work. Perhaps it even did. */
  | { readonly outcome: 'unavailable'; readonly why: string; readonly retryAfterMs?: number }
  | { readonly outcome: 'aborted' };

export interface PostOptions {
  readonly dispatcher: Dispatcher;
  readonly userAgent: string;
  /** From the connection to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Breaks it off. */
  readonly signal: AbortSignal;
  readonly redaction: Redaction;
  readonly nowMs: () => number;
}

/** Of an answer no more is read: a good one is not looked at, and of a bad one people need the first words. */
const MAX_READ_BYTES = 4 * 1024;
const MAX_SHOWN = 200;
/** So long the rest of an answer is waited for. */
const MAX_BODY_MS = 500;
const REPEATABLE: ReadonlySet<number> = new Set([408, 425, 429]);

/** Sends it once. Never throws. */
export async function post(rendered: Rendered, options: PostOptions): Promise<Answer> {
  const { dispatcher, userAgent, timeoutMs, signal, redaction } = options;
  const url = new URL(rendered.url);
  // Not only between two bytes: a receiver that sends one now and then would hold us for ever.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await dispatcher.request({
      method: 'POST',
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      headers: { ...rendered.headers, 'user-agent': userAgent },
      body: rendered.body,
      signal: limit,
    });
    return await answerOf(response, url, limit, options);
  } catch (error) {
    if (signal.aborted) return { outcome: 'aborted' };
    return { outcome: 'unavailable', why: shown(`${url.host}: ${failureText(error)}`, redaction, false) };
  }
}

/** The status decides: what follows it may come slowly, in masses or not at all, and the message has arrived all the same. */
async function answerOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: URL,
  limit: AbortSignal,
  { redaction, nowMs }: PostOptions,
): Promise<Answer> {
  const patience = AbortSignal.any([limit, AbortSignal.timeout(MAX_BODY_MS)]);
  if (statusCode < 300) {
    // Read to its end the connection serves again.
    await body.dump({ limit: MAX_READ_BYTES, signal: patience }).catch(() => undefined);
    return { outcome: 'delivered' };
  }
  patience.addEventListener('abort', () => body.destroy(), { once: true });
  const { text, isCut } = await beginningOf(body);
  const said = shown(text, redaction, isCut);
  const why = `${statusCode}${redirectText(statusCode, headers['location'], url)}${said === '' ? '' : `: ${said}`}`;
  if (!REPEATABLE.has(statusCode) && statusCode < 500) return { outcome: 'refused', why };
  const pauseMs = retryAfterMs(headers['retry-after'], nowMs());
  return { outcome: 'unavailable', why, ...(pauseMs !== undefined && { retryAfterMs: pauseMs }) };
}

/** Following it would hand the message, and what lets one post, to whoever is named there. */
function redirectText(status: number, location: string | string[] | undefined, from: URL): string {
  if (status >= 400 || typeof location !== 'string') return '';
  const host = URL.parse(location, from.href)?.host ?? '';
  return host === from.host
    ? ', a redirect on the same host, which is not followed'
    : `, a redirect to ${host.slice(0, 253)}, which is not followed`;
}

async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<{ text: string; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isCut = false;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      isCut = size >= MAX_READ_BYTES;
      if (isCut) break;
    }
  } catch {
    // What has come must do.
    isCut = true;
  }
  return { text: Buffer.concat(chunks).subarray(0, MAX_READ_BYTES).toString('utf8'), isCut };
}

/** A text from elsewhere as it may be logged. */
function shown(text: string, { redact, longest }: Redaction, isCut: boolean): string {
  const redacted = redact(text);
  const safe = isCut ? redacted.slice(0, Math.max(0, redacted.length - longest)) : redacted;
  return oneLine(safe).slice(0, MAX_SHOWN);
}
