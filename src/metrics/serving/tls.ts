import type { SecureContextOptions } from 'node:tls';
import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import { readCertificate, type Certificate, type LoadedCertificate } from './certificate.ts';

export interface CertificateOptions {
  /** A folder with tls.crt and tls.key. Left out: a certificate is made, and signed by itself. */
  readonly folder?: string | undefined;
  readonly timers: Pick<Timers, 'sleep' | 'wallMs'>;
  readonly logger: Logger;
}

/** A certificate to serve, and how to stay with it when it is renewed. */
export interface ServingCertificate {
  readonly tls: SecureContextOptions;
  /** Hands over what comes to be there later, until the signal. */
  readonly follow: (serve: (tls: SecureContextOptions) => void, signal: AbortSignal) => Promise<void>;
}

const NAME = 'plimsoll-metrics';
/** The kubelet takes up to a minute or two to bring a new Secret here. */
const LOOK_EVERY_MS = 10_000;
/** Mozilla's intermediate set, without the finite-field ones that need parameters of their own. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** What a certificate is served with. */
export function tlsContext({ cert, key }: Certificate): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2', ciphers: CIPHERS };
}

/** Reads the certificate of the folder, or makes one. Throws a CertificateError if the one of the folder cannot be served. */
export async function servingCertificate(options: CertificateOptions): Promise<ServingCertificate> {
  const { folder, timers, logger } = options;
  if (folder === undefined) {
    // Only now: the library behind it takes its time and memory.
    const { selfSignedCertificate } = await import('./self-signed.ts');
    const made = selfSignedCertificate({ name: NAME, now: new Date(timers.wallMs()) });
    logger.info('metrics are served with a certificate that was made now and that no authority has signed');
    return { tls: tlsContext(made), follow: async () => Promise.resolve() };
  }
  const first = await readCertificate(folder);
  announce(first, options);
  return { tls: tlsContext(first), follow: async (serve, signal) => follow(folder, first, options, serve, signal) };
}

function announce({ subject, expires }: LoadedCertificate, { timers, logger }: CertificateOptions): void {
  const fields = { subject, expires };
  if (expires.getTime() <= timers.wallMs())
    logger.warn('metrics are served with a certificate that has expired', fields);
  else logger.info('metrics are served with the certificate', fields);
}

async function follow(
  folder: string,
  first: LoadedCertificate,
  options: CertificateOptions,
  serve: (tls: SecureContextOptions) => void,
  signal: AbortSignal,
): Promise<void> {
  let served = first.digest;
  let lastFailure = '';
  for (;;) {
    await options.timers.sleep(LOOK_EVERY_MS, signal);
    if (signal.aborted) return;
    try {
      const next = await readCertificate(folder);
      lastFailure = '';
      if (next.digest === served) continue;
      serve(tlsContext(next));
      served = next.digest;
      announce(next, options);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      // Said once: it is looked at again and again.
      if (failure !== lastFailure)
        options.logger.error('the new certificate cannot be served; metrics keep the last good one', { error });
      lastFailure = failure;
    }
  }
}
