/** What stands behind the codes of a failed request, for people who look after the receiver. */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its host has no address',
  EAI_AGAIN: 'its host cannot be resolved now',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ETIMEDOUT: 'no connection came about in time',
  TimeoutError: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  UND_ERR_SOCKET: 'the connection was closed before an answer',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are too long',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself; if it is the right one, name it in tls.caFile',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of an unknown authority; if that is the right one, name it in tls.caFile',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is of an unknown authority; if that is the right one, name it in tls.caFile',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is of an unknown authority; if that is the right one, name it in tls.caFile',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another host; if that is the right one, name it in tls.serverName',
};

/** Why there was no answer, with the code in parentheses. */
export function failureText(error: unknown): string {
  const code = codeOf(error);
  const words = WORDS[code] ?? familyOf(code) ?? messageOf(error);
  return `${words} (${code})`;
}

function familyOf(code: string): string | undefined {
  if (/^ERR_(SSL|OSSL)_/.test(code) || code === 'EPROTO')
    return 'TLS failed; it may want a certificate, or speak no TLS at all';
  return code.startsWith('HPE_') || code === 'HTTPParserError' ? 'the answer is not HTTP' : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the request failed';
}

/** The code of a network error, which may lie below undici's own; that of several attempts to connect is that of the first. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown';
  const { code } = error as { readonly code?: unknown };
  if (error.cause instanceof Error && (code === undefined || code === 'UND_ERR_SOCKET')) {
    const inner = codeOf(error.cause);
    if (inner !== error.cause.name) return inner;
  }
  if (typeof code === 'string') return code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : error.name;
}
