/** Where a server listens. */
export interface Address {
  /** Left out for all interfaces, of both address families. */
  readonly host?: string;
  readonly port: number;
}

const WILDCARDS: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

/**
 * Reads `host:port`, `:port` or `[IPv6]:port`; undefined is the answer to `0`, which means not to listen, as it does
 * for controllers made with kubebuilder. Port 0 lets the system choose. Throws a RangeError that says what is expected.
 */
export function parseAddress(text: string): Address | undefined {
  if (text === '0') return undefined;
  const [, v6, name, digits] = /^(?:\[([0-9a-fA-F:.]+(?:%\w+)?)\]|([\w.-]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) {
    throw new RangeError('not host:port, :port or [IPv6]:port with a port up to 65535, nor 0 for off');
  }
  const host = v6 ?? name ?? '';
  return host === '' ? { port } : { host, port };
}

/** The text that is read back as this address. */
export function formatAddress({ host = '', port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether two servers cannot listen at both: one port, and one host or all of them. */
export function addressesClash(a: Address, b: Address): boolean {
  const [hostA = '', hostB = ''] = [a.host, b.host];
  const overlap = hostA === hostB || WILDCARDS.has(hostA) || WILDCARDS.has(hostB);
  return a.port === b.port && a.port !== 0 && overlap;
}
