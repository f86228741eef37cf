/** `doctor --all` on a large account over HTTP, every call answered after 50 ms: calls a function and a cluster, memory, time. */
import type { Answerer } from '../src/account/clients.js';
import { createSandbox } from '../src/sandbox/sandbox.js';
import { manyMappings } from '../test/accounts/many.js';
import { startDouble } from '../test/wire/double.js';
import { measure, row } from './support/child.js';

const latency = 50;
const size = { mappings: 1000, clusters: 20, functions: 200 };
for (const auth of ['iam', 'scram'] as const) {
  const { answer } = createSandbox(manyMappings(size, { auth }));
  const double = await startDouble((async (call) => {
    await new Promise((done) => setTimeout(done, latency));
    return answer(call);
  }) as Answerer);
  const run = async (format: string) => {
    const measured = await measure(['doctor', '--all', '--output', format, '--timeout', '300'], {
      AWS_ENDPOINT_URL: double.url,
    });
    if (measured.exitCode !== 0) throw new Error(`exit code ${measured.exitCode}`);
    return measured;
  };
  const whole = await run('json');
  double.requests.length = 0;
  const { milliseconds, peak, processor } = await run('jsonl');
  await double.close();
  const of = (pattern: RegExp) => double.requests.filter((name) => pattern.test(name)).length;
  const title = `\`doctor --all\`, ${auth}: ${size.mappings} mappings, ${size.clusters} clusters, ${size.functions} functions`;
  row(`${title}: calls`, String(double.requests.length));
  row(
    '– a function (lambda, without the pages of the list)',
    (of(/^lambda (?!List)/) / size.functions).toFixed(2),
    '2',
  );
  row('– a cluster (kafka, ec2)', (of(/^(kafka|ec2) /) / size.clusters).toFixed(2), '16');
  row(
    `– time at ${latency} ms a call`,
    `${(milliseconds / 1000).toFixed(1)} s (${(processor / 1000).toFixed(1)} s of the processor)`,
  );
  row('– peak memory', `${peak.toFixed(0)} MB`, '250 MB');
  row('– peak memory of one JSON document', `${whole.peak.toFixed(0)} MB`, '250 MB');
}
