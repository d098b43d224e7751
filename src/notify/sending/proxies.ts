/** Proxies by the scheme of what is asked for. */
export interface Proxies {
  readonly http?: string;
  readonly https?: string;
  /** Hosts that are reached without: names with all below them, addresses, `*`; separated by commas. */
  readonly none?: string;
}

/** A proxy cannot be used as it is given. The message does not quote it: it may hold a password. */
export class ProxyError extends Error {
  readonly code = 'Proxy';
}

/** The usual variables, in lower case or, without that, in upper case. Throws `ProxyError` for what is no http or https URL. */
export function proxiesOf(env: Readonly<Record<string, string | undefined>>): Proxies {
  const valueOf = (name: string): string | undefined => env[name] || env[name.toUpperCase()] || undefined;
  const proxyOf = (name: string): string | undefined => {
    const value = valueOf(name);
    if (value === undefined) return undefined;
    if (!isProxyUrl(value)) throw new ProxyError(`${name} is not an http or https URL`);
    return value;
  };
  const [http, https, none] = [proxyOf('http_proxy'), proxyOf('https_proxy'), valueOf('no_proxy')];
  return {
    ...(http !== undefined && { http }),
    ...(https !== undefined && { https }),
    ...(none !== undefined && { none }),
  };
}

function isProxyUrl(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  // A lone % in the password is what cannot be decoded later on.
  return !/%(?![0-9a-f]{2})/i.test(url.username + url.password);
}
