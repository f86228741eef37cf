import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import { addSelfManaged, brokersOf, elsewhereUuid, selfManagedUuid } from '../../src/sandbox/accounts/self-managed.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { accountWith, clusterArn, uuid } from '../accounts/account.js';
import { startDouble, type Double } from '../wire/double.js';
import { runInProcess } from './in-process.js';

const problem = 'PROBLEM: Connection error. Please check your event source connection configuration.';
let double: Double;
let folder: string;

/** No mapping on MSK; one on its brokers as self-managed source that shows a problem, and one elsewhere that does. */
beforeEach(async () => {
  const account = accountWith((snapshot) => {
    addSelfManaged(snapshot, selfManagedUuid, brokersOf(snapshot), { LastProcessingResult: problem });
    addSelfManaged(snapshot, elsewhereUuid, ['kafka-1.example.com:9094'], { LastProcessingResult: problem });
    delete snapshot.mappings[uuid];
  });
  double = await startDouble(createSandbox(account).answer as Answerer);
  folder = await mkdtemp(join(tmpdir(), 'msk-lambda-'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'made-up');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up');
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ENDPOINT_URL', double.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await double.close();
  await rm(folder, { recursive: true });
});
const run = (...words: string[]) => runInProcess(words, { env: { AWS_REGION: 'eu-west-1' } });

describe('over the wire', () => {
  test.each([
    { words: ['doctor'], exitCode: 1 },
    { words: ['doctor', '--all'], exitCode: 1 },
    { words: ['doctor', '--regions', 'eu-west-1'], exitCode: 1 },
    { words: ['doctor', selfManagedUuid], exitCode: 1 },
    { words: ['doctor', elsewhereUuid], exitCode: 1 },
    { words: ['list'], exitCode: 0 },
  ])('$words', async ({ words, exitCode }) => {
    const text = await run(...words);
    expect(text.exitCode).toBe(exitCode);
    expect(text.stdout).toContain('Connection error.');
    expect(text.stdout).not.toContain('No Amazon MSK event source mappings');
  });

  test('the document of doctor', async () => {
    const { stdout } = await run('doctor', '--output', 'json');
    const { mappings, leftOut, summary } = JSON.parse(stdout) as DoctorDocument;
    expect([mappings, summary]).toEqual([[], { healthy: 0, atRisk: 0, broken: 0, disabled: 0, unknown: 0 }]);
    expect(leftOut).toMatchObject([
      { uuid: selfManagedUuid, clusterArn, verdict: 'broken', observed: { error: 'connection-error' } },
      { uuid: elsewhereUuid, clusterArn: null, verdict: null, bootstrapServers: ['kafka-1.example.com:9094'] },
    ]);
  });

  test('the document of list', async () => {
    const { stdout } = await run('list', '--output', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      mappings: [],
      leftOut: [
        { uuid: selfManagedUuid, clusterArn, state: 'Enabled', lastProcessingResult: problem },
        { uuid: elsewhereUuid, clusterArn: null },
      ],
    });
  });

  test('a line each in --quiet and in JSON lines', async () => {
    expect((await run('doctor', '--quiet')).stdout).toBe(`${selfManagedUuid} broken -\n`);
    const lines = (await run('doctor', '--output', 'jsonl')).stdout.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { leftOut: { uuid: string } }).leftOut.uuid)).toEqual([
      selfManagedUuid,
      elsewhereUuid,
    ]);
  });

  test.each(['inspect', 'broker', 'network', 'policy', 'delete', 'update', 'enable', 'disable', 'recreate'])(
    '%s refuses it in one sentence',
    async (command) => {
      const more = ['delete', 'enable', 'disable', 'recreate'].includes(command) ? ['--yes'] : [];
      const change = command === 'update' ? ['--batch-size', '5', '--yes'] : more;
      const { exitCode, stderr } = await run(command, selfManagedUuid, ...change);
      expect(stderr).toContain('has a self-managed Kafka source, not an MSK cluster.');
      expect(exitCode).toBe(2);
      expect(double.requests.filter((name) => /(Update|Delete|Create)EventSource/.test(name))).toEqual([]);
    },
  );

  test('a snapshot is judged the same, names or not', async () => {
    for (const flags of [[], ['--anonymize']]) {
      const path = join(folder, `account${flags.length}.json`);
      await run('snapshot', '--output-file', path, ...flags);
      const text = await readFile(path, 'utf8');
      for (const name of ['kafka-1', 'example', 'orderscluster', selfManagedUuid])
        expect(text.includes(name), name).toBe(flags.length === 0);
      const { exitCode, stdout } = await run('doctor', '--snapshot', path, '--output', 'json');
      const { leftOut } = JSON.parse(stdout) as DoctorDocument;
      expect(leftOut.map(({ verdict }) => verdict).toSorted()).toEqual(['broken', null]);
      expect(exitCode).toBe(1);
      const judged = leftOut.find(({ verdict }) => verdict !== null)!;
      expect(judged.clusterArn).not.toBeNull();
      expect((await run('doctor', judged.uuid, '--snapshot', path)).exitCode).toBe(1);
      expect((await run('inspect', judged.uuid, '--snapshot', path)).exitCode).toBe(2);
    }
  });
});
