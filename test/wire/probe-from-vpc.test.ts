/** `probe --from-vpc` and `--clean` over HTTP: what is created, what comes back, and that nothing is left. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openSocket, type Dialer } from '../../src/kafka/dial.js';
import type { RemoteAnswer, RemoteEvent, ServiceReach } from '../../src/probe/function/remote-event.js';
import { runRemoteProbe } from '../../src/probe/function/run-remote-probe.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import type { ProbeDocument } from '../../src/report/documents/probe.js';
import type { ProbeFunctionsDocument } from '../../src/report/documents/probe-functions.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import {
  accountWith,
  clusterArn,
  healthyAccount,
  region,
  roleArn,
  subnetIds,
  uuid,
  value,
} from '../accounts/account.js';
import { runInProcess } from '../cli/in-process.js';
import { group, startCluster, type Cluster } from '../probe/support/cluster.js';
import { startDouble, type Double } from './double.js';

let cluster: Cluster;
let double: Double | undefined;
let sandbox: Sandbox;
let events: RemoteEvent[];
/** Changes what a function returns. */
let change: (answer: RemoteAnswer, invocation: number) => RemoteAnswer;

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  cluster = await startCluster({ brokers: 2 });
  events = [];
  change = (answer) => answer;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all([cluster.stop(), double?.close()]);
});

/** Every name leads to the brokers of the test. */
const dial: Dialer = {
  resolvesNames: true,
  connect: (host, port, signal) =>
    openSocket('127.0.0.1', host === '127.0.0.1' ? port : cluster.brokers[0]!.port, signal),
};

async function open(snapshot: Snapshot = healthyAccount({ auth: 'plaintext' })): Promise<void> {
  sandbox = createSandbox(snapshot, {
    runFunction: async (event) => {
      const invocation = events.push(event);
      const answer = await runRemoteProbe(
        event,
        {},
        {
          dial,
          checkService: async ({ service, host }) => ({
            service,
            host,
            status: 'ok',
            step: null,
            name: null,
            because: null,
            ms: 3,
          }),
          readSecret: async () => ({ text: '{}' }),
        },
      );
      return change(answer, invocation);
    },
  });
  double = await startDouble((call) => sandbox.answer(call));
}

const probe = (...words: string[]) =>
  runInProcess(['probe', ...words, '--region', region, '--endpoint-url', double!.url], {
    env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });
const made = (): string[] => double!.requests.filter((name) => /CreateFunction|Invoke|DeleteFunction/.test(name));
const functionsLeft = async (): Promise<unknown[]> => {
  const { Functions: all } = (await sandbox.answer({ service: 'lambda', operation: 'ListFunctions', input: {} })) as {
    Functions: { FunctionName: string }[];
  };
  return all.filter(({ FunctionName: name }) => name.startsWith('msk-lambda-probe-'));
};

describe('a healthy mapping', () => {
  test('each subnet reaches the brokers; the functions are gone', async () => {
    await open();
    const { exitCode, stdout } = await probe(uuid, '--group', group, '--from-vpc', '--yes', '--output', 'json');
    const document = JSON.parse(stdout) as ProbeDocument;
    expect([exitCode, document.verdict, document.findings]).toEqual([0, 'reaches', []]);
    // oxlint-disable-next-line id-denylist -- the contract's name
    expect(document.from).toEqual({ place: 'subnet', subnet: subnetIds[0] });
    expect(document.subnets!.map(({ subnet, verdict }) => [subnet, verdict])).toEqual(
      subnetIds.map((id) => [id, 'reaches']),
    );
    expect(document.subnets![0]!.services.map(({ service }) => service)).toEqual(['lambda', 'sts']);
    expect(document.functions!.every(({ removed }) => removed)).toBe(true);
    expect(document.changed).toBe(subnetIds.length);
    expect(await functionsLeft()).toEqual([]);
    expect(events[0]!.probe).toMatchObject({ auth: 'plaintext', topic: 'orders' });
  });

  test('the text compares the subnets, and says what remains for a while', async () => {
    await open();
    const { stdout, stderr } = await probe(uuid, '--group', group, '--from-vpc', '--yes');
    for (const id of subnetIds) expect(stdout).toContain(`${id}: reaches the brokers; Lambda 3`);
    expect(stderr).toContain('network interfaces');
  });

  test('--dry-run shows subnets, role, price and calls, and makes none', async () => {
    await open();
    const { exitCode, stdout } = await probe(uuid, '--group', group, '--from-vpc', '--dry-run');
    expect(exitCode).toBe(0);
    for (const word of [...subnetIds, roleArn, 'USD', 'aws lambda create-function', 'policy --for probe'])
      expect(stdout).toContain(word);
    expect(made()).toEqual([]);
    const { stdout: json } = await probe(uuid, '--group', group, '--from-vpc', '--dry-run', '--output', 'json');
    const document = JSON.parse(json) as ProbeFunctionsDocument;
    expect(document.changed).toBe(0);
    expect(document.calls.map(({ operation }) => operation)).toEqual(
      subnetIds.flatMap(() => ['CreateFunction', 'DeleteFunction']),
    );
  });

  test('without a confirmation nothing is created', async () => {
    await open();
    const { exitCode, stderr } = await probe(uuid, '--group', group, '--from-vpc');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--yes');
    expect(made()).toEqual([]);
  });

  test('a cluster has no execution role', async () => {
    await open();
    const { exitCode, stderr } = await probe(clusterArn, '--from-vpc', '--yes');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--from-vpc needs a mapping') as string]);
    expect(made()).toEqual([]);
  });
});

