import { statSync } from 'node:fs';
import { isOrigin } from '../checks/images/image-origin.ts';
import { FRAMEWORK_WORDS } from '../checks/frameworks/choice.ts';
import { NEWEST_MINOR } from '../checks/pod-security/controls.ts';
import { unmatchedWord } from '../checks/selection.ts';
import { SEVERITIES, type Severity } from '../crds/index.ts';

/** Parsers of settings. Each throws a RangeError that completes the sentence `"…" is`. */
export type Parser<T> = (text: string) => T;

/** The same for a setting that may be left open. */
export const orUndefined = <T>(parse: Parser<T>): Parser<T | undefined> => parse;

/** One of these words, exactly. */
export function oneOf<const Word extends string>(words: readonly Word[]): Parser<Word> {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new RangeError(`not one of ${words.join(', ')}`);
    return word;
  };
}

/** A list of such words, separated by commas. */
export function listOf<T>(parse: Parser<T>): Parser<readonly T[]> {
  return (text) => [...new Set(text.split(',').map((each) => parse(each.trim())))];
}

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max: number): Parser<number> {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new RangeError(`not a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

export const trueOrFalse: Parser<boolean> = (text) => oneOf(['true', 'false'])(text) === 'true';

export const anyText: Parser<string> = (text) => {
  if (text === '') throw new RangeError('empty: give a value or leave it out');
  return text;
};

export const existingFile: Parser<string> = (text) => {
  if (statSync(text, { throwIfNoEntry: false })?.isFile() !== true) throw new RangeError('not an existing file');
  return text;
};

export const existingFolder: Parser<string> = (text) => {
  if (statSync(text, { throwIfNoEntry: false })?.isDirectory() !== true) throw new RangeError('not an existing folder');
  return text;
};

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const namespaceName: Parser<string> = (text) => {
  if (!DNS_LABEL.test(text)) throw new RangeError('not the name of a namespace');
  return text;
};

/** As the API server takes it for a Lease: a lower-case DNS subdomain. */
export const objectName: Parser<string> = (text) => {
  if (text.length > 253 || !text.split('.').every((label) => DNS_LABEL.test(label))) {
    throw new RangeError('not a legal name: lower-case letters, digits, - and .');
  }
  return text;
};

/** Names of namespaces, separated by commas, in which `*` stands for any letters and `?` for one. */
export const namespaceGlobs: Parser<readonly string[]> = (text) => {
  const globs = text.split(',').map((glob) => glob.trim());
  if (!globs.every((glob) => /^[a-z0-9*?-]{1,63}$/.test(glob))) {
    throw new RangeError('not a list of namespaces separated by commas; * and ? stand for any letters and for one');
  }
  return [...new Set(globs)];
};

/** The minor of a Pod Security policy version; undefined for `latest`, that of the server. */
export const podSecurityMinor: Parser<number | undefined> = (text) => {
  if (text === 'latest') return undefined;
  const [, digits] = /^v?1\.(\d{1,3})$/.exec(text) ?? [];
  if (digits === undefined || Number(digits) > NEWEST_MINOR) {
    throw new RangeError(`not a version from v1.0 to v1.${NEWEST_MINOR}, nor latest`);
  }
  return Number(digits);
};

/** Words that choose checks, separated by commas: ids, globs of ids, `default` and `all`. */
export const checkWords: Parser<readonly string[]> = (text) => {
  const words = text.split(',').map((word) => word.trim());
  const unmatched = unmatchedWord(words);
  if (unmatched !== undefined) {
    throw new RangeError(`not a list of checks: none is called "${unmatched}"; plimsoll explain lists them`);
  }
  return [...new Set(words)];
};

/** Registries separated by commas, each with or without a path below which images may come from. */
export const registries: Parser<readonly string[]> = (text) => {
  const origins = text.split(',').map((origin) => origin.trim());
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (wrong !== undefined) {
    throw new RangeError(
      `not a list of registries: "${wrong}" is no host (docker.io, registry.example:5000) with or without a path`,
    );
  }
  return [...new Set(origins)];
};

/** Frameworks to report on, separated by commas: names, `default`, `cis`, `all` and `none`. */
export const frameworkWords: Parser<readonly string[]> = (text) => {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !FRAMEWORK_WORDS.includes(word));
  if (unknown !== undefined) {
    throw new RangeError(
      `not a list of frameworks: none is called "${unknown}"; there are ${FRAMEWORK_WORDS.join(', ')}`,
    );
  }
  return [...new Set(words)];
};

/** `high` on the command line is `High` everywhere else. */
export const severity: Parser<Severity> = (text) => {
  const word = oneOf(SEVERITIES.map((each) => each.toLowerCase()))(text);
  return SEVERITIES.find((each) => each.toLowerCase() === word) ?? 'Critical';
};

/** A beginning: so long ago, or a time. */
export type Since = { readonly agoSeconds: number } | { readonly time: Date };

const DURATION = /^(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?$/;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** `30m`, `24h` and `7d`, also joined in this order, or a time by RFC 3339. */
export const since: Parser<Since> = (text) => {
  const [matched, ...parts] = DURATION.exec(text) ?? [];
  const [days, hours, minutes, seconds] = [0, 1, 2, 3].map((index) => Number(parts[index] ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  if (matched !== undefined && matched !== '')
    return { agoSeconds: ((days * 24 + hours) * 60 + minutes) * 60 + seconds };
  const time = new Date(text);
  if (RFC_3339.test(text) && !Number.isNaN(time.getTime())) return { time };
  throw new RangeError('neither how long ago (30m, 24h, 7d, 1d12h) nor a time (2026-11-24T09:00:00Z)');
};
