import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../settings.ts';
import type { ScanFile } from './scan-file.ts';

const MANIFEST = /\.(ya?ml|json)$/i;

/** The name of standard input, as kubectl has it. */
const STANDARD_INPUT = '-';

/**
 * The files that are meant by these paths: each once, in the order given, those of a folder in the order of their names. Throws a
 * UsageError for a path that does not exist, naming the flag.
 */
export function filesAt(
  flag: string,
  paths: readonly string[],
  standardInput: string | undefined,
): readonly ScanFile[] {
  const files = new Map<string, ScanFile>();
  for (const path of paths) {
    if (path === STANDARD_INPUT) files.set(path, { name: path, read: () => standardInput ?? '' });
    else
      for (const name of filesUnder(flag, path)) files.set(realPath(name), files.get(realPath(name)) ?? fileAt(name));
  }
  return [...files.values()];
}

export const readsStandardInput = (paths: readonly string[]): boolean => paths.includes(STANDARD_INPUT);

const fileAt = (name: string): ScanFile => ({ name, read: () => readFileSync(name, 'utf8') });

function realPath(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    // It is named as malformed when it cannot be read.
    return name;
  }
}

function filesUnder(flag: string, path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`${flag}: ${JSON.stringify(path)} does not exist`);
  if (!stats.isDirectory()) return [path];
  const files = [...manifestsIn(flag, path, [])];
  if (files.length === 0) throw new UsageError(`${flag}: ${JSON.stringify(path)} holds no .yaml, .yml or .json file`);
  return files;
}

/** `above` are the folders on the way: a link to one of them would lead round in a circle. */
function* manifestsIn(flag: string, folder: string, above: readonly string[]): Iterable<string> {
  const real = realPath(folder);
  if (above.includes(real)) return;
  for (const name of entriesOf(flag, folder)) {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) yield* manifestsIn(flag, path, [...above, real]);
    else if (stats?.isFile() === true && MANIFEST.test(name)) yield path;
  }
}

function entriesOf(flag: string, folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${flag}: ${JSON.stringify(folder)} cannot be read: ${reason}`, { cause });
  }
}
