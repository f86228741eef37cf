import type { MSKEvent, SelfManagedKafkaEvent } from 'aws-lambda';
import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { buildEvent, signedBytes, type KafkaRecord } from '../../src/event/build-event.js';
import { decodeEvent } from '../../src/event/decode-event.js';
import { readRecordLines } from '../../src/event/json-lines.js';
import type { EventRecord, KafkaEvent } from '../../src/event/kafka-event.js';
import { isKafkaEvent } from '../../src/event/read-event.js';

/** The record of the examples on AWS’s pages with-msk and with-kafka. */
const published: KafkaRecord = {
  topic: 'mytopic',
  partition: 0,
  offset: 15,
  timestamp: 1_545_084_650_987,
  key: Buffer.from('abcDEFghiJKLmnoPQRstuVWXyz1234==', 'base64'),
  value: Buffer.from('Hello, this is a test.'),
  headers: [{ name: 'headerKey', value: Buffer.from('headerValue') }],
};
const publishedRecords = {
  'mytopic-0': [
    {
      topic: 'mytopic',
      partition: 0,
      offset: 15,
      timestamp: 1_545_084_650_987,
      timestampType: 'CREATE_TIME',
      // The example’s key is not what an encoder writes: its last letter has bits beyond the last byte.
      key: 'abcDEFghiJKLmnoPQRstuVWXyz123w==',
      value: 'SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==',
      headers: [{ headerKey: [104, 101, 97, 100, 101, 114, 86, 97, 108, 117, 101] }],
    },
  ],
};
const bootstrapServers =
  'b-2.demo-cluster-1.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092,b-1.demo-cluster-1.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092';

test('the event of AWS’s page on Amazon MSK, member by member', () => {
  const eventSourceArn =
    'arn:aws:kafka:us-east-1:123456789012:cluster/vpc-2priv-2pub/751d2973-a626-431c-9d4e-d7975eb44dd7-2';
  const event = buildEvent([published], { eventSourceArn, bootstrapServers });
  expect(JSON.stringify(event)).toBe(
    JSON.stringify({ eventSource: 'aws:kafka', eventSourceArn, bootstrapServers, records: publishedRecords }),
  );
});

test('the event of AWS’s page on self-managed Kafka has no eventSourceArn', () => {
  const event = buildEvent([published], { bootstrapServers });
  expect(JSON.stringify(event)).toBe(
    JSON.stringify({ eventSource: 'SelfManagedKafka', bootstrapServers, records: publishedRecords }),
  );
});

test('events satisfy the types of aws-lambda, but for null', () => {
  type Filled<E extends KafkaEvent> = Omit<E, 'records'> & {
    records: Record<string, (EventRecord & { key: string; value: string })[]>;
  };
  expectTypeOf<Filled<Extract<KafkaEvent, { eventSource: 'aws:kafka' }>>>().toExtend<MSKEvent>();
  expectTypeOf<Filled<KafkaEvent & { eventSource: 'SelfManagedKafka' }>>().toExtend<SelfManagedKafkaEvent>();
});

test('bytes of headers are signed', () => {
  expect(signedBytes(Buffer.from('é'))).toEqual([-61, -87]);
  expect(signedBytes(Uint8Array.of(0, 127, 128, 255))).toEqual([0, 127, -128, -1]);
});

/** Text that is shown as it is: no control characters, and not Base64 by accident. */
const text = fc.string({ unit: fc.constantFrom(...'ab é-…😀{}"') });
const bytesOf = (content: string | null) => (content === null ? null : Buffer.from(content));
const recordOf = fc.record({
  topic: fc.constantFrom('orders', 'refunds.v2', '__proto__'),
  partition: fc.nat(3),
  offset: fc.nat(),
  timestamp: fc.nat(4e12),
  key: fc.option(text),
  value: fc.option(text),
  headers: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
});

