import assert from 'node:assert/strict';
import fc from 'fast-check';
import { digestOf, podSpecDigest } from '../../../src/inventory/digest.ts';
import { raw } from '../../support/objects.ts';

const podSpec = (nodeName: string | undefined, suffix: string, image = 'app:1'): object => ({
  ...(nodeName === undefined ? {} : { nodeName }),
  volumes: [
    { name: `kube-api-access-${suffix}`, projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  ],
  containers: [{ name: 'app', image, volumeMounts: [{ name: `kube-api-access-${suffix}`, mountPath: '/var/run' }] }],
});

const digest = (spec: object, annotations = '{}'): string => podSpecDigest(raw({ spec }), 'spec', annotations);

describe('the digest of a pod spec', () => {
  it('is the same for pods that differ in their node and in the injected token volume', () => {
    assert.equal(digest(podSpec('node-a', 'abcde')), digest(podSpec('a-node-with-a-longer-name', 'vwxyz')));
  });

  it('is another where anything else differs', () => {
    assert.notEqual(digest(podSpec('node-a', 'abcde')), digest(podSpec('node-a', 'abcde', 'app:2')));
  });

  it('is another where a judged annotation differs', () => {
    assert.notEqual(digest(podSpec('node-a', 'abcde')), digest(podSpec('node-a', 'abcde'), '{"x":"y"}'));
  });

  it('copes with specs larger than its scratch space', () => {
    const large = (last: string): object => ({
      containers: [{ name: 'app', args: [...Array<string>(40_000).fill('argument'), last] }],
    });
    assert.notEqual(digest(large('a')), digest(large('b')));
    assert.equal(digest(large('a')), digest(large('a')));
  });
});

describe('the digest of some fields', () => {
  it('changes with a field that is read and with no other', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (read, unread, other) => {
        const before = digestOf(raw({ read, unread }), ['read']);
        assert.equal(digestOf(raw({ read, unread: other }), ['read']), before);
        if (JSON.stringify(read) !== JSON.stringify(other))
          assert.notEqual(digestOf(raw({ read: other, unread }), ['read']), before);
      }),
    );
  });

  it('tells fields apart that hold the same bytes in another order', () => {
    assert.notEqual(digestOf(raw({ a: 1, b: 2 }), ['a', 'b']), digestOf(raw({ a: 2, b: 1 }), ['a', 'b']));
    assert.notEqual(digestOf(raw({ a: 12 }), ['a', 'b']), digestOf(raw({ a: 1, b: 2 }), ['a', 'b']));
  });
});
