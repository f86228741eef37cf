/** The built program as a reader of a topic: what a handler receives from `replay`, and what `event generate` prints. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventRecord, KafkaEvent } from '../../../src/event/kafka-event.js';
import type { BatchLine, ReplaySummary } from '../../../src/replay/batch-line.js';
import { spawnProgram } from '../../e2e/program.js';
import type { RealKafka } from './real-kafka.js';
import { seenInEvent, type Seen } from './record-clients.js';

export interface Replayed {
  exitCode: number | null;
  stderr: string;
  lines: BatchLine[];
  summary: ReplaySummary;
  /** In the order in which the handler received them, partition by partition. */
  records: Seen[];
}

const connection = (kafka: RealKafka, topic: string): string[] => [
  '--bootstrap',
  `localhost:${kafka.port('PLAINTEXT')}`,
  '--auth',
  'plaintext',
  '--topic',
  topic,
];

/** `replay` with a handler that keeps each record of its events. */
export async function replayed(kafka: RealKafka, topic: string, ...words: string[]): Promise<Replayed> {
  const folder = mkdtempSync(join(kafka.folder, 'replay-'));
  const [handler, received] = [join(folder, 'handler.mjs'), join(folder, 'received')];
  writeFileSync(received, '');
  writeFileSync(
    handler,
    `import { appendFileSync } from 'node:fs';
    export const handler = ({ records }) => {
      for (const record of Object.values(records).flat())
        appendFileSync(${JSON.stringify(received)}, JSON.stringify(record) + '\\n');
    };`,
  );
  const { exitCode, stdout, stderr } = await spawnProgram([
    'replay',
    ...connection(kafka, topic),
    '--handler',
    handler,
    '--batch-size',
    '10000',
    '--output',
    'jsonl',
    ...words,
  ]);
  // What was read before an error is not what the topic has.
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`exit code ${exitCode}: ${stderr}`);
  const lines = jsonLines<BatchLine>(stdout);
  const { summary } = lines.pop() as unknown as { summary: ReplaySummary };
  return { exitCode, stderr, lines, summary, records: seenInEvent(jsonLines(readFileSync(received, 'utf8'))) };
}

const jsonLines = <T = EventRecord>(written: string): T[] =>
  written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** The records that `event generate` prints of a partition. */
export async function generated(
  kafka: RealKafka,
  topic: string,
  partition: number,
  ...words: string[]
): Promise<Seen[]> {
  const { exitCode, stdout, stderr } = await spawnProgram([
    'event',
    'generate',
    ...connection(kafka, topic),
    '--partition',
    String(partition),
    ...words,
  ]);
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`);
  return seenInEvent(Object.values((JSON.parse(stdout) as KafkaEvent).records).flat());
}
