import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Debian's Alertmanager has its templates, and does not start without them. */
const INSTALLED = '/usr/share/prometheus/alertmanager';
const BESIDE_IT = 'alertmanager-templates';

interface Relocation {
  /** What was unpacked, and stands for `/`. */
  readonly root: string;
  /** The folder with the programs. */
  readonly programs: string;
}

/**
 * Let Alertmanager find its templates beside itself, as only root could put them where it looks. The path in the program
 * is overwritten with a relative one, filled up with slashes to the same length: it must be run in its own folder.
 */
export async function relocateAlertmanager({ root, programs }: Relocation): Promise<void> {
  await cp(join(root, INSTALLED), join(programs, BESIDE_IT), { recursive: true });
  const path = join(programs, 'alertmanager');
  const program = await readFile(path);
  const relative = BESIDE_IT.padEnd(INSTALLED.length, '/');
  let count = 0;
  for (let at = program.indexOf(INSTALLED); at !== -1; at = program.indexOf(INSTALLED, at)) {
    count++;
    program.write(relative, at, 'latin1');
  }
  if (count === 0) throw new Error(`${path} does not look for its templates in ${INSTALLED}`);
  await writeFile(`${path}.relocated`, program, { mode: 0o755 });
  await rename(`${path}.relocated`, path);
}
