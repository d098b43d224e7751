import { createLogger as createWinston, format, transports } from 'winston';
import type { LogFields, Logger } from '../kube/logger.ts';
import { printableFields, type Printable } from './log-fields.ts';
import type { LogFormat, LogLevel } from './log-levels.ts';

export interface LoggingOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly stream: NodeJS.WritableStream;
  /** The wall clock. Default: this machine's. */
  readonly now?: () => Date;
}

interface Line {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, Printable>>;
}

/**
 * The logger behind the interface: winston, one line per call, written to the stream at once.
 * At level debug errors show their stack as well.
 */
export function createLogger(options: LoggingOptions): Logger {
  const now = options.now ?? (() => new Date());
  const stacks = options.level === 'debug';
  const print = options.format === 'json' ? jsonLine : textLine;
  const winston = createWinston({
    level: options.level,
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    // Printed before: winston would append a field called `message` to the message.
    format: format.printf(({ message }) => String(message)),
    transports: [new transports.Stream({ stream: options.stream, eol: '\n' })],
  });
  const isEnabled = (level: LogLevel): boolean => winston.isLevelEnabled(level);
  const write: Write = (level, message, fields) => {
    // winston takes as long for a disabled line as for half an enabled one.
    if (!isEnabled(level)) return;
    winston.log(
      level,
      print({ time: now().toISOString(), level, message, fields: printableFields(fields, { stacks }) }),
    );
  };
  return loggerWith({}, write, () => isEnabled('debug'));
}

type Write = (level: LogLevel, message: string, fields: LogFields) => void;

function loggerWith(bound: LogFields, write: Write, isDebugEnabled: () => boolean): Logger {
  return {
    debug: (message, fields) => write('debug', message, { ...bound, ...fields }),
    info: (message, fields) => write('info', message, { ...bound, ...fields }),
    warn: (message, fields) => write('warn', message, { ...bound, ...fields }),
    error: (message, fields) => write('error', message, { ...bound, ...fields }),
    child: (fields) => loggerWith({ ...bound, ...fields }, write, isDebugEnabled),
    isDebugEnabled,
  };
}

function jsonLine({ time, level, message, fields }: Line): string {
  const head: Record<string, Printable> = { time, level, message };
  for (const [key, value] of Object.entries(fields)) head[key in head ? `${key}_` : key] = value;
  return JSON.stringify(head);
}

/** For people: `2026-01-31T12:00:00.000Z INFO  report written subject=deployment-web result=updated`. */
function textLine({ time, level, message, fields }: Line): string {
  const pairs = Object.entries(fields).map(([key, value]) => `${word(key)}=${textValue(value)}`);
  return [time, level.toUpperCase().padEnd(5), oneLine(message), ...pairs].join(' ');
}

function textValue(value: Printable): string {
  return typeof value === 'string' ? word(value) : quoted(JSON.stringify(value));
}

/** Bare where that is unambiguous, else quoted, so that no value can pose as another field or another line. */
function word(text: string): string {
  return /^[^\s"'=\p{C}]+$/u.test(text) ? text : quoted(JSON.stringify(text));
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** JSON leaves the line separators of Unicode and the upper control characters as they are; terminals do not. */
function quoted(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
