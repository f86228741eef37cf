/**
 * Of no account: `probe` and `replay`, whose times differ in each run. What they refuse before they connect is always
 * the same.
 */
import { eventRecordFormats } from '../../src/aws/mapping-api.js';
import { authMethods } from '../../src/aws/msk.js';
import { reportFormats } from '../../src/report/formats/index.js';
import type { Invocation } from './invocation.js';

const refused = (...words: string[]): string[] => ['probe', '--bootstrap', 'no-port', ...words];

const refusedReplay = (...words: string[]): string[] => [
  'replay',
  '--bootstrap',
  'no-port',
  '--topic',
  'orders',
  ...words,
];

const replays: Invocation[] = [
  ...authMethods.map((method) => ({ words: refusedReplay('--auth', method) })),
  ...['text', 'json', 'jsonl'].map((format) => ({ words: refusedReplay('--output', format) })),
  { words: refusedReplay('--partition', '1', '--group', 'orders', '--from', '5', '--to', '9', '--max', '3') },
  { words: refusedReplay('--follow', '--command', 'cat', '--function-timeout', '3', '--show-value', '--yes') },
  { words: refusedReplay('--handler', 'given/none.mjs#handler', '--batch-size', '5', '--batching-window', '1') },
  { words: refusedReplay('--filter', '{', '--report-batch-item-failures', '--bisect', '--retries', '2') },
  { words: refusedReplay('--maximum-record-age-in-seconds', '60', '--via', 'socks5://127.0.0.1:9', '--debug') },
  { words: refusedReplay('--secret', 'AmazonMSK_orders', '--step-timeout', '1', '--timeout', '2') },
  { words: refusedReplay('--secret-file', 'given/none.json', '--ca-file', 'given/none.pem') },
  { words: refusedReplay('--assume-role', 'order-role', '--region', 'eu-west-1', '--profile', 'none') },
  { words: refusedReplay('--endpoint-url', 'http://127.0.0.1:9', '--quiet', '--verbose', '--no-color') },
  { words: refusedReplay('--output-file', 'out.txt') },
  { words: refusedReplay('--schema', 'given/none.avsc', '--key-schema', 'given/none.avsc') },
  ...eventRecordFormats.map((format) => ({ words: refusedReplay('--schema-format', format) })),
  { words: ['replay', '--function'] },
  { words: refusedReplay('--dry-run') },
];

export const probeInvocations: Invocation[] = [
  ...authMethods.map((method) => ({ words: refused('--auth', method) })),
  ...reportFormats.map((format) => ({ words: refused('--output', format) })),
  { words: refused('--topic', 'orders', '--group', 'orders', '--show-record', '--via', 'socks5://127.0.0.1:9') },
  { words: refused('--secret', 'AmazonMSK_orders', '--step-timeout', '1', '--timeout', '2', '--debug') },
  { words: refused('--secret-file', 'given/none.json', '--ca-file', 'given/none.pem') },
  { words: refused('--assume-role', 'order-role', '--region', 'eu-west-1', '--profile', 'none') },
  { words: refused('--endpoint-url', 'http://127.0.0.1:9', '--quiet', '--verbose', '--no-color') },
  { words: refused('--output-file', 'out.txt', '--report', 'sarif=out.sarif', '--short') },
  { words: refused('--open') },
  { words: ['probe', 'orders', '--bootstrap', 'b-1:9092'] },
  { words: ['probe', '--from-vpc', '--yes'] },
  { words: ['probe', 'orders', '--from-vpc', '--dry-run', '--output', 'sarif'] },
  { words: ['probe', 'orders', '--clean', '--yes', '--dry-run'] },
  ...replays,
];
