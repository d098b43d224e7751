import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const USAGE = `Make the Go module from which the programs of one more Kubernetes version are built for the tests.

  node tools/controlplane/main.ts v1.34.4     writes tools/controlplane/v1.34/go.mod and go.sum
`;

/** etcd and kubectl are those of the newest version: other versions of the API server work with them. */
const PROGRAMS = ['kube-apiserver', 'kube-controller-manager'];

/** The modules that a release of Kubernetes takes from its own staging folder, and publishes as v0.x.y. */
async function stagingModules(version: string): Promise<readonly string[]> {
  const { stdout } = await run('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${version}`]);
  const { GoMod } = JSON.parse(stdout) as { readonly GoMod: string };
  const text = await readFile(GoMod, 'utf8');
  return [...text.matchAll(/^\s*(?:replace\s+)?(k8s\.io\/[\w-]+)\s+=>\s+\.\/staging\//gm)].map(
    ([, name]) => name ?? '',
  );
}

function moduleText(version: string, staging: readonly string[], goVersion: string): string {
  const published = version.replace(/^v1/, 'v0');
  return [
    `module plimsoll.dev/tools/controlplane/${version.replace(/\.\d+$/, '')}`,
    `go ${goVersion}`,
    `require k8s.io/kubernetes ${version}`,
    `replace (\n${staging.map((name) => `\t${name} => ${name} ${published}`).join('\n')}\n)`,
    `tool (\n${PROGRAMS.map((name) => `\tk8s.io/kubernetes/cmd/${name}`).join('\n')}\n)`,
    '',
  ].join('\n\n');
}

async function writeModule(version: string): Promise<void> {
  const folder = join(import.meta.dirname, version.replace(/\.\d+$/, ''));
  await mkdir(folder, { recursive: true });
  await rm(join(folder, 'go.sum'), { force: true });
  await writeFile(join(folder, 'go.mod'), moduleText(version, await stagingModules(version), '1.26.0'));
  await run('go', ['mod', 'tidy'], { cwd: folder });
}

const [version = ''] = process.argv.slice(2);
if (/^v1\.\d+\.\d+$/.test(version)) {
  await writeModule(version);
} else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}
