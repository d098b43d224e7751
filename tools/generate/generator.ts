import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is made from others and committed, so that it can be read and reviewed without the tools. */
export interface GeneratedFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly content: string;
}

/** A file that was generated once and must not be any more. */
export interface Leftover {
  readonly path: string;
  readonly content: undefined;
}

/** Makes files from what stands below the given folder, the top of the repository; it writes nothing itself. */
export type Generator = (root: string) => Promise<readonly (GeneratedFile | Leftover)[]>;

/** What a generated file says of itself, in its first line. */
export function notice(source: string): string {
  return `Generated from ${source} by tools/generate/main.ts; do not edit.`;
}

/** Brings the files up to date. One generator after the other, since a later one may read what an earlier one makes. */
export async function write(root: string, generators: readonly Generator[]): Promise<void> {
  for (const generate of generators) {
    for (const { path, content } of await generate(root)) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      if (content === undefined) await rm(target, { force: true });
      else await writeFile(target, content);
    }
  }
}

/** Paths of the files that are not what their generator makes of today's sources. */
export async function stale(root: string, generators: readonly Generator[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const generate of generators) {
    for (const { path, content } of await generate(root)) {
      const target = join(root, path);
      const actual = existsSync(target) ? await readFile(target, 'utf8') : undefined;
      if (actual !== content) paths.push(path);
    }
  }
  return paths;
}
