/** `event` as it is called: flags, files, standard input, exit codes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import type { EventRecord } from '../../src/event/kafka-event.js';
import { runInProcess } from './in-process.js';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'msk-lambda-event-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const run = (words: string[], stdin?: string | Uint8Array) =>
  runInProcess(
    ['event', ...words],
    stdin === undefined ? {} : { stdin: Readable.from([Buffer.from(stdin)]) as unknown as Io['stdin'] },
  );
const generate = async (...words: string[]) => {
  const { exitCode, stdout, stderr } = await run(['generate', ...words]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as { records: Record<string, Record<string, unknown>[]> } & Record<string, unknown>;
};

describe('generate', () => {
  test('prints only the event, of one record', async () => {
    const event = await generate(
      '--topic',
      'orders',
      '--partition',
      '3',
      '--offset',
      '15',
      '--timestamp',
      '1545084650987',
      '--key',
      'k=1',
      '--value',
      ' {"a":1} ',
      '--header',
      'trace=é=b',
      '--header',
      'trace=',
      '--header',
      'x= y ',
      '--event-source-arn',
      'arn:aws-cn:kafka:cn-north-1:123456789012:cluster/Orders/abc',
    );
    expect(event).toEqual({
      eventSource: 'aws:kafka',
      eventSourceArn: 'arn:aws-cn:kafka:cn-north-1:123456789012:cluster/Orders/abc',
      bootstrapServers:
        'b-1.orders.a1b2c3.c1.kafka.cn-north-1.amazonaws.com.cn:9098,b-2.orders.a1b2c3.c1.kafka.cn-north-1.amazonaws.com.cn:9098',
      records: {
        'orders-3': [
          {
            topic: 'orders',
            partition: 3,
            offset: 15,
            timestamp: 1_545_084_650_987,
            timestampType: 'CREATE_TIME',
            key: 'az0x',
            value: 'IHsiYSI6MX0g',
            headers: [{ trace: [-61, -87, 61, 98] }, { trace: [] }, { x: [32, 121, 32] }],
          },
        ],
      },
    });
  });

  test('a record without value is a tombstone, one with an empty value is not', async () => {
    const [tombstone] = (await generate('--topic', 't')).records['t-0']!;
    expect(tombstone).toMatchObject({ key: null, value: null, headers: [] });
    expect(tombstone!['timestamp']).toBeGreaterThan(1_700_000_000_000);
    const [empty] = (await generate('--topic', 't', '--value', '', '--key-base64', '/w==')).records['t-0']!;
    expect(empty).toMatchObject({ key: '/w==', value: '' });
  });

  test('self-managed Kafka', async () => {
    const event = await generate('--self-managed', '--bootstrap', 'a:1, [::1]:2', '--value', 'x');
    expect(event).toMatchObject({ eventSource: 'SelfManagedKafka', bootstrapServers: 'a:1,[::1]:2' });
    expect(event).not.toHaveProperty('eventSourceArn');
  });

  test('records of a file and of standard input, by partition', async () => {
    const lines = '{"key":"a"}\n{"key":"b","partition":1}\n{"key":"c"}\n';
    const event = await generate('--topic', 't', '--offset', '5', '--from-file', file('r.jsonl', lines));
    expect(Object.entries(event.records).map(([name, group]) => [name, group.map(({ offset }) => offset)])).toEqual([
      ['t-0', [5, 6]],
      ['t-1', [5]],
    ]);
    const { stdout } = await run(['generate', '--topic', 't', '--from-file', '-', '--quiet'], lines);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(Object.keys((JSON.parse(stdout) as typeof event).records)).toEqual(['t-0', 't-1']);
  });

  test.each<[string[], string]>([
    [['--partition', '-1'], '--partition'],
    [['--offset', 'x'], '--offset'],
    [['--timestamp', '2026-01-01'], '--timestamp'],
    [['--value-base64', '?'], '--value-base64 is not Base64'],
    [['--key', 'a', '--key-base64', 'YQ=='], '--key-base64'],
    [['--header', '=x'], '--header =x: expected NAME=TEXT'],
    [['--topic', ''], '--topic is empty'],
    [['--topic', 'a b'], '“a b” is not a valid topic name'],
    [['--self-managed'], '--bootstrap'],
    [['--self-managed', '--bootstrap', 'host'], '“host” is not the address of a broker'],
    [['--self-managed', '--event-source-arn', 'arn:aws:kafka:r:1:cluster/a/b'], '--self-managed'],
    [['--self-managed', '--bootstrap', 'host:65536'], '“host:65536” is not the address of a broker'],
    [['--event-source-arn', 'arn:aws:sqs:eu-west-1:1:q'], 'is not the ARN of an MSK cluster'],
    [['--event-source-arn', 'arn:aws:kafka:eu-west-1:123456789012:topic/a/b/t'], 'is not the ARN of an MSK cluster'],
    [['--from-file', 'missing.jsonl'], 'file not found: missing.jsonl'],
    [['--from-file', 'x', '--value', 'y'], '--from-file'],
    [['--schema-format', 'JSON'], 'Pass --schema FILE'],
    [['--key-schema-id', '7'], 'Pass --key-schema FILE'],
    [['--schema', 'missing.avsc'], 'schema file not found: missing.avsc'],
  ])('%j gives exit 2', async (words, message) => {
    const { exitCode, stdout, stderr } = await run(['generate', ...words]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a wrong line is named with its file and number', async () => {
    const path = file('wrong.jsonl', '{"key":"a"}\n{"key":\n');
    const { exitCode, stderr } = await run(['generate', '--from-file', path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${path}:2: not valid JSON`);
  });

  test('a value that does not match the schema', async () => {
    const schema = file('a.avsc', '{"type":"record","name":"A","fields":[{"name":"n","type":"int"}]}');
    for (const [value, message] of [
      ['{"n":"x"}', 'does not match the schema'],
      ['x', 'is not JSON'],
    ] as const) {
      const { exitCode, stderr } = await run(['generate', '--schema', schema, '--value', value]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`--value ${message}`);
    }
  });

  test.each(['JSON', 'SOURCE', 'CONFLUENT', 'GLUE'])('keys have a schema of their own: %s', async (format) => {
    const schema = file('k.avsc', '{"type":"record","name":"K","fields":[{"name":"n","type":"int"}]}');
    const words = ['--key', '{"n":7}', '--value', 'text', '--key-schema', schema, '--schema-format', format];
    const { exitCode, stdout } = await run(['generate', ...words]);
    expect(exitCode).toBe(0);
    const [record] = (JSON.parse(stdout) as { records: Record<string, EventRecord[]> }).records['my-topic-0']!;
    const key = Buffer.from(record!.key!, 'base64');
    expect(key.toString('hex')).toMatch(
      { JSON: /^7b226e223a377d$/, SOURCE: /^0e$/, CONFLUENT: /^00000000010e$/, GLUE: /^0300.{32}0e$/ }[format]!,
    );
    expect(record!.keySchemaMetadata?.dataFormat).toBe({ JSON: 'JSON', SOURCE: 'AVRO' }[format]);
    expect(record).not.toHaveProperty('valueSchemaMetadata');
    expect(record!.value).toBe(Buffer.from('text').toString('base64'));
  });

  test('a key that does not match its schema is named', async () => {
    const schema = file('k.avsc', '{"type":"record","name":"K","fields":[{"name":"n","type":"int"}]}');
    const { exitCode, stderr } = await run(['generate', '--key', '{"n":"x"}', '--key-schema', schema]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--key does not match the schema')]);
  });
});

describe('decode', () => {
  test('the JSON document', async () => {
    const { stdout: event } = await run([
      'generate',
      '--topic',
      't',
      '--timestamp',
      '5',
      '--key',
      'k',
      '--value-base64',
      'AAAAAAEC',
      '--header',
      'h=é',
    ]);
    const { exitCode, stdout, stderr } = await run(['decode', '-', '--output', 'json'], event);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      records: [
        {
          topic: 't',
          partition: 0,
          offset: 0,
          timestamp: 5,
          key: { kind: 'text', text: 'k' },
          value: { kind: 'confluent', text: '02' },
          headers: [{ name: 'h', text: 'é' }],
          problem: expect.stringContaining('schema ID 1') as string,
        },
      ],
    });
  });

  test('the text, with terminal sequences made visible and long contents cut', async () => {
    const { stdout: event } = await run([
      'generate',
      '--topic',
      't',
      '--key',
      '\u001B[2J',
      '--value',
      'x'.repeat(2000),
    ]);
    const path = file('long.json', event);
    const { stdout } = await run(['decode', path]);
    expect(stdout).toMatch(/^1 record of t \(Amazon MSK\): nothing to decode after Base64\n/);
    expect(stdout).toContain(String.raw`key     text    \e[2J`);
    expect(stdout).toContain('(2000 characters; --verbose shows all)');
    expect((await run(['decode', path, '--verbose'])).stdout).toContain('x'.repeat(2000));
    expect((await run(['decode', path, '--quiet'])).stdout).toBe(`${'x'.repeat(2000)}\n`);
  });

  test('with a schema; one that does not decode gives exit 1', async () => {
    const schema = file('n.avsc', '{"type":"record","name":"A","fields":[{"name":"n","type":"int"}]}');
    const { stdout: event } = await run([
      'generate',
      '--value',
      '{"n":7}',
      '--schema',
      schema,
      '--schema-format',
      'CONFLUENT',
      '--schema-id',
      '12',
    ]);
    const path = file('avro.json', event);
    expect(await run(['decode', path, '--schema', schema, '--quiet'])).toMatchObject({
      exitCode: 0,
      stdout: '{"n":7}\n',
    });
    const other = file('s.json', '{"type":"string"}');
    const failed = await run(['decode', path, '--schema', `12=${other}`]);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('It does not decode');
  });

  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'standard input is empty'],
    ['broken JSON', '{"a":1,\n oops}', 'standard input:2:2: not valid JSON'],
    ['half of an event', '{"a":\n', 'not valid JSON'],
    ['another event', '{"Records":[{"eventSource":"aws:sqs"}]}', 'it is an event of aws:sqs'],
    ['deep JSON', '['.repeat(500_000), 'not valid JSON'],
    ['deep and complete JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'it is a list, not an object'],
    ['binary', Uint8Array.from({ length: 1000 }, (_, index) => index % 256), 'not valid JSON'],
  ])('%s gives exit 2', async (_, input, message) => {
    const { exitCode, stdout, stderr } = await run(['decode', '-'], input);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('from-log', () => {
  test('the event on standard output, the reason on standard error', async () => {
    const { stdout: event } = await run(['generate', '--value', 'x', '--timestamp', '1']);
    const document = {
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, functionError: 'Unhandled' },
      KafkaBatchInfo: { batchSize: 1, recordsInfo: { 't-0': { firstRecordOffset: '5', lastRecordOffset: '6' } } },
      payload: event,
    };
    const { exitCode, stdout, stderr } = await run(['from-log', '-'], JSON.stringify(document));
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(event));
    expect(stderr).toMatch(/^Lambda discarded the records: RetriesExhausted\n/);
    expect(stderr).toContain('Records: t-0, offsets 5 to 6');
    expect(stderr).toContain('To do: ');
    const { payload: _, ...queued } = document;
    const without = await run(['from-log', '-'], JSON.stringify({ Body: JSON.stringify(queued) }));
    expect(without).toMatchObject({ exitCode: 1, stdout: '' });
    expect(without.stderr).toContain('The document contains no records');
  });

  test('a text without an event gives exit 2', async () => {
    const { exitCode, stderr } = await run(['from-log', '-'], 'START RequestId: 1\nEND RequestId: 1\n');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('contains no event of a Kafka event source and no failed-record document');
    const printed = await run(['from-log', '-'], "{ eventSource: 'aws:kafka', records: { a: [ [Object] ] } }");
    expect(printed.stderr).toContain('JSON.stringify(event)');
  });
});