test('what is generated is decoded: every key, value and header, in the order of each partition', () =>
  fc.assert(
    fc.property(fc.array(recordOf, { maxLength: 8 }), (records) => {
      const event = buildEvent(
        records.map(({ topic, partition, offset, timestamp, key, value, headers }) => ({
          topic,
          partition,
          offset,
          timestamp,
          key: bytesOf(key),
          value: bytesOf(value),
          headers: headers.map((header) => ({ name: header.name, value: Buffer.from(header.value) })),
        })),
        { bootstrapServers },
      );
      const read: unknown = JSON.parse(JSON.stringify(event));
      expect(isKafkaEvent(read)).toBe(true);
      const decoded = decodeEvent(read as KafkaEvent, { key: [], value: [] });
      const nameOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic}-${partition}`;
      const expected = [...new Set(records.map(nameOf))].flatMap((group) =>
        records.filter((record) => nameOf(record) === group),
      );
      expect(
        decoded.records.map(({ topic, partition, offset, timestamp, key, value, headers }) => ({
          topic,
          partition,
          offset,
          timestamp,
          key: key.text,
          value: value.text,
          headers: headers.map((header) => ({ name: header.name, value: header.text })),
        })),
      ).toEqual(expected);
      expect(decoded.records.every(({ problem }) => problem === null)).toBe(true);
    }),
  ));

test('a line of a file is the same record as the flags would make', () => {
  const defaults = { topic: 'orders', partition: 2, offset: 40, timestamp: 7 };
  const lines = [
    '{"key":"a","value":"é","headers":{"x":"1","y":null}}',
    '',
    '{"value":{"id":1},"partition":0,"headers":[{"x":"1"},{"x":[-61,-87]}]}',
    '{"value":null,"offset":50,"timestamp":8,"topic":"other","timestampType":"LOG_APPEND_TIME"}',
    '{"valueBase64":"/w==","keyBase64":""}',
  ];
  const records = readRecordLines(`\uFEFF${lines.join('\r\n')}\n`, 'r.jsonl', defaults);
  expect(records.map(({ topic, partition, offset }) => [topic, partition, offset])).toEqual([
    ['orders', 2, 40],
    ['orders', 0, 40],
    ['other', 2, 50],
    ['orders', 2, 41],
  ]);
  expect(records[0]!.headers).toEqual([
    { name: 'x', value: Buffer.from('1') },
    { name: 'y', value: null },
  ]);
  expect(records[1]!.value).toEqual(Buffer.from('{"id":1}'));
  expect(records[1]!.headers.map(({ value }) => Buffer.from(value!).toString())).toEqual(['1', 'é']);
  expect(records[2]).toMatchObject({ key: null, value: null, timestamp: 8, timestampType: 'LOG_APPEND_TIME' });
  expect(records[3]).toMatchObject({ key: Buffer.alloc(0), value: Buffer.from([0xff]) });
});

test('numbers in a value keep their digits', () => {
  const line = '{"key":12345678901234567890,"value":{"id":12345678901234567890, "price":[1.50,-0,1e3],"x":"é\\n"}}';
  const [record] = readRecordLines(line, 'r.jsonl', { topic: 't', partition: 0, offset: 0, timestamp: 0 });
  expect(record).toMatchObject({
    key: Buffer.from('12345678901234567890'),
    value: Buffer.from('{"id":12345678901234567890,"price":[1.50,-0,1e3],"x":"é\\n"}'),
  });
});

test('a file without records is no event', () =>
  expect(() => readRecordLines('\n \n', 'r.jsonl', { topic: 't', partition: 0, offset: 0, timestamp: 0 })).toThrow(
    'r.jsonl has no records',
  ));

test.each([
  ['{"key":"a"', 'not valid JSON'],
  ['[]', 'not a JSON object'],
  ['{"keys":"a"}', 'unknown member “keys”'],
  ['{"partition":-1}', 'partition is not a whole number from 0 to 2147483647'],
  ['{"partition":2147483648}', 'partition is not a whole number from 0 to 2147483647'],
  ['{"offset":1.5}', 'offset is not a whole number from 0'],
  ['{"offset":9223372036854775807}', 'offset is not a whole number from 0 to 9007199254740991'],
  ['{"headers":[{"name":"a","value":"b"}]}', 'headers has an object with several members'],
  ['{"timestamp":"2026"}', 'timestamp is not a whole number from 0'],
  ['{"valueBase64":"?"}', 'valueBase64 is not Base64'],
  ['{"value":"a","valueBase64":"YQ=="}', 'it has both value and valueBase64'],
  ['{"headers":"a"}', 'headers is neither an object nor a list of objects'],
  ['{"headers":{"a":5}}', 'the header “a” is neither a text nor a list of bytes'],
  ['{"topic":""}', 'topic is not a text'],
  ['{"timestampType":"x"}', 'timestampType is neither'],
])('a wrong line %s is named with its file and number', (line, fault) => {
  expect(() =>
    readRecordLines(`{}\n\n${line}`, 'r.jsonl', { topic: 't', partition: 0, offset: 0, timestamp: 0 }),
  ).toThrow(`r.jsonl:3: ${fault}`);
});
