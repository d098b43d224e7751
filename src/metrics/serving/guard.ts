import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from '../../kube/logger.ts';
import { rememberedAccess, type Access, type AccessLimits, type AskAccess } from './access.ts';
import type { Answer } from './answer.ts';

export interface GuardOptions {
  readonly askAccess: AskAccess;
  /** For tests. */
  readonly accessLimits?: Partial<AccessLimits> | undefined;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/** The refusal of a request; undefined if it may pass. */
export type Guard = (headers: IncomingHttpHeaders) => Promise<Answer | undefined>;

/** Whoever asks in vain shall not hold a connection for that. */
const CLOSE = { connection: 'close' };
const CHALLENGE = { ...CLOSE, 'www-authenticate': 'Bearer' };

const NO_TOKEN: Answer = { status: 401, body: 'a bearer token is needed\n', headers: CHALLENGE };
const UNKNOWN: Answer = {
  status: 503,
  body: 'cannot ask the API server who may read this: the log of the operator says why\n',
  headers: CLOSE,
};

const ANSWERS: Readonly<Record<Access | 'Busy', Answer | undefined>> = {
  Allowed: undefined,
  Forbidden: { status: 403, body: 'this token may not get /metrics\n', headers: CLOSE },
  Unauthenticated: { status: 401, body: 'the API server does not accept this token\n', headers: CHALLENGE },
  Busy: { status: 429, body: 'too many unknown tokens\n', headers: { ...CLOSE, 'retry-after': '1' } },
};

/** A scrape comes every few seconds; why all of them fail is said once in this time. */
const LOG_PAUSE_MS = 60_000;

/** Lets those pass whose token is allowed, and nobody while that cannot be asked. */
export function createGuard({ askAccess, accessLimits, nowMs, logger }: GuardOptions): Guard {
  const accessOf = rememberedAccess(askAccess, nowMs, accessLimits);
  let saidAtMs = -Infinity;
  return async ({ authorization }) => {
    const token = bearerToken(authorization);
    if (token === undefined) return NO_TOKEN;
    try {
      return ANSWERS[await accessOf(token)];
    } catch (error) {
      if (nowMs() - saidAtMs >= LOG_PAUSE_MS) {
        saidAtMs = nowMs();
        logger.warn('metrics are kept back: the API server cannot be asked who may read them', { error });
      }
      return UNKNOWN;
    }
  };
}

/** RFC 6750: the scheme in any case, then letters of base64 and its like. Anything else need not be asked about. */
function bearerToken(header = ''): string | undefined {
  return /^bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
}
