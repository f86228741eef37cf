/** `doctor` on one mapping, every call answered after 50 ms: its calls, and its time against the same calls one after another. */
import type { Answerer } from '../src/account/clients.js';
import { createClients } from '../src/account/clients.js';
import { openAccount } from '../src/sandbox/index.js';
import { startDouble } from '../test/wire/double.js';
import { measure, median, row, timeOfCli } from './support/child.js';

const latency = 50;
const late =
  (answer: Answerer): Answerer =>
  async (call) => {
    await new Promise((done) => setTimeout(done, latency));
    return answer(call);
  };

for (const [name, most] of [
  ['endpoints', 26],
  ['nat', 26],
  ['scram', 32],
  ['mtls', 32],
] as const) {
  const { answer } = openAccount(name)!;
  const asked: { service: string; operation: string; input: object }[] = [];
  const double = await startDouble(
    late(async (call) => {
      asked.push(call);
      return answer(call);
    }),
  );
  const runs = [];
  for (let run = 0; run < 5; run++) {
    asked.length = 0;
    runs.push(await measure(['doctor', '--quiet'], { AWS_ENDPOINT_URL: double.url }));
  }
  const calls = [...asked];
  const clients = createClients({ region: 'eu-west-1', endpointUrl: double.url });
  process.env['AWS_ACCESS_KEY_ID'] = process.env['AWS_SECRET_ACCESS_KEY'] = 'made-up';
  // Once before, so that loading the clients is not counted.
  for (let round = 0; round < 2; round++)
    for (const { service, operation, input } of calls)
      if (round === 1) await clients.send(service as never, operation, input).catch(() => {});
  const started = performance.now();
  for (const { service, operation, input } of calls)
    await clients.send(service as never, operation, input).catch(() => {});
  const oneByOne = performance.now() - started;
  // One real call stands for all: each is a start of the CLI and a wait for the answer.
  const byCli: number[] = [];
  for (let call = 0; call < 3; call++)
    byCli.push(
      (await timeOfCli(['sts', 'get-caller-identity', '--region', 'eu-west-1', '--endpoint-url', double.url])) ??
        Number.NaN,
    );
  await double.close();
  const ownTime = median(runs.map(({ milliseconds }) => milliseconds));
  row(`\`doctor\` on \`${name}\`: calls`, String(calls.length), String(most));
  row(
    `\`doctor\` on \`${name}\` at ${latency} ms a call`,
    `${ownTime.toFixed(0)} ms, ${median(runs.map(({ peak }) => peak)).toFixed(0)} MB`,
  );
  row(
    'the same calls by one client, one after another',
    `${oneByOne.toFixed(0)} ms (× ${(oneByOne / ownTime).toFixed(1)})`,
  );
  const each = median(byCli);
  if (Number.isNaN(each)) row('the same by the AWS CLI', 'not measured: `aws` is not installed');
  else
    row(
      `the same by the AWS CLI, one after another: ${calls.length} × ${each.toFixed(0)} ms of \`aws sts get-caller-identity\``,
      `${(calls.length * each).toFixed(0)} ms (× ${((calls.length * each) / ownTime).toFixed(1)})`,
      '× 10',
    );
  if (calls.length > most) throw new Error(`${name}: ${calls.length} calls, ${most} are allowed`);
}
