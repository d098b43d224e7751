import { createHmac } from 'node:crypto';

/**
 * The header by which a receiver knows who has sent a body, and when: HMAC-SHA256 over `<unix seconds>.<body>`. The time is
 * that of the attempt, so a receiver may refuse what is old.
 */
export function signatureOf(body: string, key: Buffer, unixSeconds: number): string {
  const mac = createHmac('sha256', key).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${mac}`;
}
