/**
 * Keyed tokens that keep what checks compare: equal texts, common beginnings, and which network contains an address.
 */
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';

export interface Cipher {
  /**
   * Letters and digits keep their kind and number. Words with the same beginning get tokens with the same beginning,
   * leading digits stay, and words that differ only in case get tokens that do.
   */
  word(text: string): string;
  /** Hexadecimal digits of an id; dashes stay. */
  hex(text: string): string;
  /** Twelve digits. */
  account(id: string): string;
  /**
   * An address or a network (`10.0.0.0/16`). Addresses of one network stay in one network, and special-purpose
   * ranges stay.
   */
  ipv4(cidr: string): string;
  ipv6(cidr: string): string;
}

/**
 * `cuts`: parts of words that policies name after a wildcard (`*rod` is one, `*-prod` is not). A word restarts where
 * one occurs, so that the pattern matches the same texts as before. `flat`: each letter is replaced independently of
 * the letters before it; then every pattern matches as before, but letters can be counted.
 */
export function createCipher(
  key: string,
  { cuts = new Set(), flat = false }: { cuts?: ReadonlySet<string>; flat?: boolean } = {},
): Cipher {
  const digests = new Map<string, Buffer>();
  const digest = (text: string): Buffer => {
    const made = digests.get(text) ?? createHmac('sha256', key).update(text).digest();
    digests.set(text, made);
    return made;
  };
  /** Replaces one character by a shuffled alphabet that depends on the characters before it. */
  const letter = (alphabet: string, before: string, character: string): string =>
    shuffled(alphabet, digest(`${alphabet} ${before}`))[alphabet.indexOf(character)]!;
  const lowerCuts = [...cuts].map((cut) => cut.toLowerCase());
  const begins = (text: string, at: number): boolean => lowerCuts.some((cut) => text.startsWith(cut, at));
  const flip = (bits: string): boolean => (digest(`bit ${bits}`)[0]! & 1) === 1;

  return {
    word: (text) => {
      let start = 0;
      // IAM compares condition keys, tag keys and some values case-insensitively.
      const small = text.replaceAll(/[A-Z]/g, (capital) => capital.toLowerCase());
      return [...text]
        .map((character, at) => {
          if (flat || (lowerCuts.length > 0 && begins(small, at))) start = at;
          // Numbers at the start of a word are ports, versions and counters, which identify nobody. The token of a
          // beginning must not depend on the end of the word.
          if (!flat && /^\d{1,5}$/.test(text.slice(start, at + 1))) return character;
          if (flat && /\d/.test(character)) return character;
          if (/[A-Z]/.test(character))
            return letter(lower, small.slice(start, at), character.toLowerCase()).toUpperCase();
          const alphabet = alphabets.find((candidate) => candidate.includes(character));
          // A non-ASCII letter becomes an ASCII one; policies do not name such.
          return alphabet === undefined
            ? letter(lower, small.slice(start, at), lower[character.codePointAt(0)! % 26]!)
            : letter(alphabet, small.slice(start, at), character);
        })
        .join('');
    },
    hex: (text) => {
      const digits = text.toLowerCase();
      return [...digits]
        .map((character, at) => (character === '-' ? character : letter(hexDigits, digits.slice(0, at), character)))
        .join('');
    },
    account: (id) => digest(`account ${id}`).readBigUInt64BE().toString().padStart(12, '0').slice(-12),
    ipv4: (cidr) => {
      const [address = '', length] = cidr.split('/');
      const bits = address
        .split('.')
        .map((part) => Number(part).toString(2).padStart(8, '0'))
        .join('');
      const changed = flipBits(bits, length === undefined ? 32 : Number(length), kept4, flip);
      return `${(changed.match(/.{8}/g) ?? []).map((part) => Number.parseInt(part, 2)).join('.')}${length === undefined ? '' : `/${length}`}`;
    },
    ipv6: (cidr) => {
      const [address = '', length] = cidr.split('/');
      const changed = flipBits(bitsOf6(address), length === undefined ? 128 : Number(length), kept6, (bits) =>
        flip(`6 ${bits}`),
      );
      return `${(changed.match(/.{16}/g) ?? []).map((part) => Number.parseInt(part, 2).toString(16)).join(':')}${length === undefined ? '' : `/${length}`}`;
    },
  };
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const alphabets = [lower, '0123456789'];
const hexDigits = '0123456789abcdef';

/** Fisher–Yates shuffle, seeded by the digest. */
function shuffled(alphabet: string, digest: Buffer): string[] {
  const letters = [...alphabet];
  for (let at = letters.length - 1; at > 0; at--) {
    const other = digest[at]! % (at + 1);
    [letters[at], letters[other]] = [letters[other]!, letters[at]!];
  }
  return letters;
}

/**
 * Flips each leading bit depending on the bits before it (Xu and others, Crypto-PAn, 2002), but never inside the
 * prefix of a range that stays.
 */
function flipBits(bits: string, length: number, kept: readonly string[], flip: (before: string) => boolean): string {
  return [...bits]
    .map((bit, at) => {
      const before = bits.slice(0, at);
      return at >= length || kept.some((range) => range.startsWith(before) && at < range.length) || !flip(before)
        ? bit
        : bit === '0'
          ? '1'
          : '0';
    })
    .join('');
}

const range4 = (address: string, length: number) =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
    .slice(0, length);
/** Private, shared, local, documentation and multicast ranges (RFC 6890): checks judge by them. */
const kept4 = [
  range4('0.0.0.0', 8),
  range4('10.0.0.0', 8),
  range4('100.64.0.0', 10),
  range4('127.0.0.0', 8),
  range4('169.254.0.0', 16),
  range4('172.16.0.0', 12),
  range4('192.0.0.0', 24),
  range4('192.0.2.0', 24),
  range4('192.168.0.0', 16),
  range4('198.18.0.0', 15),
  range4('198.51.100.0', 24),
  range4('203.0.113.0', 24),
  range4('224.0.0.0', 4),
  range4('240.0.0.0', 4),
];

function bitsOf6(address: string): string {
  if (!isIPv6(address)) return ''.padStart(128, '0');
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const filled =
    tail === undefined
      ? first
      : [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  return filled
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('')
    .slice(0, 128);
}

const range6 = (address: string, length: number) => bitsOf6(address).slice(0, length);
const kept6 = [
  range6('::', 16),
  range6('64:ff9b::', 32),
  range6('2000::', 3),
  range6('fc00::', 7),
  range6('fe80::', 10),
  range6('ff00::', 8),
];
