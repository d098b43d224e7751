import { fileURLToPath } from 'node:url';
import { stale, write } from '../generate/generator.ts';
import { downloadFixture } from './download.ts';
import { VERSIONS } from './fixture.ts';
import { bootstrapRbacTable } from './table.ts';

const USAGE = `What the API server bootstraps for RBAC, by version: fixtures for tests, and the table of the checks.

  node tools/bootstrap-rbac/main.ts            fetch every version, write fixtures and table (1 GB, one version at a time)
  node tools/bootstrap-rbac/main.ts --table    write the table from the fixtures
  node tools/bootstrap-rbac/main.ts --check    fail if the table is not what the fixtures give
`;

const root = fileURLToPath(new URL('../..', import.meta.url));

async function fetchFixtures(): Promise<void> {
  for (const version of VERSIONS) {
    process.stderr.write(`Kubernetes ${version} ...\n`);
    await write(root, [async () => [await downloadFixture(version)]]);
  }
}

async function main(mode: string | undefined): Promise<number> {
  switch (mode) {
    case undefined:
      await fetchFixtures();
      await write(root, [bootstrapRbacTable]);
      return 0;
    case '--table':
      await write(root, [bootstrapRbacTable]);
      return 0;
    case '--check': {
      const paths = await stale(root, [bootstrapRbacTable]);
      for (const path of paths)
        process.stderr.write(`${path} is stale: run node tools/bootstrap-rbac/main.ts --table\n`);
      return paths.length === 0 ? 0 : 1;
    }
    default:
      process.stderr.write(USAGE);
      return 2;
  }
}

process.exitCode = await main(process.argv[2]);
