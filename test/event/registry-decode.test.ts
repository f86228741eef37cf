/** A record as Lambda delivers it for a mapping with a schema registry, and as `event generate` encodes it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KafkaRecord } from '../../src/event/build-event.js';
import { encodeContent } from '../../src/event/encode-content.js';
import { decodeByRegistry } from '../../src/event/registry-decode.js';
import { readSchema } from '../../src/event/schema/read-schema.js';
import type { Schema } from '../../src/event/schema/schema.js';

const files: Record<string, string> = {
  'order.avsc': JSON.stringify({
    type: 'record',
    name: 'Order',
    fields: [
      { name: 'id', type: 'string' },
      { name: 'total', type: 'int' },
    ],
  }),
  'order.proto': 'syntax = "proto3"; message Order { string id = 1; int32 total = 2; }',
  'order.json': '{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"total":{"type":"integer"}}}',
};
const read = (word: string): Promise<Schema> => readSchema(word, async (path) => files[path]);
const record: KafkaRecord = {
  topic: 'orders',
  partition: 2,
  offset: 7,
  timestamp: 1,
  key: null,
  value: null,
  headers: [],
};
const ids = { CONFLUENT: '7', GLUE: '12345678-1234-1234-1234-123456789abc' } as const;
const json = (bytes: Uint8Array | null | undefined): unknown => JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));

describe.each(Object.keys(files))('%s', (file) => {
  test('what a producer wrote arrives as the event of the mapping has it, keys and values alike', async () => {
    const schema = await read(file);
    fc.assert(
      fc.property(
        fc.record({ id: fc.string({ minLength: 1 }), total: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }),
        fc.constantFrom('key' as const, 'value' as const),
        fc.constantFrom('CONFLUENT' as const, 'GLUE' as const),
        fc.constantFrom('JSON' as const, 'SOURCE' as const),
        (data, part, header, format) => {
          const written = { ...record, [part]: Buffer.from(JSON.stringify(data)) };
          const schemaId = ids[header];
          const topic = encodeContent(written, part, { schema, format: header, schemaId }, 'x');
          const decoded = decodeByRegistry(topic, {
            format,
            registry: header === 'GLUE' ? 'glue' : 'confluent',
            schemas: { key: [], value: [], [part]: [schema] },
          });
          if ('problem' in decoded) throw new Error(decoded.problem);
          const expected = encodeContent(written, part, { schema, format, schemaId }, 'x');
          expect({ ...decoded.sent, [part]: null }).toEqual({ ...expected, [part]: null });
          if (format === 'SOURCE') expect(Buffer.from(decoded.sent[part]!)).toEqual(Buffer.from(expected[part]!));
          else expect(json(decoded.sent[part])).toEqual(data);
          // Filter patterns see the decoded content in either format.
          expect(json(decoded.data[part])).toEqual(data);
        },
      ),
    );
  });
});

test('bytes of any kind either decode or are given up with a reason', async () => {
  const schemas = { key: [], value: [await read('order.avsc'), await read('order.json'), await read('order.proto')] };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.uint8Array({ maxLength: 40 }).map((rest) => Uint8Array.from([0, 0, 0, 0, 9, ...rest])),
        fc.uint8Array({ maxLength: 40 }).map((rest) => Uint8Array.from([3, 5, ...Array<number>(16).fill(1), ...rest])),
      ),
      (value) => {
        const decoded = decodeByRegistry({ ...record, value }, { format: 'JSON', registry: null, schemas });
        if ('problem' in decoded) expect(decoded.problem).toMatch(/^DESERIALIZATION_ERROR: the value /);
        else expect(() => json(decoded.sent.value)).not.toThrow();
      },
    ),
  );
});

test('a tombstone and a record without a key stay as they are, without metadata', async () => {
  const schemas = { key: [await read('order.avsc')], value: [await read('order.avsc')] };
  expect(decodeByRegistry(record, { format: 'JSON', registry: null, schemas })).toEqual({ sent: record, data: record });
});

test('a schema ID without a file is no verdict on the record', async () => {
  const schemas = { key: [], value: [await read('8=order.avsc')] };
  const value = Uint8Array.from([0, 0, 0, 0, 7, 1]);
  expect(() => decodeByRegistry({ ...record, value }, { format: 'JSON', registry: null, schemas })).toThrow(
    'no schema file was given for the schema ID 7 (the value of orders-2, offset 7)',
  );
});
