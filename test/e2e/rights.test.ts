/** What doctor asks of AWS beyond its first reading: an organization's policies, and IAM's own simulation. */
import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import { openAccount } from '../../src/sandbox/index.js';
import { account } from '../../src/sandbox/healthy.js';
import { awsError } from '../account/support/answer-from.js';
import { startDouble } from '../wire/double.js';
import { run } from './program.js';

const uuidOf = (name: string) => openAccount(name)!.snapshot().targets[0]!;
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A healthy account whose text says that the cluster refuses. */
function refused(answer: Answerer): Answerer {
  const text = 'PROBLEM: Cluster failed to authorize Lambda.';
  const change = (mapping: object) => ({ ...mapping, LastProcessingResult: text });
  return async (call) => {
    const output = (await answer(call)) as { EventSourceMappings?: object[]; UUID?: string };
    if (call.operation === 'ListEventSourceMappings')
      return { ...output, EventSourceMappings: output.EventSourceMappings!.map(change) };
    return call.operation === 'GetEventSourceMapping' ? change(output) : output;
  };
}

const organization = ({ operation, input }: Parameters<Answerer>[0]): object => {
  const { ChildId: child, Filter: filter, TargetId: target, PolicyId: id } = input as Record<string, string>;
  if (operation === 'ListParents')
    return {
      Parents: child === account ? [{ Id: 'ou-1', Type: 'ORGANIZATIONAL_UNIT' }] : [{ Id: 'r-1', Type: 'ROOT' }],
    };
  if (operation === 'DescribePolicy')
    return {
      Policy: {
        Content:
          id === 'p-guard'
            ? document(everything, { Sid: 'NoReads', Effect: 'Deny', Action: 'kafka-cluster:ReadData', Resource: '*' })
            : document(everything),
      },
    };
  const attachedPolicy = {
    Id: target === 'ou-1' ? 'p-guard' : 'p-full',
    Name: target === 'ou-1' ? 'Guard' : 'Full',
    Arn: 'arn:aws:organizations::999900001111:policy/o-1/service_control_policy/p',
  };
  return { Policies: filter === 'SERVICE_CONTROL_POLICY' ? [attachedPolicy] : [] };
};

async function doctor(answerer: Answerer, ...words: string[]) {
  const double = await startDouble(answerer);
  try {
    const ran = await run(['doctor', '--output', 'json', ...words], { env: { AWS_ENDPOINT_URL: double.url } });
    return { ran, requests: double.requests, document: JSON.parse(ran.stdout) as DoctorDocument };
  } finally {
    await double.close();
  }
}

describe('an organization’s policies', () => {
  const answer = openAccount('nat')!.answer as Answerer;

  test('explain a refusal that nothing else explains, by name and statement', async () => {
    const { document: diagnosis } = await doctor(
      refused(async (call) => (call.service === 'organizations' ? organization(call) : answer(call))),
    );
    expect(diagnosis.mappings[0]!.causes[0]!.check).toBe('access.kafka-topic');
    expect(
      JSON.stringify(diagnosis.mappings[0]!.findings.find(({ check }) => check === 'access.kafka-topic')),
    ).toContain('statement NoReads of service control policy Guard denies kafka-cluster:ReadData');
  });

  test('cost a caller who may not read them one call, and nothing becomes unknown', async () => {
    const { document: diagnosis, requests } = await doctor(refused(answer));
    expect(requests.filter((name) => name.startsWith('organizations'))).toEqual(['organizations ListParents']);
    expect(diagnosis.mappings[0]).toMatchObject({ verdict: 'broken', causes: [] });
    expect(diagnosis.coverage.missingActions.join()).not.toContain('organizations');
    expect(diagnosis.mappings[0]!.findings.filter(({ status }) => status === 'unknown')).toEqual([]);
  });

  test('are not asked for where the trigger works, or where a cause was found', async () => {
    const forgotten = openAccount('group-forgotten')!.answer as Answerer;
    for (const simulation of [answer, forgotten])
      expect((await doctor(simulation)).requests.filter((name) => name.startsWith('organizations'))).toEqual([]);
  });
});

describe('--verify', () => {
  const answer = openAccount('group-forgotten')!.answer as Answerer;
  /** A simulation that allows everything but what it is told. */
  const simulated =
    (denied: readonly string[]): Answerer =>
    async (call) => {
      if (call.operation !== 'SimulatePrincipalPolicy') return answer(call);
      return {
        EvaluationResults: (call.input as { ActionNames: string[] }).ActionNames.map((name) => ({
          EvalActionName: name,
          EvalResourceName: '*',
          EvalDecision: denied.includes(name) ? 'implicitDeny' : 'allowed',
        })),
        IsTruncated: false,
      };
    };

  test('agrees', async () => {
    const { document: diagnosis } = await doctor(
      simulated(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup']),
      '--verify',
    );
    const { verification } = diagnosis.mappings[0]!;
    expect(verification).toMatchObject({ differences: [], undecided: [], notRead: null });
    expect(verification!.agreed).toBe(verification!.asked);
    expect(verification!.asked).toBeGreaterThan(10);
  });
  test('shows where the two differ, and names what the simulation does not know', async () => {
    const { document: diagnosis } = await doctor(
      simulated(['kafka-cluster:AlterGroup', 'kafka-cluster:ReadData']),
      '--verify',
    );
    expect(diagnosis.mappings[0]!.verification!.differences).toMatchObject([
      { action: 'kafka-cluster:ReadData', ours: 'allowed', iam: 'implicitDeny' },
      { action: 'kafka-cluster:DescribeGroup', ours: 'denied', iam: 'allowed' },
    ]);
    expect(diagnosis.mappings[0]!.verification!.limits.join()).toContain('trust policy');
  });
  test('says so in a few lines for people', async () => {
    const double = await startDouble(simulated(['kafka-cluster:AlterGroup', 'kafka-cluster:ReadData']));
    const { stdout } = await run(['doctor', '--verify'], { env: { AWS_ENDPOINT_URL: double.url, COLUMNS: '400' } });
    await double.close();
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /it agrees on \d+ of \d+ permissions\..*ReadData on .*: this program says allowed, the simulator does not allow it; .*Note: the IAM policy simulator uses/,
    );
  });
  test('a caller who may not simulate loses nothing but that', async () => {
    const { document: diagnosis, ran } = await doctor(
      async (call) => {
        if (call.operation === 'SimulatePrincipalPolicy') throw awsError('AccessDenied', 403);
        return answer(call);
      },
      '--verify',
      uuidOf('group-forgotten'),
    );
    expect(diagnosis.mappings[0]).toMatchObject({
      causes: [{ check: 'access.kafka-group' }],
      verification: { asked: 0, notRead: expect.stringContaining('iam:SimulatePrincipalPolicy') as string },
    });
    expect(ran.exitCode).toBe(1);
  });
  test('needs an account to ask', async () => {
    expect((await run(['doctor', '--sandbox', 'nat', '--verify'])).exitCode).toBe(2);
  });
});
