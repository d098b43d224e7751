import { createHmac, randomBytes } from 'node:crypto';
import PQueue from 'p-queue';

/** What a token is good for: to read the metrics, for nothing here, or for nothing at all. */
export type Access = 'Allowed' | 'Forbidden' | 'Unauthenticated';

/** Asks somebody who knows. Throws if there is no answer to be had. */
export type AskAccess = (token: string) => Promise<Access>;

/** `Busy`: it is not known, and too many others are being asked about. */
export type KnownAccess = (token: string) => Promise<Access | 'Busy'>;

/** How long answers count, how many are kept, and how much is asked. */
export interface AccessLimits {
  readonly allowedMs: number;
  readonly refusedMs: number;
  readonly allowedTokens: number;
  readonly refusedTokens: number;
  /** Tokens that were not allowed before are asked about so many at a time, */
  readonly concurrency: number;
  /** so many a second, */
  readonly perSecond: number;
  /** and so many wait at most. */
  readonly waiting: number;
}

/** A good token counts as long as with controller-runtime, a refusal as long as with the API server's own delegation. */
const LIMITS: AccessLimits = {
  allowedMs: 60_000,
  refusedMs: 10_000,
  allowedTokens: 64,
  refusedTokens: 1024,
  concurrency: 4,
  perSecond: 20,
  waiting: 20,
};

/**
 * Remembers answers for a while, by a keyed hash: the tokens themselves are kept nowhere. Whoever makes up tokens gets
 * the API server asked at a bounded rate, and pushes none aside that was allowed, nor delays the question about it when its
 * time is over. One question at a time for each token. What failed is not remembered.
 */
export function rememberedAccess(
  ask: AskAccess,
  nowMs: () => number,
  overrides: Partial<AccessLimits> = {},
): KnownAccess {
  const limits = { ...LIMITS, ...overrides };
  const secret = randomBytes(32);
  const allowed = memory<'Allowed'>(limits.allowedTokens, limits.allowedMs, nowMs);
  const refused = memory<Exclude<Access, 'Allowed'>>(limits.refusedTokens, limits.refusedMs, nowMs);
  const strangers = new PQueue({
    concurrency: limits.concurrency,
    interval: 1000,
    intervalCap: limits.perSecond,
  });
  const underWay = new Map<string, Promise<Access>>();

  async function remember(id: string, asking: Promise<Access>): Promise<Access> {
    try {
      const access = await asking;
      allowed.forget(id);
      if (access === 'Allowed') allowed.keep(id, access);
      else refused.keep(id, access);
      return access;
    } finally {
      underWay.delete(id);
    }
  }

  return async (token) => {
    const id = createHmac('sha256', secret).update(token).digest('base64');
    const known = allowed.current(id) ?? refused.current(id) ?? underWay.get(id);
    if (known !== undefined) return known;
    const isStranger = !allowed.has(id);
    if (isStranger && strangers.size >= limits.waiting) return 'Busy';
    const answer = remember(id, isStranger ? strangers.add(async () => ask(token)) : ask(token));
    underWay.set(id, answer);
    return answer;
  };
}

interface Memory<T> {
  /** Undefined if there is none, or none that still counts. */
  readonly current: (id: string) => T | undefined;
  /** Whether there is one, be it too old to count. */
  readonly has: (id: string) => boolean;
  readonly keep: (id: string, value: T) => void;
  readonly forget: (id: string) => void;
}

/** Values that count for so long; of more than fit, the oldest goes. */
function memory<T>(size: number, forMs: number, nowMs: () => number): Memory<T> {
  const entries = new Map<string, { readonly value: T; readonly untilMs: number }>();
  return {
    current: (id) => {
      const entry = entries.get(id);
      return entry !== undefined && nowMs() < entry.untilMs ? entry.value : undefined;
    },
    has: (id) => entries.has(id),
    keep: (id, value) => {
      entries.delete(id);
      entries.set(id, { value, untilMs: nowMs() + forMs });
      for (const oldest of entries.keys()) {
        if (entries.size <= size) break;
        entries.delete(oldest);
      }
    },
    forget: (id) => void entries.delete(id),
  };
}
