import type { LogFields, Logger } from '../../../../src/kube/logger.ts';

/** Keeps what is logged, above debug, in lines. */
export function recordingLogger(): {
  readonly logger: Logger;
  readonly logged: readonly string[];
  readonly all: readonly string[];
} {
  const logged: string[] = [];
  const all: string[] = [];
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      const { why = '', error } = fields;
      const said = error instanceof Error ? error.message : String(why);
      all.push(`${level} ${message} ${JSON.stringify(fields)} ${said}`);
      if (level !== 'debug') logged.push(`${level} ${message} ${said}`.trim());
    };
  const logger: Logger = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => logger,
    isDebugEnabled: () => true,
  };
  return { logger, logged, all };
}
