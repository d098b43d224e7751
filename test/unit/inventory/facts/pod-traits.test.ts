import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { podTraits } from '../../../../src/inventory/facts/pod-traits.ts';
import { podView } from '../../../../src/inventory/facts/pod-view.ts';
import { isUnreadable } from '../../../../src/inventory/facts/unreadable.ts';
import { malformed } from '../../checks/verdicts.ts';
import { containerFields, podFields } from '../../checks/arbitrary-pod-fields.ts';

describe('The traits of a pod', () => {
  it('have each image once, in order', () => {
    const images = ['b', 'a', 'b', ''].map((image, index) => ({ name: `c${index}`, image }));
    assert.deepEqual(podTraits(podView({ containers: images })).images, ['a', 'b']);
  });

  it('name a field of a wrong type, and tell the rest', () => {
    const traits = podTraits(podView(malformed({ containers: [] }, { tolerations: {} })));
    assert.deepEqual(traits, {
      images: [],
      resourceGaps: [],
      toleratesControlPlane: { malformed: 'spec.tolerations is not a list' },
    });
  });

  it('are told of whatever a pod may hold', () => {
    const container = containerFields.map((fields) => Object.assign({ name: 'app' }, fields));
    fc.assert(
      fc.property(podFields, container, (fields, spec) => {
        const { images, resourceGaps, toleratesControlPlane } = podTraits(
          podView(Object.assign({ containers: [spec] }, fields)),
        );
        assert.ok(Array.isArray(images) || isUnreadable(images));
        assert.ok(Array.isArray(resourceGaps) || isUnreadable(resourceGaps));
        assert.ok(typeof toleratesControlPlane === 'boolean' || isUnreadable(toleratesControlPlane));
      }),
    );
  });
});
