import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUNDLE } from '../../support/operator-command.ts';
import { writeManifests } from './manifests.ts';
import { runMeasured, type MeasuredRun } from './measured-run.ts';

/**
 * `npm run bench:scan`: what it costs to judge 2,500 Deployments in 100 files by every check there is, and how long the command
 * takes to start. The best of some runs counts, as others only tell what else the machine was doing. No time is asserted.
 */
const { values } = parseArgs({
  options: {
    deployments: { type: 'string', default: '2500' },
    files: { type: 'string', default: '100' },
    runs: { type: 'string', default: '5' },
    output: { type: 'string', default: 'json' },
    /** Writes a profile for the browser's developer tools into this folder. */
    'cpu-prof': { type: 'string' },
    /** Keeps the manifests, for other tools to be measured by. */
    keep: { type: 'boolean', default: false },
  },
});

async function best(args: readonly string[], runs: number): Promise<MeasuredRun> {
  const measured: MeasuredRun[] = [];
  for (let run = 0; run < runs; run++) measured.push(await runMeasured(args));
  return measured.sort((a, b) => a.cpuSeconds - b.cpuSeconds)[0] as MeasuredRun;
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

async function bench(folder: string): Promise<void> {
  const [deployments, files, runs] = [values.deployments, values.files, values.runs].map(Number) as [
    number,
    number,
    number,
  ];
  const bytes = writeManifests(folder, { deployments, files });
  const profile = values['cpu-prof'] === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values['cpu-prof']}`];
  const scan = await best([...profile, BUNDLE, 'scan', '-f', folder, '--checks=all', '-o', values.output], runs);
  const version = await best([BUNDLE, '--version'], runs);
  const perSecond = Math.round(deployments / scan.wallSeconds);
  process.stdout
    .write(`${deployments} Deployments in ${files} YAML files (${mebibytes(bytes)}), all checks, output ${values.output}; best of ${runs}
${cpus().length} CPUs (${cpus()[0]?.model ?? 'unknown'}); Node ${process.version}

scan       ${scan.cpuSeconds.toFixed(2)} CPU s  ${scan.wallSeconds.toFixed(2)} s  peak RSS ${mebibytes(scan.peakRssBytes)}  ${perSecond} documents/s  ${mebibytes(scan.stdoutBytes)} written
--version  ${version.cpuSeconds.toFixed(2)} CPU s  ${version.wallSeconds.toFixed(3)} s  peak RSS ${mebibytes(version.peakRssBytes)}
`);
}

if (!existsSync(BUNDLE)) throw new Error('dist/plimsoll.js is missing: run npm run build first');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-scan-'));
try {
  await bench(folder);
} finally {
  if (values.keep) process.stdout.write(`kept in ${folder}\n`);
  else rmSync(folder, { recursive: true, force: true });
}
