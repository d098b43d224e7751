import assert from 'node:assert/strict';
import { addressesClash, formatAddress, parseAddress, type Address } from '../../../src/metrics/address.ts';

describe('An address', () => {
  const legal: readonly (readonly [string, Address | undefined])[] = [
    [':8080', { port: 8080 }],
    [':0', { port: 0 }],
    ['127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
    ['localhost:65535', { host: 'localhost', port: 65_535 }],
    ['[::1]:8080', { host: '::1', port: 8080 }],
    ['[fe80::1%eth0]:8080', { host: 'fe80::1%eth0', port: 8080 }],
    ['0', undefined],
  ];
  for (const [text, expected] of legal) {
    it(`is read from ${text}, and printed as it was`, () => {
      const address = parseAddress(text);
      assert.deepEqual(address, expected);
      if (address !== undefined) assert.equal(formatAddress(address), text);
    });
  }

  for (const text of [
    '',
    '8080',
    ':',
    ':65536',
    ':-1',
    '::1:8080',
    '[::1]',
    '[x]:80',
    'a b:80',
    'http://a:80',
    ':80/',
    ':080808',
  ]) {
    it(`is not "${text}"`, () => {
      assert.throws(() => parseAddress(text), {
        name: 'RangeError',
        message: 'not host:port, :port or [IPv6]:port with a port up to 65535, nor 0 for off',
      });
    });
  }

  const pairs: readonly (readonly [string, string, boolean])[] = [
    [':8080', ':8080', true],
    [':8080', ':8081', false],
    ['127.0.0.1:8080', ':8080', true],
    ['[::1]:8080', '0.0.0.0:8080', true],
    ['[::]:8080', '10.0.0.1:8080', true],
    ['127.0.0.1:8080', '127.0.0.1:8080', true],
    ['127.0.0.1:8080', '10.0.0.1:8080', false],
    [':0', ':0', false],
  ];
  for (const [a, b, expected] of pairs) {
    it(`${a} ${expected ? 'clashes' : 'does not clash'} with ${b}`, () => {
      const [first, second] = [parseAddress(a), parseAddress(b)];
      assert.ok(first !== undefined && second !== undefined);
      assert.equal(addressesClash(first, second), expected);
      assert.equal(addressesClash(second, first), expected);
    });
  }
});
