import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toEventRecord } from '../../src/event/build-event.js';
import { recognise } from '../../src/event/content.js';
import { decodeEvent } from '../../src/event/decode-event.js';
import { encodeContent } from '../../src/event/encode-content.js';
import type { EventRecord, KafkaEvent } from '../../src/event/kafka-event.js';
import { toKafkaEvent } from '../../src/event/read-event.js';
import { readSchema } from '../../src/event/schema/read-schema.js';
import type { Schema } from '../../src/event/schema/schema.js';
import { readFrame, readMessageIndexes, writeFrame } from '../../src/event/wire-format.js';

const uuid = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const record = { topic: 't', partition: 0, offset: 3, timestamp: 1, key: null, value: null, headers: [] };
const eventOf = (...records: EventRecord[]): KafkaEvent => ({
  eventSource: 'SelfManagedKafka',
  bootstrapServers: 'b:9092',
  records: { 't-0': records },
});
const decodeValue = (value: Uint8Array | null, schemas: Schema[] = [], change: Partial<EventRecord> = {}) => {
  const decoded = decodeEvent(eventOf({ ...toEventRecord({ ...record, value }), ...change }), {
    key: [],
    value: schemas,
  });
  return { ...decoded.records[0]!, undecodable: decoded.undecodable };
};
const bytes = (text: string) => Buffer.from(text);

describe('kinds', () => {
  const confluent = Buffer.from([0, 0, 0, 0, 42]);
  const rows: [what: string, value: Uint8Array | null, kind: string, text: string | null, problem: RegExp | null][] = [
    ['a tombstone', null, 'null', null, null],
    ['no bytes', bytes(''), 'empty', '', null],
    ['an object', bytes(' {"a":1}'), 'json', ' {"a":1}', null],
    ['a list', bytes('[1]'), 'json', '[1]', null],
    ['a JSON text', bytes('"a"'), 'json', '"a"', null],
    ['a number', bytes('42'), 'text', '42', null],
    ['text', bytes('é\n\u001B[31m'), 'text', 'é\n\u001B[31m', null],
    ['text like JSON', bytes('{"a":'), 'text', '{"a":', null],
    ['other bytes', Buffer.from([0xff, 0, 1]), 'binary', 'ff 00 01', null],
    ['a small number in 4 bytes', Buffer.from([0, 0, 0, 7]), 'binary', '00 00 00 07', null],
    ['a small number in 8 bytes', Buffer.from([0, 0, 0, 0, 0, 0, 0, 7]), 'binary', '00 00 00 00 00 00 00 07', null],
    ['ascending bytes', Buffer.from([0, 1, 2, 3, 4, 5]), 'binary', '00 01 02 03 04 05', null],
    ['a word of Base64 letters', bytes('orderIds'), 'text', 'orderIds', null],
    ['a hexadecimal number', bytes('deadbeefdeadbeef'), 'text', 'deadbeefdeadbeef', null],
    ['digits', bytes('202609021011'), 'text', '202609021011', null],
    [
      'Confluent with bytes',
      Buffer.concat([confluent, Buffer.from([2, 0xff])]),
      'confluent',
      '02 ff',
      /^The value has the header of a Confluent schema registry \(schema ID 42\).*5 bytes.*Avro or Protobuf/,
    ],
    ['Confluent with JSON', Buffer.concat([confluent, bytes('{"a":1}')]), 'confluent', '{"a":1}', /rest as JSON/],
    [
      'Glue',
      writeFrame('glue', uuid, Buffer.from([2, 0xff])),
      'glue',
      '02 ff',
      new RegExp(`AWS Glue Schema Registry \\(schema version ${uuid}\\).*18 bytes`),
    ],
    [
      'Glue, compressed',
      Buffer.concat([Buffer.from([3, 5]), Buffer.from(uuid.replaceAll('-', ''), 'hex'), deflateSync(bytes('{"a":1}'))]),
      'glue',
      '{"a":1}',
      /decompress the rest \(zlib\) and decode it as JSON/,
    ],
    ['gzip', gzipSync('hello'), 'gzip', 'hello', /compressed with gzip by the producer’s code.*must decompress/],
    ['half of gzip', gzipSync('hello').subarray(0, 12), 'gzip', null, /cannot be decompressed/],
    ['Base64 of JSON', bytes(bytes('{"a":1}').toString('base64')), 'base64', '{"a":1}', /must decode Base64 twice/],
    ['Base64 of gzip', bytes(gzipSync('x').toString('base64')), 'base64', null, /must decode Base64 twice/],
  ];
  test.each(rows)('%s', (_, value, kind, text, problem) => {
    const decoded = decodeValue(value);
    expect(decoded.value.kind).toBe(kind);
    if (text !== null || value === null) expect(decoded.value.text).toBe(text);
    if (problem === null) expect(decoded.problem).toBeNull();
    else expect(decoded.problem).toMatch(problem);
  });

  test('8 bytes of a key are a number, not a header', () => {
    const timestamp = Buffer.alloc(8);
    timestamp.writeBigInt64BE(1_756_800_000_000n);
    expect(recognise(timestamp, true).kind).toBe('binary');
  });

  test('any bytes are recognised', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom([], [0], [3, 0], [0x1f, 0x8b]), (rest, start) => {
        expect(recognise(Uint8Array.from([...start, ...rest])).text).not.toBeNull();
      }),
    ));
});