/** Lambda shows an error: a mapping that processes records outranks what a function meets. */
const failing = (): Snapshot =>
  accountWith(
    (snapshot) => {
      Object.assign(value(snapshot.mappings, uuid), {
        LastProcessingResult: 'PROBLEM: Connection error.',
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
      });
    },
    { auth: 'plaintext' },
  );

const unreachable = (service: ServiceReach): ServiceReach => ({
  ...service,
  status: 'failed',
  step: 'tcp',
  name: 'TIMEOUT',
  because: 'no answer within 10 s',
});

test('one subnet without a path to STS blocks, and is the one that is named', async () => {
  await open(failing());
  change = (answer, invocation) =>
    invocation === 2
      ? {
          ...answer,
          services: answer.services.map(unreachable),
        }
      : answer;
  const { exitCode, stdout } = await probe(uuid, '--group', group, '--from-vpc', '--yes', '--output', 'json');
  const document = JSON.parse(stdout) as ProbeDocument;
  const blocked = document.subnets!.filter(({ verdict }) => verdict === 'blocked');
  expect([exitCode, document.verdict, blocked.length]).toEqual([1, 'blocked', 1]);
  expect(document.from.subnet).toBe(blocked[0]!.subnet);
  expect(document.findings.filter(({ status }) => status === 'fail').map(({ check }) => check)).toEqual([
    'network.aws-path',
  ]);
  expect(document.wouldShow).toContain('Your VPC must be able to connect to Lambda and STS');
});

test('doctor --probe --from-vpc: what a subnet shows is proof', async () => {
  await open(failing());
  const doctor = (...words: string[]) =>
    runInProcess(
      ['doctor', uuid, '--probe', '--from-vpc', ...words, '--region', region, '--endpoint-url', double!.url],
      { env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } },
    );
  expect((await doctor()).exitCode).toBe(2);
  change = (answer) => ({ ...answer, services: answer.services.map(unreachable) });
  const { stdout } = await doctor('--yes', '--output', 'json');
  const [mapping] = (JSON.parse(stdout) as DoctorDocument).mappings;
  expect(mapping!.causes[0]).toMatchObject({ check: 'network.aws-path', confidence: 0.99 });
  expect(mapping!.verdict).toBe('broken');
  expect(await functionsLeft()).toEqual([]);
});

test('a role that may not create network interfaces is the finding', async () => {
  await open(failing());
  const answer = sandbox.answer.bind(sandbox);
  await double!.close();
  double = await startDouble((call) => {
    if (call.operation === 'CreateFunction')
      throw Object.assign(
        new Error('The provided execution role does not have permissions to call CreateNetworkInterface on EC2'),
        { name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } },
      );
    return answer(call);
  });
  const { exitCode, stdout } = await probe(uuid, '--group', group, '--from-vpc', '--yes', '--output', 'json');
  const document = JSON.parse(stdout) as ProbeDocument;
  expect([exitCode, document.verdict]).toEqual([1, 'blocked']);
  expect(document.findings.map(({ check }) => check)).toEqual(['access.network-interfaces']);
});

test('your own missing permission is no verdict about the mapping', async () => {
  await open();
  await double!.close();
  double = await startDouble(
    (call) => sandbox.answer(call),
    (name) => (name === 'lambda CreateFunction' ? 'denied' : undefined),
  );
  const { exitCode, stdout, stderr } = await probe(uuid, '--group', group, '--from-vpc', '--yes', '--output', 'json');
  expect([exitCode, (JSON.parse(stdout) as ProbeDocument).verdict]).toEqual([3, 'unknown']);
  expect(stderr).toContain('Your credentials need lambda:CreateFunction');
});

test('--clean deletes what a killed run left, and says so', async () => {
  await open();
  const left = {
    FunctionName: 'msk-lambda-probe-0a1b2c3d-1',
    Role: roleArn,
    Tags: { 'msk-lambda:run': '0a1b2c3d', 'msk-lambda:expires': '2026-01-01T00:00:00.000Z' },
  };
  await sandbox.answer({ service: 'lambda', operation: 'CreateFunction', input: left });
  const dry = await probe('--clean', '--dry-run');
  expect(dry.stdout).toContain('msk-lambda-probe-0a1b2c3d-1: no probe uses it any more; not deleted');
  expect(await functionsLeft()).toHaveLength(1);
  const { exitCode, stdout } = await probe('--clean', '--yes', '--output', 'json');
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([
    0,
    { changed: 1, functions: [{ name: 'msk-lambda-probe-0a1b2c3d-1', outcome: 'removed' }] },
  ]);
  expect(await functionsLeft()).toEqual([]);
  expect((await probe('--clean', '--yes')).stdout).toContain('No temporary function');
});
