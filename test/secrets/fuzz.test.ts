/** Whatever a secret holds, its profile is made: no crash, no hang, and a size that does not grow with it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinguishedName } from '../../src/secrets/distinguished-name.js';
import { parseSequence } from '../../src/secrets/der.js';
import { readPem } from '../../src/secrets/pem.js';
import { profileSecret } from '../../src/secrets/profile.js';
import { secretProfileSchema } from '../../src/snapshot/resources/secret-profile.js';
import { encryptedInfo } from './support/pbes1.js';
import { issueChain, keyOf, pkcs8 } from './support/issue.js';
import { runs } from '../random/seed.js';

const { client, intermediate, root } = issueChain();
const whole = {
  certificate: client.pem + intermediate.pem + root.pem,
  privateKey: pkcs8(keyOf('rsa')),
  username: 'orders',
  password: 'x',
};

/** A part of the text cut, doubled or replaced, some times over. */
const damaged = (text: string) =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        length: fc.nat(40),
        with: fc.oneof(
          fc.constant(''),
          fc.string({ maxLength: 20 }),
          fc.constantFrom('\\n', '-----', '-----BEGIN X-----', '=', '\u0000', '😀'),
        ),
      }),
      { maxLength: 5 },
    )
    .map((cuts) =>
      cuts.reduce((left, cut) => left.slice(0, cut.at) + cut.with + left.slice(cut.at + cut.length), text),
    );

function profileOf(text: string): number {
  const profile = secretProfileSchema.parse(profileSecret({ text }));
  return JSON.stringify(profile).length;
}

describe('any secret', () => {
  test('any text', () =>
    fc.assert(fc.property(fc.string({ maxLength: 2000 }), (text) => void expect(profileOf(text)).toBeGreaterThan(0))));
  test('any JSON', () => fc.assert(fc.property(fc.json(), (text) => void profileOf(text))));
  test('members with any values', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'username',
            'password',
            'certificate',
            'privateKey',
            'privateKeyPassword',
            'cert',
            '__proto__',
            'Key',
          ),
          fc.anything({ maxDepth: 2 }),
        ),
        (content) => {
          let text;
          try {
            text = JSON.stringify(content) ?? '';
          } catch {
            return;
          }
          profileOf(text);
        },
      ),
    ));
  test('damaged certificates and keys', () =>
    fc.assert(
      fc.property(
        damaged(whole.certificate),
        damaged(whole.privateKey),
        fc.option(fc.string(), { nil: undefined }),
        (certificate, privateKey, privateKeyPassword) => {
          profileOf(JSON.stringify({ certificate, privateKey, privateKeyPassword }));
        },
      ),
      { numRuns: runs(150) },
    ));
  test('damaged DER in whole PEM', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('CERTIFICATE', 'PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'),
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.tuple(fc.nat(1500), fc.nat(255)), { maxLength: 6 }),
        (label, bytes, changes) => {
          const real = Buffer.from(
            readPem(label === 'CERTIFICATE' ? whole.certificate : whole.privateKey).blocks[0]!.der,
          );
          for (const [at, byte] of changes) if (at < real.length) real[at] = byte;
          for (const der of [bytes, real]) {
            const pem = `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
            profileOf(JSON.stringify({ certificate: pem, privateKey: pem, privateKeyPassword: 'x' }));
            distinguishedName(der, 'subject');
            parseSequence(der);
          }
        },
      ),
      { numRuns: runs(200) },
    ));

  const times = (text: string, bytes = 260_000) => text.repeat(Math.ceil(bytes / text.length));
  test.each([
    ['beginnings that never end', times('-----BEGIN A-----')],
    ['ends that never begin', times('-----END A-----')],
    ['blocks of nothing', times('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n')],
    ['a label without an end', `-----BEGIN ${times('A')}`],
    ['blanks', `-----BEGIN CERTIFICATE-----${times(' ')}-----END CERTIFICATE-----`],
    ['colons', `-----BEGIN CERTIFICATE-----\n${times('a:\n')}-----END CERTIFICATE-----`],
    ['written-out line breaks', times('\\n')],
    ['dashes', times('-')],
  ])('%s, as many as a secret can hold', (_, text) => {
    for (const variant of [text, text.slice(0, 60_000)])
      expect(profileOf(JSON.stringify({ certificate: variant, privateKey: variant }))).toBeLessThan(200_000);
  });

  const nested = (depth: number, head: (rest: number) => number[]) => {
    let bytes: number[] = [];
    for (let level = 0; level < depth; level++) bytes = [...head(bytes.length), ...bytes];
    return Uint8Array.from(bytes);
  };
  test('sequences in sequences, of known length and without end', () => {
    const definite = nested(3000, (rest) => [0x30, 0x82, rest >> 8, rest & 255]);
    const indefinite = Uint8Array.from(Array.from({ length: 60_000 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80)));
    for (const der of [definite, indefinite]) {
      expect(parseSequence(der)).toBeUndefined();
      const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
      profileOf(JSON.stringify({ certificate: pem, privateKey: pem.replaceAll('CERTIFICATE', 'PRIVATE KEY') }));
    }
  });
  test('an encrypted key that asks for billions of rounds is not tried', () => {
    for (const rounds of [1_000_001, 2 ** 31 - 1]) {
      const { privateKey } = profileSecret({
        text: JSON.stringify({
          ...whole,
          privateKey: encryptedInfo('1.2.840.113549.1.12.1.3', [Buffer.alloc(8), rounds], Buffer.alloc(1200)),
          privateKeyPassword: 'x',
        }),
      });
      expect(privateKey?.opens).toBe('cannot-tell');
    }
  });
  test('JSON in JSON', () => void profileOf(`${'['.repeat(60_000)}${']'.repeat(60_000)}`));
  test('members without end', () =>
    void expect(
      profileOf(
        `{${Array.from({ length: 9000 }, (_, index) => `"use${'.'.repeat(index % 30)}r${index % 7}":""`).join(',')}}`,
      ),
    ).toBeLessThan(1_000_000));
  test('many certificates count, and twenty are told', () => {
    const text = JSON.stringify({ certificate: client.pem.repeat(100) });
    expect(profileOf(text)).toBeLessThan(20_000);
  });
});
