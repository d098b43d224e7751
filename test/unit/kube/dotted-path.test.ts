import assert from 'node:assert/strict';
import { namesIn } from '../../../src/kube/dotted-path.ts';

describe('The names in a dotted path', () => {
  it('are what stands between the dots', () => {
    assert.deepEqual(namesIn('spec'), ['spec']);
    assert.deepEqual(namesIn('spec.template.spec'), ['spec', 'template', 'spec']);
  });

  it('are the same list each time', () => {
    assert.equal(namesIn('metadata.labels'), namesIn('metadata.labels'));
  });
});
