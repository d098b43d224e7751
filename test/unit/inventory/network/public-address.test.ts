import assert from 'node:assert/strict';
import { isPublicAddress } from '../../../../src/inventory/network/public-address.ts';

describe('an address', () => {
  it('is public if the internet routes it', () => {
    for (const address of ['8.8.8.8', '100.128.0.1', '172.32.0.1', '2600:1f18::1', '::ffff:8.8.8.8'])
      assert.equal(isPublicAddress(address), true, address);
  });

  it('is not if it is kept for private networks, carriers, or links', () => {
    for (const address of ['10.1.2.3', '100.64.0.1', '172.31.255.255', '169.254.1.1', 'fd00::1', 'fe80::1', '::1'])
      assert.equal(isPublicAddress(address), false, address);
    assert.equal(isPublicAddress('::ffff:10.0.0.1'), false);
  });

  it('is neither if it is none', () => {
    for (const text of ['', 'lb.example.com', '10.0.0']) assert.equal(isPublicAddress(text), undefined, text);
  });
});
