import assert from 'node:assert/strict';
import { comesFrom, isOrigin } from '../../../../src/checks/images/image-origin.ts';
import { parseImageReference } from '../../../../src/checks/images/image-reference.ts';

const CASES: readonly (readonly [image: string, origin: string, comes: boolean])[] = [
  ['nginx', 'docker.io', true],
  ['nginx:1.27', 'docker.io/library/', true],
  ['docker.io/nginx', 'docker.io/library', true],
  ['index.docker.io/library/nginx', 'docker.io', true],
  ['team/app', 'docker.io/library', false],
  ['ghcr.io/team/app', 'ghcr.io', true],
  ['GHCR.io/team/app', 'ghcr.io', true],
  ['evil-ghcr.io/team/app', 'ghcr.io', false],
  ['ghcr.io.evil.example/team/app', 'ghcr.io', false],
  ['ghcr.io/team/app', 'ghcr.io/team', true],
  ['ghcr.io/team/app', 'ghcr.io/team/app', true],
  ['ghcr.io/team-evil/app', 'ghcr.io/team', false],
  ['ghcr.io/team/app', 'ghcr.io/team/app/more', false],
  ['registry.example:5000/app', 'registry.example:5000', true],
  ['registry.example:5000/app', 'registry.example', false],
  ['registry.example/app', 'registry.example:5000', false],
];

describe('comesFrom', () => {
  for (const [image, origin, comes] of CASES) {
    it(`${comes ? 'finds' : 'does not find'} ${image} in ${origin}`, () => {
      assert.equal(comesFrom(parseImageReference(image), origin), comes);
    });
  }
});

describe('isOrigin', () => {
  for (const origin of [
    'docker.io',
    'localhost',
    'localhost:5000/a',
    'registry:5000',
    'ghcr.io/team/',
    '10.0.0.1/a_b/c',
  ]) {
    it(`takes ${origin} for a registry`, () => assert.ok(isOrigin(origin)));
  }
  for (const text of [
    '',
    'nginx',
    'library/nginx',
    'https://ghcr.io',
    'ghcr.io//a',
    '*.ghcr.io',
    'GHCR.io',
    'ghcr.io/a:1',
    'a b.io',
  ]) {
    it(`does not take ${text || 'nothing'} for one`, () => assert.ok(!isOrigin(text)));
  }
});
