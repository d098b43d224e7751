import type { Logger } from '../../src/kube/logger.ts';

export interface Said {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: unknown;
}

/** A logger that remembers what was said. */
export function recordingLogger(): { readonly logger: Logger; readonly said: Said[] } {
  const said: Said[] = [];
  const logger: Logger = {
    debug: () => undefined,
    info: (message, fields) => said.push({ level: 'info', message, fields }),
    warn: (message, fields) => said.push({ level: 'warn', message, fields }),
    error: (message, fields) => said.push({ level: 'error', message, fields }),
    child: () => logger,
    isDebugEnabled: () => false,
  };
  return { logger, said };
}
