import { RE2JS } from 're2js';
import { CUSTOM_LIMITS } from '../limits.ts';

const KEPT = 256;

const compiled = new Map<string, RE2JS>();

function compile(pattern: string): RE2JS {
  if (pattern.length > CUSTOM_LIMITS.patternLength) {
    throw new RangeError(`a regular expression of more than ${CUSTOM_LIMITS.patternLength} characters`);
  }
  if (compiled.size >= KEPT) compiled.clear();
  const program = RE2JS.compile(pattern);
  compiled.set(pattern, program);
  return program;
}

/**
 * Whether a text has a part that matches, by RE2 as in Kubernetes: `(?i)` and `[[:alpha:]]` mean there what they do not mean
 * to JavaScript, and the time is linear in the text. Throws for what is no such expression.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  return (compiled.get(pattern) ?? compile(pattern)).test(text);
}
