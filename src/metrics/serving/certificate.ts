import { createPrivateKey, hash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';

/** A certificate, with those that lead to its authority, and its key; both as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate in a folder, as it was read. */
export interface LoadedCertificate extends Certificate {
  /** Differs if either file does. */
  readonly digest: string;
  readonly subject: string;
  readonly expires: Date;
}

/** A certificate cannot be served. The message says which file, and what is wrong with it. */
class CertificateError extends Error {
  readonly code = 'Certificate';
}

/** As the kubelet mounts a Secret of type kubernetes.io/tls. */
const CERT_FILE = 'tls.crt';
const KEY_FILE = 'tls.key';

/** Reads tls.crt and tls.key. Throws a CertificateError if they are not a certificate and its key that can be served. */
export async function readCertificate(folder: string): Promise<LoadedCertificate> {
  const [certPath, keyPath] = [join(folder, CERT_FILE), join(folder, KEY_FILE)];
  const [cert, key] = await Promise.all([readPem(certPath), readPem(keyPath)]);
  const x509 = parsed(certPath, 'a certificate in PEM', () => new X509Certificate(cert));
  const privateKey = parsed(keyPath, 'a private key in PEM, without a passphrase', () => createPrivateKey(key));
  if (!x509.checkPrivateKey(privateKey)) throw new CertificateError(`${keyPath} is not the key of ${certPath}`);
  // The rest of the chain is looked at here, and whether the key is long enough.
  parsed(certPath, 'a certificate that can be served', () => createSecureContext({ cert, key }));
  const digest = hash('sha256', `${cert}\0${key}`);
  return { cert, key, digest, subject: subjectOf(x509), expires: x509.validToDate };
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new CertificateError(`cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function parsed<T>(path: string, what: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CertificateError(`${path} does not hold ${what}: ${reason}`, { cause });
  }
}

function subjectOf({ subjectAltName, subject }: X509Certificate): string {
  return subjectAltName ?? subject.replaceAll('\n', ', ');
}
