import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseImageReference } from '../../../../src/checks/images/image-reference.ts';
import type { ImageReference } from '../../../../src/checks/images/image-reference.ts';

const HEX = 'a'.repeat(64);

const CASES: readonly (readonly [image: string, expected: ImageReference])[] = [
  ['nginx', { registry: 'docker.io', repository: 'library/nginx' }],
  ['nginx:1.27', { registry: 'docker.io', repository: 'library/nginx', tag: '1.27' }],
  ['grafana/grafana:11.0', { registry: 'docker.io', repository: 'grafana/grafana', tag: '11.0' }],
  ['docker.io/nginx', { registry: 'docker.io', repository: 'library/nginx' }],
  ['index.docker.io/grafana/grafana', { registry: 'docker.io', repository: 'grafana/grafana' }],
  ['registry:5000/app', { registry: 'registry:5000', repository: 'app' }],
  ['registry:5000/app:2', { registry: 'registry:5000', repository: 'app', tag: '2' }],
  ['localhost/app', { registry: 'localhost', repository: 'app' }],
  ['LOCAL/app', { registry: 'LOCAL', repository: 'app' }],
  ['ghcr.io/a/b/c:v1', { registry: 'ghcr.io', repository: 'a/b/c', tag: 'v1' }],
  [`nginx@sha256:${HEX}`, { registry: 'docker.io', repository: 'library/nginx', digest: `sha256:${HEX}` }],
  [`r.io/a:1@sha256:${HEX}`, { registry: 'r.io', repository: 'a', tag: '1', digest: `sha256:${HEX}` }],
  ['nginx:', { registry: 'docker.io', repository: 'library/nginx' }],
  ['nginx@sha256:abc', { registry: 'docker.io', repository: 'library/nginx', digest: 'sha256:abc' }],
  ['nginx@', { registry: 'docker.io', repository: 'library/nginx' }],
  ['nginx:-1', { registry: 'docker.io', repository: 'library/nginx' }],
];

describe('parseImageReference', () => {
  for (const [image, expected] of CASES) {
    it(`takes ${image} apart`, () => assert.deepEqual(parseImageReference(image), expected));
  }

  it('finds again what a reference was put together from', () => {
    const segment = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8})?$/);
    const parts = fc.record(
      {
        registry: fc.constantFrom('r.example', 'localhost', 'r:5000', 'r.example:443'),
        repository: fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/')),
        tag: fc.stringMatching(/^\w[\w.-]{0,20}$/),
        digest: fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`),
      },
      { requiredKeys: ['registry', 'repository'] },
    );
    fc.assert(
      fc.property(parts, (reference) => {
        const { registry, repository, tag, digest } = reference;
        const image = `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
        assert.deepEqual(parseImageReference(image), { ...reference });
      }),
    );
  });

  it('takes any text for a reference to some repository', () => {
    fc.assert(
      fc.property(fc.string(), (text) => text.includes(parseImageReference(text).repository.replace(/^library\//, ''))),
    );
  });
});
