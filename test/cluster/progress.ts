import type { Writable } from 'node:stream';

/** Tells a person what is going on while something slow happens. */
export interface Progress {
  /** One line, as it stands. */
  readonly note: (line: string) => void;
  /** Do a piece of work under a title; says how many seconds it took. `detail` tells how far it is. */
  readonly step: <T>(title: string, work: (detail: (text: string) => void) => Promise<T>) => Promise<T>;
}

interface ProgressOutput {
  readonly stream: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** How often the detail of a running step is printed where lines cannot be overwritten. Default 15,000. */
  readonly intervalMs?: number;
}

const CLEAR_LINE = '\r\u001B[K';

/** Progress as text: one line that is kept up to date on a terminal, elsewhere a line every `intervalMs`. */
export function textProgress({ stream, intervalMs = 15_000 }: ProgressOutput): Progress {
  const isTerminal = stream.isTTY === true;
  const note = (line: string): void => {
    stream.write(isTerminal ? `${CLEAR_LINE}${line}\n` : `${line}\n`);
  };
  return {
    note,
    step: async (title, work) => {
      const startedAt = performance.now();
      const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
      let current = '';
      const show = (): void => {
        const line = `${title}${current && `: ${current}`} (${seconds()})`;
        // A line that wraps could not be overwritten.
        if (isTerminal) stream.write(`${CLEAR_LINE}${line.slice(0, (stream.columns ?? 80) - 1)}`);
        else note(line);
      };
      const showing = setInterval(show, isTerminal ? 200 : intervalMs);
      try {
        const result = await work((text) => {
          current = text;
        });
        note(`${title}: ${seconds()}`);
        return result;
      } catch (error) {
        note(`${title}: failed after ${seconds()}`);
        throw error;
      } finally {
        clearInterval(showing);
      }
    },
  };
}

/** For callers who want to hear nothing. */
export const silentProgress: Progress = { note: () => {}, step: async (_title, work) => work(() => {}) };
