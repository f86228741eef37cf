/** `event` with its input on standard input; of no account but for `event invoke`. */
import { authMethods } from '../../src/aws/msk.js';
import type { Account } from './account.js';
import type { Invocation } from './invocation.js';
import { inFormats } from './words.js';

const schema = JSON.stringify({ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] });

const event = JSON.stringify({
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/8d3f1c52-0000-4000-8000-000000000001-2',
  bootstrapServers: 'b-1.orders:9098',
  records: {
    'orders-0': ['eyJpZCI6MX0=', 'AAAAAAECAg==', 'H4sIAAAAAAAAAw==', '/wA=', '', null].map((value, offset) => ({
      topic: 'orders',
      partition: 0,
      offset,
      timestamp: 1_790_000_000_000,
      timestampType: 'CREATE_TIME',
      key: 'NDI=',
      value,
      headers: [{ trace: [-61, -87] }, { other: [195, 169] }],
    })),
  },
});
const document = JSON.stringify({
  requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  KafkaBatchInfo: { batchSize: 6, recordsInfo: { 'orders-0': { firstRecordOffset: '0', lastRecordOffset: '5' } } },
});

const generate = ['event', 'generate', '--timestamp', '1790000000000'];
const record = ['--topic', 'orders', '--partition', '2', '--offset', '7'];

export const eventInvocations = (): Invocation[] => [
  ...inFormats([...generate, ...record, '--key', '42', '--value', '{"id":1}', '--header', 'a=b=é'], ['text', 'json']),
  ...[
    ['--key-base64', '/w==', '--value-base64', 'AAE=', '--quiet'],
    ['--self-managed', '--bootstrap', 'b-1:9092,b-2:9092', '--verbose', '--no-color'],
    ['--event-source-arn', 'arn:aws-cn:kafka:cn-north-1:111122223333:cluster/a/b', '-o', 'out.json'],
    ['--event-source-arn', 'arn:aws:sqs:eu-west-1:111122223333:queue'],
    ['--header', 'none'],
    ['--schema', 'given/none.avsc'],
    ...['JSON', 'SOURCE', 'CONFLUENT', 'GLUE'].map((format) => [
      '--schema',
      'given/order.schema.json',
      '--schema-format',
      format,
      '--value',
      '{"id":1}',
    ]),
    ['--schema', 'given/order.schema.json', '--schema-id', '7', '--value', '{}'],
    ['--key-schema', 'given/order.schema.json', '--key-schema-id', '8', '--key', '{"id":1}'],
    ['--key-schema-id', '8'],
  ].map((words) => ({ words: [...generate, ...words] })),
  { words: [...generate, '--from-file', '-'], input: '{"key":"a"}\n{"value":{"id":1},"partition":1}\n' },
  { words: [...generate, '--from-file', '-'], input: '{"key":"a"}\nno JSON\n' },
  ...[
    ...authMethods.map((method) => ['--auth', method]),
    ['--from-topic', 'orders', '--max', '3', '--via', 'socks5://127.0.0.1:9', '--secret', 'AmazonMSK_orders'],
    ['--secret-file', 'given/none.json', '--ca-file', 'given/none.pem', '--assume-role', 'order-role', '--debug'],
    ['--step-timeout', '1', '--timeout', '2', '--region', 'eu-west-1', '--profile', 'none'],
    ['--endpoint-url', 'http://127.0.0.1:9', '--bootstrap', 'b-1:9092'],
    // Refused before it connects: the two exclude each other.
  ].map((words) => ({ words: [...generate, '--latest', '2', ...words] })),
  ...inFormats(['event', 'decode', '-'], ['text', 'json'], event),
  ...[
    ['--quiet'],
    ['--verbose'],
    ['--schema', 'given/order.schema.json', '--key-schema', 'given/order.schema.json'],
    ['-o', 'out.txt', '--no-color'],
  ].map((words) => ({ words: ['event', 'decode', '-', ...words], input: event })),
  { words: ['event', 'decode', '-'], input: '{"Records":[]}' },
  { words: ['event', 'decode', 'given/none.json'] },
  ...inFormats(['event', 'from-log', '-'], ['text', 'json'], `START RequestId: 1\n${event}\nEND RequestId: 1\n`),
  ...[
    ['--quiet', '--no-color'],
    ['--verbose', '-o', 'out.json'],
  ].map((words) => ({
    words: ['event', 'from-log', '-', ...words],
    input: `${document.slice(0, -1)},"payload":${event}}`,
  })),
  { words: ['event', 'from-log', '-'], input: document },
  { words: ['event', 'from-log', '-'], input: 'START RequestId: 1' },
];

/** The file that these lines name under `given/`. */
export const eventSchemaFile = { name: 'order.schema.json', text: schema };

/** Of an account: the function that is called. */
export function invokeInvocations({ uuids: [uuid = ''], function: name }: Account): Invocation[] {
  const invoke = (...words: string[]): Invocation => ({
    words: ['event', 'invoke', ...words, '--timestamp', '1790000000000'],
  });
  return [
    invoke(uuid, '--value', '{"id":1}', '--yes'),
    invoke(name, '--value', 'x', '--dry-run', '--output', 'json'),
    { words: ['event', 'invoke', name, '--event', '-', '--yes', '--quiet'], input: event },
    ...[
      [...record, '--key', '42', '--header', 'a=b', '--yes', '--verbose'],
      ['--key-base64', '/w==', '--value-base64', 'AAE=', '--no-color', '--yes'],
      ['--self-managed', '--bootstrap', 'b-1:9092', '--yes', '-o', 'out.txt', '--debug'],
      ['--event-source-arn', 'arn:aws:kafka:eu-west-1:111122223333:cluster/a/b', '--yes', '--no-secret-values'],
      ['--from-file', 'given/none.jsonl'],
      ...['JSON', 'SOURCE', 'CONFLUENT', 'GLUE'].map((format) => [
        '--schema',
        'given/order.schema.json',
        '--schema-format',
        format,
        '--value',
        '{"id":1}',
        '--yes',
      ]),
      ['--schema', 'given/order.schema.json', '--schema-id', '7', '--value', '{"id":1}', '--dry-run'],
      ['--key-schema', 'given/order.schema.json', '--key-schema-id', '7', '--key', '{"id":1}', '--dry-run'],
      ['--value', 'x', '--timeout', '30', '--region', 'eu-west-1'],
      ['--value', 'x', '--profile', 'none', '--endpoint-url', 'http://127.0.0.1:9', '--dry-run'],
    ].map((words) => ({ ...invoke(uuid, ...words), sometimes: true as const })),
  ];
}
