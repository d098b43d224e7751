import type { Severity } from '../../crds/index.ts';
import { ALL_CHECKS, type Exception } from './exception.ts';

/** What exceptions may do in this cluster. */
export interface ExceptionPolicy {
  /** Every exception must say when it ends. */
  readonly requiresExpiration: boolean;
  /** From its creation to its end; undefined: as long as it says. */
  readonly maxLifetimeSeconds: number | undefined;
  /** One exception may be about all checks. */
  readonly allowsAllChecks: boolean;
  /** Whether findings of a check can not be accepted at all. */
  readonly isProtected: (check: string) => boolean;
  /** Whether the annotation `plimsoll.dev/ignore.<check>` counts there. */
  readonly allowsAnnotation: (check: string, severity: Severity, namespace: string) => boolean;
}

/** Of a cluster whose profile says nothing of it. */
export const DEFAULT_POLICY: ExceptionPolicy = {
  requiresExpiration: true,
  maxLifetimeSeconds: undefined,
  allowsAllChecks: false,
  isProtected: () => false,
  allowsAnnotation: () => false,
};

/** What an exception is worth now, in a word for machines and a sentence for people. */
export interface Standing {
  readonly state: 'Active' | 'Expired' | 'Denied';
  /** CamelCase; of a condition. */
  readonly reason: string;
  readonly message: string;
}

const SECONDS_PER_DAY = 24 * 60 * 60;
const ACTIVE: Standing = { state: 'Active', reason: 'Active', message: 'Its findings are accepted.' };

const denied = (reason: string, message: string): Standing => ({ state: 'Denied', reason, message });

function lifetimeProblem(
  { expirationSeconds, createdSeconds }: Exception,
  { requiresExpiration, maxLifetimeSeconds }: ExceptionPolicy,
  nowSeconds: number,
): Standing | undefined {
  if (expirationSeconds === undefined) {
    if (!requiresExpiration && maxLifetimeSeconds === undefined) return undefined;
    return denied('NoExpiration', 'It has no end: set spec.expirationTime.');
  }
  if (maxLifetimeSeconds === undefined) return undefined;
  const begun = createdSeconds ?? nowSeconds;
  if (expirationSeconds - begun <= maxLifetimeSeconds) return undefined;
  const days = Math.floor(maxLifetimeSeconds / SECONDS_PER_DAY);
  return denied('TooLong', `It lasts longer than ${days} days, which the SecurityProfile allows at most.`);
}

function checksProblem({ checks }: Exception, { allowsAllChecks, isProtected }: ExceptionPolicy): Standing | undefined {
  if (checks.has(ALL_CHECKS) && !allowsAllChecks)
    return denied('AllChecks', 'It is about all checks, which the SecurityProfile does not allow: name them.');
  const held = [...checks].filter(isProtected);
  if (held.length === 0) return undefined;
  return denied(
    'ProtectedChecks',
    `The SecurityProfile does not let findings of these be accepted: ${held.join(', ')}.`,
  );
}

/** What an exception is worth at a time; deny beats everything, so that an end that is past does not hide it. */
export function standingOf(exception: Exception, policy: ExceptionPolicy, nowSeconds: number): Standing {
  const problem = checksProblem(exception, policy) ?? lifetimeProblem(exception, policy, nowSeconds);
  if (problem !== undefined) return problem;
  const { expirationSeconds = Infinity } = exception;
  if (expirationSeconds > nowSeconds) return ACTIVE;
  return { state: 'Expired', reason: 'Expired', message: 'Its end is past: its findings are open again.' };
}
