import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redactionOf } from '../../../../src/notify/sending/redact.ts';

const URL_TEXT = 'https://hooks.example/services/T0123456/s3cr3t%2Fpath?sig=abcdefgh&v=1';
const { redact, longest } = redactionOf([URL_TEXT], ['Bearer tokentoken', 'tokentoken', 'x']);

describe('what is secret of a target', () => {
  const texts: readonly (readonly [name: string, text: string, shown: string])[] = [
    ['the address', `POST ${URL_TEXT} failed`, 'POST [redacted] failed'],
    ['its path', 'no /services/T0123456/s3cr3t%2Fpath here', 'no [redacted] here'],
    ['a piece of its path', 'team T0123456 is gone', 'team [redacted] is gone'],
    ['a piece as it reads decoded', 'no s3cr3t/path', 'no [redacted]'],
    ['a value of its query', 'signature abcdefgh is wrong', 'signature [redacted] is wrong'],
    ['a header', 'got Bearer tokentoken', 'got [redacted]'],
    ['a token without its first word', 'token tokentoken has expired', 'token [redacted] has expired'],
  ];
  for (const [name, text, shown] of texts) {
    it(`is not shown: ${name}`, () => assert.equal(redact(text), shown));
  }

  it('is not what is too short to be one', () => assert.equal(redact('x=1, v=1'), 'x=1, v=1'));

  it('has a length by which to know where a part of it may stand', () => assert.equal(longest, URL_TEXT.length));

  it('is not shown, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom(URL_TEXT, 'T0123456', 'tokentoken', 'abcdefgh'),
        (a, b, secret) => {
          assert.ok(!redact(a + secret + b).includes(secret));
        },
      ),
    );
  });
});
