/** Records that a topic may hold and few do: absent, empty, large and repeated parts, any bytes, by each codec. */
import fc from 'fast-check';
import type { Written } from './record-clients.js';

/** Settings of a producer, for each codec and for levels that make other blocks. */
export const codecs: readonly Record<string, string>[] = [
  { 'compression.type': 'none' },
  { 'compression.type': 'gzip', 'compression.gzip.level': '1' },
  { 'compression.type': 'gzip', 'compression.gzip.level': '9' },
  { 'compression.type': 'snappy' },
  { 'compression.type': 'lz4', 'compression.lz4.level': '1' },
  { 'compression.type': 'lz4', 'compression.lz4.level': '17' },
  { 'compression.type': 'zstd', 'compression.zstd.level': '-5' },
  { 'compression.type': 'zstd', 'compression.zstd.level': '3' },
  { 'compression.type': 'zstd', 'compression.zstd.level': '19' },
];

export const textRecord = (value: string, more: Partial<Written> = {}): Written => ({
  key: null,
  value: Buffer.from(value),
  ...more,
});

export const several = (count: number, name: string): Written[] =>
  Array.from({ length: count }, (_, at) => textRecord(`${name} ${at}`));

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
/** No UTF-8 text in any part. */
const noText = Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x80]);
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const nothing = Buffer.alloc(0);

/** Each part absent, empty, no text, and every byte. */
export const oddRecords: readonly Written[] = [
  { key: null, value: null },
  { key: nothing, value: nothing },
  { key: utf8('tombstone'), value: null },
  { key: null, value: utf8('{"order":1}') },
  { key: noText, value: noText },
  { key: everyByte, value: everyByte, headers: [['bytes', everyByte]] },
  {
    key: utf8('headers'),
    value: utf8('Grüße, 東京 🚀'),
    headers: [
      ['trace', utf8('1')],
      ['trace', utf8('2')],
      ['trace', null],
      ['trace', nothing],
      ['', utf8('without a name')],
      ['名前', noText],
      ['__proto__', utf8('a name that objects have')],
      ['10', utf8('a number after')],
      ['9', utf8('a number before')],
    ],
  },
  { key: null, value: nothing, headers: Array.from({ length: 300 }, (_, at) => [`h${at % 7}`, utf8(String(at))]) },
  { key: utf8('first day'), value: utf8('time 0'), timestamp: 0 },
  { key: utf8('old'), value: utf8('time before the others'), timestamp: 1_000_000_000_000 },
  { key: utf8('new'), value: utf8('time after the others'), timestamp: Date.now() + 60_000 },
];

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((content) => Buffer.from(content));
/** What repeats, as logs and documents do, so that codecs refer back. */
const repetitive = fc
  .tuple(bytes(60), fc.nat(400), bytes(9))
  .map(([part, times, rest]) => Buffer.concat([...Array.from({ length: times }, () => part), rest]));
const content = fc.oneof(fc.constant(null), bytes(40), repetitive);

/** Random records of this run's seed. */
export const anyRecords = (count: number): Written[] =>
  fc.sample(
    fc.record({
      key: content,
      value: content,
      headers: fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 8 }), content), { maxLength: 3 }),
    }),
    count,
  );

/** Large values, each of about this size: of one text, of a few thousand words in any order, and without any order. */
export function largeRecords(size: number): Written[] {
  // A generator of its own, since random bytes by fast-check take seconds.
  let state = 88_172_645;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const random = Buffer.from(Uint32Array.from({ length: size / 4 }, next).buffer);
  const words = Array.from({ length: 3000 }, () => next().toString(36));
  const text = Array.from({ length: size / 8 }, () => words[next() % words.length]!).join(' ');
  return [
    { key: utf8('repeated'), value: Buffer.alloc(size, 'orders and more orders, ') },
    { key: utf8('words'), value: utf8(text) },
    { key: utf8('random'), value: random },
  ];
}
