/** What a mapping names is not there any more: it is named first, and nothing breaks for the lack of it. */
import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { newClusterArn } from '../../src/sandbox/accounts/deleted-cluster.js';
import { problem } from '../../src/sandbox/accounts/texts.js';
import { openAccount } from '../../src/sandbox/index.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import { subnetIds, uuid } from '../accounts/account.js';
import { startDouble } from '../wire/double.js';
import { looksLikeTrace, run } from './program.js';

const notThere = (name: string) =>
  Object.assign(new Error('it is not there'), { name, $metadata: { httpStatusCode: 404 } });

/** The SCRAM account with an error text, in which some calls find nothing. */
const without = (calls: Record<string, string>): Answerer => {
  const { answer } = openAccount('scram')!;
  return async (call) => {
    const error = calls[`${call.service} ${call.operation}`];
    if (error !== undefined) throw notThere(error);
    const output = (await answer(call)) as Record<string, unknown>;
    if (call.operation === 'GetEventSourceMapping')
      return { ...output, LastProcessingResult: problem('connection-error') };
    if (call.operation === 'DescribeSubnets' && calls['subnet'] !== undefined)
      return {
        Subnets: (output['Subnets'] as { SubnetId: string }[]).filter(({ SubnetId }) => SubnetId !== calls['subnet']),
      };
    return output;
  };
};

const kafka = 'NotFoundException';
const lambda = 'ResourceNotFoundException';
const cases: [what: string, calls: Record<string, string>, firstCause: string][] = [
  [
    'the function',
    { 'lambda GetFunctionConfiguration': lambda, 'lambda GetFunctionConcurrency': lambda },
    'function.state',
  ],
  [
    'the role',
    {
      'iam GetRole': 'NoSuchEntity',
      'iam ListRolePolicies': 'NoSuchEntity',
      'iam ListAttachedRolePolicies': 'NoSuchEntity',
    },
    'access.trust',
  ],
  [
    'the cluster',
    {
      'kafka DescribeClusterV2': kafka,
      'kafka GetBootstrapBrokers': kafka,
      'kafka ListTopics': kafka,
      'kafka ListScramSecrets': kafka,
    },
    'cluster.state',
  ],
  [
    'the secret',
    {
      'secretsmanager DescribeSecret': lambda,
      'secretsmanager GetSecretValue': lambda,
      'secretsmanager GetResourcePolicy': lambda,
    },
    'secret.exists',
  ],
  ['a subnet', { subnet: subnetIds[1]! }, 'network.subnet-capacity'],
  ['the key', { 'kms DescribeKey': kafka, 'kms GetKeyPolicy': kafka }, 'secret.kms'],
];

describe('gone', () => {
  test.concurrent.each(cases)('%s', async (_, calls, firstCause) => {
    const double = await startDouble(without(calls));
    const env = { AWS_ENDPOINT_URL: double.url };
    const json = await run(['doctor', uuid, '--output', 'json'], { env });
    const others = await Promise.all(
      [['doctor', uuid], ['inspect', uuid], ['network', uuid], ['list'], ['policy', uuid]].map((words) =>
        run(words, { env }),
      ),
    );
    await double.close();
    const [mapping] = (JSON.parse(json.stdout) as DoctorDocument).mappings;
    expect(mapping!.causes[0]?.check, JSON.stringify(mapping!.causes)).toBe(firstCause);
    expect([mapping!.verdict, json.exitCode, json.stderr]).toEqual(['broken', 1, '']);
    for (const ran of others)
      expect([looksLikeTrace(ran), ran.stderr.includes('fault of its own'), ran.exitCode === null]).toEqual([
        false,
        false,
        false,
      ]);
    expect(others[0]!.stdout).toContain('✗ ');
  });
});

/** A list of clusters is asked for only here, and its refusal hides nothing. */
describe('the cluster was deleted and created again', () => {
  const doctor = async (fault?: 'denied') => {
    const double = await startDouble(openAccount('cluster-replaced')!.answer, (name) =>
      name === 'kafka ListClustersV2' ? fault : undefined,
    );
    const ran = await run(['doctor', uuid, '--output', 'json'], { env: { AWS_ENDPOINT_URL: double.url } });
    await double.close();
    const [mapping] = (JSON.parse(ran.stdout) as DoctorDocument).mappings;
    return {
      ran,
      mapping: mapping!,
      commands: mapping!.findings.find(({ check }) => check === 'cluster.state')!.fixes[0]!.commands,
      lists: double.requests.filter((name) => name === 'kafka ListClustersV2').length,
      coverage: (JSON.parse(ran.stdout) as DoctorDocument).coverage,
    };
  };

  test.concurrent('the command names the new one', async () => {
    const { ran, mapping, commands, lists, coverage } = await doctor();
    expect([ran.exitCode, ran.stderr, mapping.verdict, lists]).toEqual([1, '', 'broken', 1]);
    expect(mapping.causes.map(({ check }) => check)).toEqual(['cluster.state', 'mapping.state']);
    expect(commands).toEqual([
      `msk-lambda recreate ${uuid} --cluster ${newClusterArn} --starting-position AT_TIMESTAMP --starting-position-timestamp 2026-11-19T08:00:00.000Z`,
    ]);
    expect(coverage.missingActions).toEqual([]);
  });

  test.concurrent('clusters may not be listed', async () => {
    const { ran, mapping, commands, coverage } = await doctor('denied');
    expect([ran.exitCode, mapping.verdict, mapping.causes[0]?.check]).toEqual([1, 'broken', 'cluster.state']);
    expect(commands?.[0]).toContain('--cluster CLUSTER');
    expect(coverage.missingActions).toEqual(['kafka:ListClustersV2']);
  });
});