test('a value that is not Base64 is read as it is, with a note', () => {
  const event = eventOf({ ...toEventRecord(record), value: '{"a": 1}' });
  const { records, notes } = decodeEvent(event, { key: [], value: [] });
  expect(records[0]!.value).toEqual({ kind: 'json', text: '{"a": 1}' });
  expect(records[0]!.problem).toBeNull();
  expect(notes).toEqual([expect.stringMatching(/^value of .* is not Base64/)]);
});

test('headers: signed bytes are text, unsigned ones are read with a note', () => {
  const headers: EventRecord['headers'] = [{ a: [-61, -87] }, { b: [195, 169] }, { c: [-1] }];
  const { records, notes } = decodeEvent(eventOf({ ...toEventRecord(record), headers }), { key: [], value: [] });
  expect(records[0]!.headers).toEqual([
    { name: 'a', text: 'é' },
    { name: 'b', text: 'é' },
    { name: 'c', text: 'ff' },
  ]);
  expect(notes).toEqual(['header b of t-0 offset 3 has bytes above 127; Lambda sends signed bytes, from -128 to 127']);
});

const files: Record<string, string> = {
  'order.avsc': JSON.stringify({
    type: 'record',
    name: 'Order',
    fields: [
      { name: 'id', type: 'long' },
      { name: 'note', type: ['null', 'string'], default: null },
      { name: 'raw', type: { type: 'array', items: 'bytes' } },
    ],
  }),
  'shop/order.proto':
    'syntax = "proto3"; package shop; import "item.proto"; import "google/protobuf/timestamp.proto";\n' +
    'message Order { int64 id = 1; string note = 2; Item item = 3; google.protobuf.Timestamp at = 4; message Line { int32 n = 1; } }\n' +
    'message Refund { int32 amount = 1; }',
  'shop/item.proto': 'syntax = "proto3"; package shop; message Item { string sku = 1; }',
  'order.json': JSON.stringify({ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] }),
  'order2020.json': JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    prefixItems: [{ type: 'integer' }],
  }),
};
const read = (word: string) => readSchema(word, async (path) => files[path]);

describe('schemas', () => {
  const rows: [file: string, format: string, data: unknown][] = [
    ['order.avsc', 'AVRO', { id: 5, note: null, raw: ['\u00ffA'] }],
    ['order.avsc', 'AVRO', { id: '9007199254740993', note: 'é', raw: [] }],
    ['shop/order.proto', 'PROTOBUF', { id: '9007199254740993', note: 'é', item: { sku: 'a' } }],
    ['shop/order.proto#shop.Refund', 'PROTOBUF', { amount: 7 }],
    ['order.json', 'JSON', { id: 7 }],
    ['order2020.json', 'JSON', [7]],
  ];
  test.each(rows)('%s encodes and decodes, with and without the header of a registry', async (file, format, data) => {
    const schema = await read(file);
    expect(schema.dataFormat).toBe(format);
    const value = bytes(JSON.stringify(data));
    for (const wire of ['CONFLUENT', 'GLUE', 'SOURCE', 'JSON'] as const) {
      const encoded = encodeContent({ ...record, value }, 'value', { schema, format: wire, schemaId: null }, 'x');
      const inEvent = toEventRecord(encoded);
      const { value: decoded, undecodable } = decodeValue(encoded.value, [schema], inEvent);
      expect(JSON.parse(decoded.text!), wire).toEqual(data);
      expect(undecodable).toBe(0);
      expect(inEvent.valueSchemaMetadata?.dataFormat).toBe({ SOURCE: format, JSON: 'JSON' }[wire as string]);
      expect(decoded.kind === 'confluent', wire).toBe(wire === 'CONFLUENT');
    }
  });

  test('the indexes before a Confluent Protobuf message choose its type', async () => {
    const schema = await read('shop/order.proto');
    const message = Buffer.from([8, 7]);
    for (const [indexes, text] of [
      [[0], '{"id":"7"}'],
      [[2, 2], '{"amount":7}'],
      [[4, 0, 0], '{"n":7}'],
    ] as const) {
      const value = writeFrame('confluent', '9', Buffer.concat([Buffer.from(indexes), message]));
      expect(decodeValue(value, [schema]).value.text).toBe(text);
    }
    expect(readMessageIndexes(Buffer.from([]))).toBeNull();
    expect(readMessageIndexes(Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80]))).toBeNull();
  });

  test('a schema that does not fit is named, with why', async () => {
    const value = writeFrame('confluent', '9', Buffer.from([2]));
    const { problem, undecodable, value: content } = decodeValue(value, [await read('order.json')]);
    expect(problem).toMatch(/It does not decode: order\.json: the content is not JSON\.$/);
    expect({ undecodable, text: content.text }).toEqual({ undecodable: 1, text: '02' });
  });

  test('a schema for another ID is not tried', async () => {
    const schemas = [await read('8=order.json'), await read('9=order.json')];
    expect(decodeValue(writeFrame('confluent', '9', bytes('{"id":1}')), schemas).problem).toMatch(
      /order\.json decodes/,
    );
    expect(decodeValue(writeFrame('confluent', '7', bytes('{"id":1}')), schemas).problem).toMatch(
      /no schema file was given for the schema ID 7/,
    );
  });

  test('text without a header is readable, whatever the schema', async () => {
    expect(decodeValue(bytes('plain'), [await read('order.json')])).toMatchObject({ problem: null, undecodable: 0 });
  });

  test.each([
    ['none.avsc', 'schema file not found: none.avsc'],
    ['text', 'text is not a schema: it is neither JSON nor a .proto file'],
    ['number', 'number is not a schema: it is neither an Avro schema nor a JSON Schema'],
    ['avro', 'avro is not a schema: '],
    ['proto', 'proto is not a schema: the imported file a.proto was not found'],
    ['empty.proto', 'empty.proto is not a schema: it defines no message'],
    ['order.proto#Nothing', 'order.proto is not a schema: '],
  ])('%s is refused', async (word, message) => {
    const texts: Record<string, string> = {
      text: 'hello',
      number: '5',
      avro: '{"type":"record","name":"A"}',
      proto: 'import "a.proto"; message A {}',
      'empty.proto': 'syntax = "proto3"; // message X',
      'order.proto': 'message A {}',
    };
    await expect(readSchema(word, async (path) => texts[path])).rejects.toThrow(message);
  });
});

