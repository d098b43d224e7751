import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { TargetTls } from './config.ts';
import { objectOf, optional, problemAt, text, trueOrFalse, withDefault } from './readers.ts';
import type { SecretFiles } from './secret-files.ts';

export interface TlsFields {
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly serverName: string | undefined;
  readonly insecureSkipVerify: boolean;
}

export const tlsFields = objectOf<TlsFields>({
  caFile: optional(text),
  certFile: optional(text),
  keyFile: optional(text),
  serverName: optional(text),
  insecureSkipVerify: withDefault(trueOrFalse, false),
});

/** What the files hold, tried out: a bad certificate is to be found here, and not when there is something to tell. */
export function tlsOf(fields: TlsFields | undefined, files: SecretFiles, path: string): TargetTls {
  if (fields === undefined) return { insecureSkipVerify: false };
  const { caFile, certFile, keyFile, serverName, insecureSkipVerify } = fields;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw problemAt(path, 'must have certFile and keyFile, or neither');
  }
  const pem = (file: string | undefined, field: string): string | undefined =>
    file === undefined ? undefined : files.bytes(file, `${path}.${field}`).toString('utf8');
  const [ca, cert, key] = [pem(caFile, 'caFile'), pem(certFile, 'certFile'), pem(keyFile, 'keyFile')];
  if (ca !== undefined && !holdsCertificates(ca)) {
    throw problemAt(`${path}.caFile`, 'names a file that holds no certificates in PEM');
  }
  if (cert !== undefined && key !== undefined && !belongTogether(cert, key)) {
    throw problemAt(path, 'has a certFile and a keyFile that are no certificate in PEM with its key');
  }
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { serverName }),
    insecureSkipVerify,
  };
}

/** OpenSSL passes over what it cannot read, and then trusts nobody. */
function holdsCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 && blocks.every((block) => succeeds(() => new X509Certificate(block)));
}

function belongTogether(cert: string, key: string): boolean {
  return succeeds(() => createSecureContext({ cert, key }));
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
