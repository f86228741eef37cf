/** Of no account: `probe`, whose times differ in each run. What it refuses before it connects is always the same. */
import { authMethods } from '../../src/aws/msk.js';
import { reportFormats } from '../../src/report/formats/index.js';
import type { Invocation } from './invocation.js';

const refused = (...words: string[]): string[] => ['probe', '--bootstrap', 'no-port', ...words];

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
];
