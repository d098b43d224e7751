/** What is said beside a constant message; errors as they are, for the logger to print. */
export type LogFields = Readonly<Record<string, unknown>>;

type Write = (message: string, fields?: LogFields) => void;

/** Where everything below src/main.ts logs to. */
export interface Logger {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** The same logger, with these fields in each line. */
  readonly child: (fields: LogFields) => Logger;
  /** For the caller to skip fields that are costly to make. */
  readonly isDebugEnabled: () => boolean;
}
