import { hash } from 'node:crypto';
import { createIntern } from '../inventory/collections/intern.ts';
import type { Judged, Judgement } from './judge.ts';

/** Enough for the variety of a large cluster; a finding takes a few hundred bytes. */
const SHARED_FINDINGS = 4096;
const SHARED_JUDGEMENTS = 1024;

/** Paths and messages are put together from pieces, and a string remembers its pieces until it is copied. */
function flat(found: Judged): Judged {
  return JSON.parse(JSON.stringify(found)) as Judged;
}

const keyOf = ({ check, severity, message, path, container, key }: Judged): string =>
  JSON.stringify([check, severity, message, path, container, key]);

/**
 * Lets equal judgements be one, and equal findings within others too: templates and their live pods nearly always agree,
 * and so do workloads that are careless in the same way.
 */
export function createSharing(): (judgement: Judgement) => Judgement {
  const findings = createIntern<Judged>(SHARED_FINDINGS);
  const judgements = createIntern<Judgement>(SHARED_JUDGEMENTS);
  return (judgement) => {
    const keys = judgement.findings.map(keyOf);
    const rest = JSON.stringify([judgement.undecided, judgement.skipped]);
    return judgements(hash('sha256', keys.join('\n') + rest, 'base64'), () => ({
      ...judgement,
      findings: judgement.findings.map((found, index) => findings(keys[index] ?? '', () => flat(found))),
    }));
  };
}
