import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is made from others and committed, so that it can be read and reviewed without the tools. */
export interface GeneratedFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly content: string;
}

/** Makes files from what stands below the given folder, the top of the repository; it writes nothing itself. */
export type Generator = (root: string) => Promise<readonly GeneratedFile[]>;

/** What a generated file says of itself, in its first line. */
export function notice(source: string): string {
  return `Generated from ${source} by tools/generate/main.ts; do not edit.`;
}

/** Brings the files up to date. One generator after the other, since a later one may read what an earlier one makes. */
export async function write(root: string, generators: readonly Generator[]): Promise<void> {
  for (const generate of generators) {
    for (const { path, content } of await generate(root)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
  }
}

/** Paths of the files that are not what their generator makes of today's sources. */
export async function stale(root: string, generators: readonly Generator[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const generate of generators) {
    for (const { path, content } of await generate(root)) {
      const target = join(root, path);
      if (!existsSync(target) || (await readFile(target, 'utf8')) !== content) paths.push(path);
    }
  }
  return paths;
}
