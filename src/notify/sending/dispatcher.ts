import { EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { Target } from '../config/config.ts';
import type { Proxies } from './proxies.ts';

const MAX_CONNECT_MS = 10_000;
const MAX_HEADERS_BYTES = 16 * 1024;

/** The connections to one target: of its own TLS, one at a time, and apart from those to the API server. */
export function createDispatcher({ url, tls, timeoutSeconds }: Target, proxies: Proxies): Dispatcher {
  const { ca, cert, key, serverName, insecureSkipVerify } = tls;
  const connect = {
    timeout: Math.min(timeoutSeconds * 1000, MAX_CONNECT_MS),
    rejectUnauthorized: !insecureSkipVerify,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { servername: serverName }),
  };
  const proxy = (url.startsWith('https:') ? proxies.https : proxies.http) ?? '';
  return new EnvHttpProxyAgent({
    // All three are given, if only as empty texts, as it would look into the environment otherwise.
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: proxies.none ?? '',
    allowH2: false,
    connections: 1,
    pipelining: 1,
    maxHeaderSize: MAX_HEADERS_BYTES,
    connect,
    requestTls: connect,
  });
}