test('a header is read as it was written, and only with an ID that can be one', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 24 - 1 }), fc.uint8Array(), fc.uuid(), (id, content, version) => {
      expect(readFrame(writeFrame('confluent', String(id), content))).toMatchObject({ schemaId: String(id) });
      expect(readFrame(writeFrame('glue', version, content))).toMatchObject({ schemaId: version, compressed: false });
      for (const wrong of ['0', '-1', 'x', '4294967296'])
        expect(() => writeFrame('confluent', wrong, content)).toThrow();
      expect(() => writeFrame('glue', '1', content)).toThrow();
    }),
  ));

describe('documents that are no event', () => {
  const good = {
    eventSource: 'aws:kafka',
    records: { 't-0': [{ topic: 't', partition: 0, offset: 1, value: 'YQ==' }] },
  };
  const changed = (change: object) => ({
    ...good,
    records: { 't-0': [{ topic: 't', partition: 0, offset: 1, value: 'YQ==', ...change }] },
  });
  test.each(['aws:kafka', 'SelfManagedKafka', 'aws:SelfManagedKafka'])('an event of %s is one', (eventSource) =>
    expect(toKafkaEvent({ ...good, eventSource }, 'e.json').eventSource).toBe(eventSource),
  );

  test.each<[unknown, string]>([
    [null, 'it is null, not an object'],
    [[], 'it is a list, not an object'],
    [{}, 'it has no eventSource'],
    [{ ...good, eventSource: 'aws:sqs' }, 'eventSource is "aws:sqs"'],
    [{ Records: [{ eventSource: 'aws:kinesis' }] }, 'it is an event of aws:kinesis'],
    [{ ...good, records: [] }, 'records is a list'],
    [{ ...good, records: { 'a\u001B-0': {} } }, String.raw`records["a\u001b-0"] is an object`],
    [{ ...good, records: { 't-0': [5] } }, 'records["t-0"][0] is a number'],
    [changed({ value: {} }), 'records["t-0"][0].value is an object'],
    [changed({ offset: '1' }), 'records["t-0"][0].offset is a string'],
    [changed({ topic: undefined }), 'records["t-0"][0].topic is missing'],
    [changed({ timestamp: 'x' }), 'records["t-0"][0].timestamp is a string'],
    [changed({ headers: {} }), 'records["t-0"][0].headers is an object'],
    [changed({ headers: [{ a: 'x' }] }), 'records["t-0"][0].headers[0] is not a list of bytes'],
    [changed({ headers: [{ a: [256] }] }), 'records["t-0"][0].headers[0] is not a list of bytes'],
  ])('%j', (document, fault) => {
    expect(() => toKafkaEvent(document, 'e.json')).toThrow(`e.json is not an event of a Kafka event source: ${fault}`);
  });

  test('members that may be missing', () => {
    expect(toKafkaEvent(good, 'e.json')).toBe(good);
    expect(decodeEvent(toKafkaEvent(good, ''), { key: [], value: [] }).records).toEqual([
      {
        topic: 't',
        partition: 0,
        offset: 1,
        timestamp: null,
        key: { kind: 'null', text: null },
        value: { kind: 'text', text: 'a' },
        headers: [],
        problem: null,
      },
    ]);
  });
});
