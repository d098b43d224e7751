import { CUSTOM_LIMITS } from './limits.ts';

/** One line of at most so many characters as a report takes. */
export function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().toWellFormed();
  const max = CUSTOM_LIMITS.messageLength;
  return line.length <= max ? line : `${line.slice(0, max - 1).toWellFormed()}…`;
}
