import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Asks a person a question; answers whether the answer was yes. */
export type Ask = (question: string) => Promise<boolean>;

interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** Everything but `y` or `yes` is no, the end of the input too. */
export async function askYesNo(question: string, { input, output }: Terminal): Promise<boolean> {
  output.write(`${question} [y/N] `);
  const lines = createInterface({ input });
  try {
    for await (const line of lines) return /^y(?:es)?$/i.test(line.trim());
    return false;
  } finally {
    // Left open it would keep this process alive.
    lines.close();
  }
}
