/** How long `replay` takes to read, filter and batch a million records, against Kafka’s console consumer. Needs Java and Maven; says so where they are missing. */
import { spawnSync } from 'node:child_process';
import { classPath, missingTool } from '../test/oracle/kafka/class-path.js';
import { healthyRules } from '../test/oracle/kafka/faults.js';
import { write } from '../test/oracle/kafka/record-clients.js';
import { startKafka, type RealKafka } from '../test/oracle/kafka/real-kafka.js';
import { measure, row } from './support/child.js';
import { orderPattern, orders } from './support/orders.js';

const [records, parts] = [1_000_000, 1000];

/** Seconds and megabytes of one replay. */
async function replay(kafka: RealKafka, topic: string): Promise<{ seconds: number; peak: number }> {
  const { exitCode, milliseconds, peak, stdout } = await measure([
    'replay',
    '--bootstrap',
    `localhost:${kafka.port('PLAINTEXT')}`,
    '--auth',
    'plaintext',
    '--topic',
    topic,
    '--filter',
    orderPattern,
    '--output',
    'json',
  ]);
  const { summary } = JSON.parse(stdout) as { summary: { records: number; filtered: number } };
  if (exitCode !== 0 || summary.records + summary.filtered !== records || summary.filtered === 0)
    throw new Error(`exit code ${exitCode}: ${JSON.stringify(summary)}`);
  return { seconds: milliseconds / 1000, peak };
}

/** Seconds of Kafka’s console consumer, which prints the values to nowhere. */
function consume(kafka: RealKafka, topic: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(
    'java',
    [
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      '-cp',
      classPath('4.3.1'),
      'org.apache.kafka.tools.consumer.ConsoleConsumer',
      '--bootstrap-server',
      `localhost:${kafka.port('PLAINTEXT')}`,
      '--topic',
      topic,
      '--partition',
      '0',
      '--offset',
      'earliest',
      '--isolation-level',
      'read_committed',
      '--max-messages',
      String(records),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the console consumer ended with ${status}: ${stderr}`);
  return (performance.now() - started) / 1000;
}

const missing = missingTool();
if (missing !== null) row('`replay`', missing);
else {
  const kafka = await startKafka();
  try {
    for (const rule of healthyRules('User:ANONYMOUS')) await kafka.allow(rule);
    for (const codec of ['none', 'lz4', 'zstd']) {
      const topic = `orders-${codec}`;
      await kafka.createTopic(topic);
      await write(kafka, [topic, 0], orders(records / parts), { 'compression.type': codec }, '', parts);
      const java = consume(kafka, topic);
      const { seconds, peak } = await replay(kafka, topic);
      row(
        `\`replay --filter\`, ${records.toLocaleString('en-US')} records of 1 KB, codec ${codec}`,
        `${seconds.toFixed(1)} s, ${peak.toFixed(0)} MB`,
        '20 s, 200 MB',
      );
      row('– against Kafka’s console consumer', `× ${(seconds / java).toFixed(2)} (${java.toFixed(1)} s)`);
    }
  } finally {
    await kafka.end();
  }
}
