/** How long `probe` takes against three brokers on loopback, its start included. Needs Java and Maven; says so where they are missing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAuthority } from '../test/oracle/kafka/certificates.js';
import { missingTool } from '../test/oracle/kafka/class-path.js';
import { healthyRules } from '../test/oracle/kafka/faults.js';
import { startKafka, type RealKafka } from '../test/oracle/kafka/real-kafka.js';
import { silentServer } from '../test/oracle/kafka/strangers.js';
import { measure, median, row } from './support/child.js';

const runs = 11;

async function time(kafka: RealKafka, words: readonly string[], exitCode: number): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const measured = await measure([
      'probe',
      '--topic',
      'orders',
      '--group',
      'order-readers',
      '--bootstrap',
      `localhost:${kafka.port('PLAINTEXT')}`,
      '--auth',
      'plaintext',
      ...words,
    ]);
    if (measured.exitCode !== exitCode) throw new Error(`exit code ${measured.exitCode}: ${measured.stdout}`);
    times.push(measured.milliseconds);
  }
  return times;
}

const missing = missingTool();
if (missing !== null) row('`probe`', missing);
else {
  const silent = await silentServer();
  // By TLS clients are sent to a silent port in place of broker 3.
  const kafka = await startKafka({ brokers: 3, advertised: (node) => (node === 3 ? { TLS: silent.port } : {}) });
  const [secret, authority] = ['secret.json', 'authority.pem'].map((name) => join(kafka.folder, name)) as [
    string,
    string,
  ];
  try {
    writeFileSync(secret, JSON.stringify(kafka.users.orders), { mode: 0o600 });
    writeFileSync(authority, serverAuthority.pem);
    await kafka.createTopic('orders', [[1], [2], [3]]);
    for (const principal of ['User:ANONYMOUS', 'User:orders']) await kafka.allow(...healthyRules(principal));
    const of = (auth: string, listener: 'TLS' | 'SCRAM', ...more: string[]) => [
      '--bootstrap',
      `localhost:${kafka.port(listener)}`,
      '--auth',
      auth,
      '--ca-file',
      authority,
      ...more,
    ];
    await time(kafka, [], 0);
    row('`probe`, three brokers, plaintext', `${median(await time(kafka, [], 0)).toFixed(0)} ms`, '500 ms');
    row(
      '– SASL/SCRAM',
      `${median(await time(kafka, of('scram', 'SCRAM', '--secret-file', secret), 0)).toFixed(0)} ms`,
      '500 ms',
    );
    row(
      '– TLS, one of the three silent, limit of a step 1 s',
      `${median(await time(kafka, of('tls', 'TLS', '--step-timeout', '1'), 1)).toFixed(0)} ms`,
      '1,500 ms',
    );
  } finally {
    await kafka.end();
    await silent.close();
  }
}
