/** `replay` of a mapping with a schema registry: what the handler receives, what the filter sees, and what is given up. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EventRecord, KafkaEvent } from '../../src/event/kafka-event.js';
import { readSchema } from '../../src/event/schema/read-schema.js';
import { writeFrame } from '../../src/event/wire-format.js';
import { startMapping, type ReplayedMapping } from '../replay/support/mapping.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-replay-schema-'));
const seen = join(folder, 'seen.jsonl');
const path = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const avro = path(
  'order.avsc',
  JSON.stringify({
    type: 'record',
    name: 'Order',
    fields: [
      { name: 'id', type: 'string' },
      { name: 'total', type: 'int' },
    ],
  }),
);
const keyAvro = path('key.avsc', '{"type":"record","name":"Key","fields":[{"name":"k","type":"int"}]}');
const proto = path('order.proto', 'syntax = "proto3"; message Order { string id = 1; int32 total = 2; }');
const json = path('order.json', '{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}}');
const handler = path(
  'handler.mjs',
  `import { appendFileSync } from 'node:fs';
   const records = (event) => Object.values(event.records).flat();
   export const keeps = (event, context, callback) => { appendFileSync(${JSON.stringify(seen)}, JSON.stringify(event) + '\\n'); callback(); };
   export const parses = async (event) => { for (const { value } of records(event)) JSON.parse(Buffer.from(value, 'base64').toString()); };
   export const tells = async () => { throw new Error('no stock for canarycontent'); };`,
);

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'made-up');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up');
});
const open: ReplayedMapping[] = [];
afterEach(async () => {
  writeFileSync(seen, '');
  await Promise.all(open.splice(0).map((each) => each.stop()));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const glueUuid = '12345678-1234-1234-1234-123456789abc';
const encode = async (file: string, data: object): Promise<Uint8Array> =>
  (await readSchema(file, async (name) => (name === file ? readFileSync(file, 'utf8') : undefined))).encode(data);
const confluent = async (file: string, data: object, id = '7'): Promise<Buffer> =>
  Buffer.from(writeFrame('confluent', id, await encode(file, data)));

const registry = (format: string, attributes: string[], uri = 'https://registry.example.com') => ({
  ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 },
  AmazonManagedKafkaEventSourceConfig: {
    ConsumerGroupId: 'orders-group',
    SchemaRegistryConfig: {
      SchemaRegistryURI: uri,
      EventRecordFormat: format,
      SchemaValidationConfigs: attributes.map((Attribute) => ({ Attribute })),
    },
  },
});

async function start(options: Parameters<typeof startMapping>[0]): Promise<ReplayedMapping> {
  const mapping = await startMapping(options);
  open.push(mapping);
  return mapping;
}

const received = (): EventRecord[] =>
  readFileSync(seen, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => Object.values((JSON.parse(line) as KafkaEvent).records).flat());
const textOf = (base64: string | null): string => Buffer.from(base64 ?? '', 'base64').toString('utf8');

const order = { id: 'o-1', total: 3 };

test('JSON: the handler receives the decoded value, with the metadata of the schema', async () => {
  const mapping = await start({ settings: registry('JSON', ['VALUE']), values: [await confluent(avro, order), null] });
  const { exitCode, stderr, stdout } = await mapping.replay(['--handler', `${handler}#keeps`, '--schema', avro]);
  expect(stdout).toMatch(/^✓ orders: the handler processes all 2 records/);
  const [first, tombstone] = received();
  expect(JSON.parse(textOf(first!.value))).toEqual(order);
  expect(first!.valueSchemaMetadata).toEqual({ dataFormat: 'JSON', schemaId: '7' });
  expect(tombstone).toMatchObject({ value: null });
  expect(tombstone).not.toHaveProperty('valueSchemaMetadata');
  expect([exitCode, stderr]).toEqual([0, '']);
});

test('SOURCE: the encoded bytes without the header', async () => {
  const mapping = await start({ settings: registry('SOURCE', ['VALUE']), values: [await confluent(avro, order)] });
  await mapping.replay(['--handler', `${handler}#keeps`, '--schema', `7=${avro}`]);
  expect(received()[0]).toMatchObject({
    value: Buffer.from(await encode(avro, order)).toString('base64'),
    valueSchemaMetadata: { dataFormat: 'AVRO', schemaId: '7' },
  });
});

test('keys and values, each by its own schemas; what the mapping does not validate stays as it is', async () => {
  const mapping = await start({
    settings: registry('JSON', ['KEY', 'VALUE']),
    values: [await confluent(avro, order)],
    keys: [await confluent(keyAvro, { k: 5 }, '9')],
  });
  await mapping.replay(['--handler', `${handler}#keeps`, '--schema', avro, '--key-schema', keyAvro]);
  expect(received().map(({ key, value }) => [textOf(key), textOf(value)])).toEqual([
    ['{"k":5}', JSON.stringify(order)],
  ]);
  expect(received()[0]).toMatchObject({ keySchemaMetadata: { dataFormat: 'JSON', schemaId: '9' } });

  const onlyKeys = await start({
    settings: registry('JSON', ['KEY']),
    values: [await confluent(avro, order)],
    keys: [await confluent(keyAvro, { k: 5 }, '9')],
  });
  writeFileSync(seen, '');
  const { stderr } = await onlyKeys.replay([
    '--handler',
    `${handler}#keeps`,
    '--schema',
    avro,
    '--key-schema',
    keyAvro,
  ]);
  expect(received()[0]!.value).toBe((await confluent(avro, order)).toString('base64'));
  expect(received()[0]).not.toHaveProperty('valueSchemaMetadata');
  expect(stderr).toContain('does not validate values by its schema registry: --schema is not used');
});

test.each(['JSON', 'SOURCE'])('the filter acts on the decoded value, also for %s', async (format) => {
  const mapping = await start({
    settings: {
      ...registry(format, ['VALUE']),
      FilterCriteria: { Filters: [{ Pattern: '{"value":{"total":[{"numeric":[">",2]}]}}' }] },
    },
    values: [await confluent(avro, order), await confluent(avro, { id: 'o-2', total: 1 })],
  });
  await mapping.replay(['--handler', `${handler}#keeps`, '--schema', avro]);
  expect(received().map(({ offset }) => offset)).toEqual([10]);
});

test('Protobuf and JSON Schema; AWS Glue headers, compressed or not', async () => {
  const { deflateSync } = await import('node:zlib');
  const stored = Buffer.from(writeFrame('glue', glueUuid, await encode(avro, order)));
  const compressed = Buffer.concat([stored.subarray(0, 18), deflateSync(stored.subarray(18))]);
  compressed[1] = 5;
  const arn = 'arn:aws:glue:eu-west-1:123456789012:registry/orders';
  const glue = await start({ settings: registry('JSON', ['VALUE'], arn), values: [stored, compressed] });
  await glue.replay(['--handler', `${handler}#keeps`, '--schema', `${glueUuid}=${avro}`]);
  expect(received().map(({ value }) => textOf(value))).toEqual([JSON.stringify(order), JSON.stringify(order)]);
  expect(received()[1]!.valueSchemaMetadata).toEqual({ dataFormat: 'JSON', schemaId: glueUuid });

  writeFileSync(seen, '');
  const indexed = Buffer.concat([Buffer.from([0, 0, 0, 0, 8, 0]), await encode(proto, order)]);
  const text = Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), Buffer.from('{"id":"o-1","n":1.0}')]);
  const mixed = await start({ settings: registry('JSON', ['VALUE']), values: [indexed, text] });
  await mixed.replay(['--handler', `${handler}#keeps`, '--schema', `8=${proto}`, '--schema', `9=${json}`]);
  expect(received().map(({ value }) => textOf(value))).toEqual([JSON.stringify(order), '{"id":"o-1","n":1.0}']);
});

describe('records that do not decode are given up without a call', () => {
  const cases: [string, (value: Buffer) => Buffer, string][] = [
    ['no header', () => Buffer.from('{"id":"o-1"}'), 'no header of a schema registry'],
    ['cut off', (value) => value.subarray(0, 6), 'does not decode'],
    [
      'another registry',
      () => Buffer.from(writeFrame('glue', glueUuid, Buffer.alloc(1))),
      'the header of the AWS Glue Schema Registry',
    ],
  ];
  test.each(cases)('%s', async (_, change, because) => {
    const value = await confluent(avro, order);
    const mapping = await start({ settings: registry('JSON', ['VALUE']), values: [value, change(value), value] });
    const { exitCode, stdout } = await mapping.replay(['--handler', `${handler}#keeps`, '--schema', avro]);
    expect(stdout).toMatch(/^✗ orders-0: Lambda drops the record at offset 11: /);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('DESERIALIZATION_ERROR');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(because);
    expect(received().map(({ offset }) => offset)).toEqual([10, 12]);
    expect(exitCode).toBe(1);
  });

  test('to the on-failure destination, where the mapping has one', async () => {
    const mapping = await start({
      settings: {
        ...registry('JSON', ['VALUE']),
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:123456789012:failed' } },
      },
      values: [Buffer.from('text')],
    });
    const { exitCode, stdout } = await mapping.replay(['--handler', `${handler}#keeps`, '--schema', avro]);
    expect(stdout).toContain('Lambda sends failed records to the on-failure destination: partition 0, offset 10');
    expect(exitCode).toBe(0);
  });
});

test('a schema ID without a file ends the replay: nobody knows whether Lambda decodes the record', async () => {
  const values = [await confluent(avro, order), await confluent(avro, order, '8')];
  const mapping = await start({ settings: { ...registry('JSON', ['VALUE']), BatchSize: 1 }, values });
  const { exitCode, stderr, stdout } = await mapping.replay(['--handler', `${handler}#keeps`, '--schema', `7=${avro}`]);
  expect(stderr).toContain('no schema file was given for the schema ID 8 (the value of orders-0, offset 11)');
  expect(stderr).toContain('Pass --schema 8=FILE too.');
  expect(stdout).toContain('Read: 1 record in 1 batch');
  expect(exitCode).toBe(2);
});

test('without --schema: the raw bytes, and a note of what Lambda would deliver', async () => {
  const value = await confluent(avro, order);
  const mapping = await start({ settings: registry('JSON', ['VALUE']), values: [value] });
  const { stderr } = await mapping.replay(['--handler', `${handler}#keeps`]);
  expect(received()[0]!.value).toBe(value.toString('base64'));
  expect(stderr).toBe(
    'Note: The mapping decodes values by its schema registry, and Lambda delivers decoded JSON. Here the handler receives the raw bytes of the topic. Pass --schema FILE to decode them.\n',
  );
});

test('a mapping without a registry says that it has none', async () => {
  const mapping = await start({ values: [await confluent(avro, order)] });
  const { stderr } = await mapping.replay(['--handler', `${handler}#parses`, '--schema', avro]);
  expect(stderr).toContain('The mapping has no schema registry');
});

test('the text of an error shows no decoded content', async () => {
  const mapping = await start({
    settings: registry('SOURCE', ['VALUE']),
    values: [await confluent(avro, { id: 'canarycontent', total: 1 })],
  });
  const { stderr, stdout } = await mapping.replay(['--handler', `${handler}#tells`, '--schema', avro]);
  expect(stdout).toContain('blocks the partition: Error: no stock for (not shown)');
  expect(stdout + stderr).not.toContain('canarycontent');
});

describe('a filter that is encrypted and cannot be read', () => {
  const KMSKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';
  const hidden = {
    KMSKeyArn,
    FilterCriteria: undefined,
    FilterCriteriaError: { ErrorCode: 'KMSAccessDeniedException', Message: 'Access denied by the key.' },
  };

  test('the result does not claim that nothing is filtered out', async () => {
    const mapping = await start({ settings: hidden });
    const { stdout, stderr } = await mapping.replay(['--handler', `${handler}#parses`]);
    expect(stderr).toContain(`The filter of the mapping is not known: Lambda cannot decrypt it with ${KMSKeyArn}`);
    expect(stderr).toContain('--filter');
    expect(stdout).toContain('filter not known');
    expect(stdout).not.toContain('filtered out');
    const { stdout: document } = await mapping.replay(['--handler', `${handler}#parses`, '--output', 'json']);
    expect(JSON.parse(document)).toMatchObject({ summary: { filtered: 0, filterUnknown: true } });
  });

  test('--filter gives it', async () => {
    const mapping = await start({ settings: hidden });
    const { stdout, stderr } = await mapping.replay(['--filter', '{"value":{"n":[11]}}']);
    expect(stderr).not.toContain('not known');
    expect(stdout).toContain('orders: 1 record in 1 batch, 19 filtered out; no handler was called');
  });
});
