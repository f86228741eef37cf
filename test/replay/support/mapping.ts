/** A mapping in a double of AWS with brokers in this process, for `replay` by the UUID of the mapping. */
import { openAccount } from '../../../src/sandbox/index.js';
import type { Answerer } from '../../../src/account/clients.js';
import type { Io } from '../../../src/cli/io.js';
import { uuid } from '../../accounts/account.js';
import { runInProcess, type Outcome } from '../../cli/in-process.js';
import { batch2 } from '../../kafka/support/batches.js';
import { fetched, startCluster } from '../../probe/support/cluster.js';
import { startDouble } from '../../wire/double.js';

type Call = Parameters<Answerer>[0];

export interface ReplayedMapping {
  /** Calls of the function: the payloads, in order. */
  invocations: string[];
  requests: readonly string[];
  replay(words: readonly string[], change?: Partial<Io>): Promise<Outcome>;
  stop(): Promise<void>;
}

interface MappingOptions {
  /** Settings over those of the mapping in the account. */
  settings?: object;
  /** Values of partition 0 from offset 10 on; by default 20 of JSON. */
  values?: readonly (Buffer | null)[];
  keys?: readonly (Buffer | null)[];
  /** What Lambda answers to Invoke. */
  invoke?: (call: Call, number: number) => object | Promise<object>;
  /** Answers instead of those of the account. */
  answers?: Record<string, (call: Call) => object>;
}

/** Offset of the first record. */
export const first = 10;
const twenty = Array.from({ length: 20 }, (_, index) => Buffer.from(`{"n":${first + index}}`));

export async function startMapping(options: MappingOptions = {}): Promise<ReplayedMapping> {
  const { values = twenty, keys = [], answers = {} } = options;
  const end = first + values.length;
  const cluster = await startCluster({
    answers: {
      listOffsets: ({ request }) => ({
        throttleTimeMs: 0,
        topics: request.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, timestamp }) => ({
            partitionIndex,
            errorCode: 0,
            timestamp: -1,
            offset: timestamp === -2 ? first : end,
            leaderEpoch: 0,
          })),
        })),
      }),
      fetch: ({ request }) => {
        const { partition, fetchOffset } = request.topics[0]!.partitions[0]!;
        const records = values
          .slice(fetchOffset - first)
          .map((value, index) => ({ key: keys[fetchOffset - first + index] ?? null, value, headers: [] }));
        const bytes =
          records.length === 0 ? Buffer.alloc(0) : batch2({ firstOffset: fetchOffset, timestamp: 1, records });
        return fetched(partition, bytes);
      },
    },
  });
  const account = openAccount('plaintext')!;
  const invocations: string[] = [];
  const double = await startDouble(async (call) => {
    const { operation } = call;
    const answer = answers[operation];
    if (answer !== undefined) return answer(call);
    if (operation === 'GetBootstrapBrokers')
      return { BootstrapBrokerString: cluster.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',') };
    if (operation === 'Invoke') {
      invocations.push(Buffer.from((call.input as { Payload: Uint8Array }).Payload).toString('utf8'));
      return (await options.invoke?.(call, invocations.length)) ?? returned(null);
    }
    const output = (await account.answer(call)) as object;
    return operation === 'GetEventSourceMapping' ? { ...output, ...options.settings } : output;
  });
  return {
    invocations,
    requests: double.requests,
    replay: (words, change) =>
      runInProcess(
        ['replay', uuid, '--from', 'start', '--region', 'eu-west-1', '--endpoint-url', double.url, ...words],
        {
          env: { AWS_ACCESS_KEY_ID: 'made-up', AWS_SECRET_ACCESS_KEY: 'made-up', AWS_EC2_METADATA_DISABLED: 'true' },
          ...change,
        },
      ),
    async stop() {
      await double.close();
      await cluster.stop();
    },
  };
}

/** What Lambda answers where the function returned this. */
export const returned = (response: unknown): object => ({ Payload: Buffer.from(JSON.stringify(response)) });

/** What Lambda answers where the function failed. */
export const failed = (errorType: string, errorMessage: string): object => ({
  ...returned({ errorType, errorMessage }),
  FunctionError: 'Unhandled',
});

/** Offsets that an invocation delivered. */
export const offsetsOf = (payload: string): number[] =>
  Object.values((JSON.parse(payload) as { records: Record<string, { offset: number }[]> }).records)
    .flat()
    .map(({ offset }) => offset);
