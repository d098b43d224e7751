import { chmod, readFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** Bundles the command into one file, dist/plimsoll.js: a bundle starts in half the time and half the memory. */
const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
const outfile = 'dist/plimsoll.js';

await build({
  entryPoints: ['src/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22.19',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  sourcemap: false,
  logLevel: 'warning',
  define: {
    PLIMSOLL_VERSION: JSON.stringify(version),
    PLIMSOLL_REVISION: JSON.stringify(process.env['GIT_REVISION'] ?? 'unknown'),
  },
  banner: {
    // Some dependencies are CommonJS and call require() for modules of Node itself.
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
await chmod(outfile, 0o755);
