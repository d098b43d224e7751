/** Replaces the secrets of one target in a text. */
export type Redact = (text: string) => string;

const REDACTED = '[redacted]';
/** A shorter text is too common to be looked for, and too weak to be a secret. */
const MIN_LENGTH = 6;

/** What of a URL lets one in: its path, query and credentials, whole and in pieces. */
function secretsOf(address: string): readonly string[] {
  const { pathname, search, searchParams, username, password } = new URL(address);
  const pieces = [...pathname.split('/'), username, password];
  const whole = [address, pathname + search, pathname, search];
  return [...whole, ...pieces, ...searchParams.values(), ...pieces.map(decoded)];
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

export interface Redaction {
  readonly redact: Redact;
  /** The length of the longest secret: so near to the end of a text that was cut, a part of one may stand. */
  readonly longest: number;
}

/** For answers and errors, which may quote what was sent. `others` are secrets besides the URLs. */
export function redactionOf(urls: readonly string[], others: readonly string[]): Redaction {
  const secrets = [...urls.flatMap(secretsOf), ...others].filter((secret) => secret.length >= MIN_LENGTH);
  // The longest first, so that no rest of one is left.
  const ordered = [...new Set(secrets)].sort((a, b) => b.length - a.length);
  return {
    redact: (text) => ordered.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text),
    longest: ordered[0]?.length ?? 0,
  };
}
