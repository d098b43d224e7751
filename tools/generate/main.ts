import { join } from 'node:path';
import { GENERATORS } from './generators.ts';
import { stale, write } from './generator.ts';

/** `node tools/generate/main.ts` writes the generated files; with `--check` it only fails if one is out of date. */
const root = join(import.meta.dirname, '../..');

if (process.argv.includes('--check')) {
  const paths = await stale(root, GENERATORS);
  for (const path of paths) process.stderr.write(`${path} is out of date: run node tools/generate/main.ts\n`);
  process.exitCode = paths.length === 0 ? 0 : 1;
} else {
  await write(root, GENERATORS);
}
