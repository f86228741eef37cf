/**
 * Our events, consumed by Powertools for AWS Lambda: TypeScript (`MSK_LAMBDA_POWERTOOLS`: a folder with its packages) and
 * Python (`MSK_LAMBDA_POWERTOOLS_PYTHON`: a Python that has them).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { buildEvent, type KafkaRecord } from '../../../src/event/build-event.js';
import { encodeContent } from '../../../src/event/encode-content.js';
import { readSchema } from '../../../src/event/schema/read-schema.js';
import { leftOut } from '../left-out.js';

const python = process.env['MSK_LAMBDA_POWERTOOLS_PYTHON'] ?? 'python3';
const packages = process.env['MSK_LAMBDA_POWERTOOLS'] ?? '';
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const lacksPython = spawnSync(python, ['-c', 'import aws_lambda_powertools.utilities.kafka']).status !== 0;
const lacksPackages = packages === '' || !existsSync(join(packages, 'node_modules/@aws-lambda-powertools/kafka'));

const files: Record<string, string> = {
  'order.avsc': JSON.stringify({
    type: 'record',
    name: 'Order',
    fields: [
      { name: 'id', type: 'int' },
      { name: 'note', type: 'string' },
    ],
  }),
  'order.proto': 'syntax = "proto3"; package shop; message Order { int64 id = 1; string note = 2; }',
  'order.json': JSON.stringify({ type: 'object', properties: { id: { type: 'integer' } } }),
};
const order = { id: 42, note: 'é' };
const record: KafkaRecord = {
  topic: 'orders',
  partition: 3,
  offset: 15,
  timestamp: 1_545_084_650_987,
  key: Buffer.from('key é'),
  value: Buffer.from(JSON.stringify(order)),
  headers: [{ name: 'trace', value: Buffer.from('tést') }],
};
const glueId = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';

/** As a mapping delivers it: by the schema registry’s record format, or null without a registry. */
const cases: [what: string, file: string | null, wire: 'JSON' | 'SOURCE' | null, schemaId: string, consumed: string][] =
  [
    ['JSON without a registry', null, null, '', 'JSON'],
    ['JSON Schema', 'order.json', 'JSON', '7', 'JSON'],
    ['Avro decoded by Lambda', 'order.avsc', 'JSON', '7', 'JSON'],
    ['Avro', 'order.avsc', 'SOURCE', '7', 'AVRO'],
    ['Avro of Glue', 'order.avsc', 'SOURCE', glueId, 'AVRO'],
    ['Protobuf of Confluent', 'order.proto', 'SOURCE', '7', 'PROTOBUF'],
    ['Protobuf of Glue', 'order.proto', 'SOURCE', glueId, 'PROTOBUF'],
  ];

const consumers: [language: string, missing: string | null, command: string[]][] = [
  [
    'TypeScript',
    lacksPackages ? 'MSK_LAMBDA_POWERTOOLS names no folder with @aws-lambda-powertools/kafka' : null,
    [process.execPath, script('consume.mjs'), packages],
  ],
  ['Python', lacksPython ? `${python} has no aws-lambda-powertools` : null, [python, script('consume.py')]],
];

describe.each(consumers)('Powertools for %s', (language, missing, [command = '', ...words]) => {
  test.skipIf(leftOut(`Powertools for ${language}`, missing)).each(cases)(
    '%s',
    async (_, file, wire, schemaId, format) => {
      const schema = file === null ? null : await readSchema(file, async (path) => files[path]);
      const encoding = schema === null || wire === null ? null : { schema, format: wire, schemaId };
      const event = buildEvent([encodeContent(record, 'value', encoding, 'value')], {
        eventSourceArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1',
        bootstrapServers: 'b-1:9098',
      });
      const input = JSON.stringify({ event, format, avro: files['order.avsc'], proto: files['order.proto'] });
      const { status, stdout, stderr } = spawnSync(command, words, { input, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const [consumed, ...more] = JSON.parse(stdout) as Record<string, unknown>[];
      expect(more).toEqual([]);
      const value = consumed!['value'] as Record<string, unknown>;
      expect({ ...consumed, value: { ...value, id: Number(value['id']) } }).toEqual({
        topic: 'orders',
        partition: 3,
        offset: 15,
        key: 'key é',
        value: order,
        headers: [{ trace: 'tést' }],
      });
    },
  );
});
