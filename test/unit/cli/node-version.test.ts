import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { nodeProblem } from '../../../src/cli/node-version.ts';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
const oldest = engines.node.replace('>=', '');

describe('the version of Node.js', () => {
  for (const version of [oldest, '22.20.0', '23.0.0', '24.1.0', process.versions.node])
    it(`may be ${version}`, () => assert.equal(nodeProblem(version), undefined));

  for (const version of ['22.18.9', '20.20.2', '9.0.0'])
    it(`may not be ${version}, and is told to be too old`, () =>
      assert.equal(nodeProblem(version), `plimsoll needs Node.js 22.19 or newer; this is ${version}`));
});
