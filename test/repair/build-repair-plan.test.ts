/** The plan as a whole: one step for one resource, choices, several mappings, what cannot be simulated. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { checks } from '../../src/checks/index.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildRepairPlan, buildRepairPlanPausing } from '../../src/repair/build-repair-plan.js';
import { mergeStatements } from '../../src/repair/role-grants.js';
import type { RepairPlan } from '../../src/repair/repair-plan.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { ok } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { accountWith, clusterArn, functionArn, groupId, roleArn, uuid, value, vpcId } from '../accounts/account.js';
import { addTwin, allowKafka, planFor } from './accounts.js';
import { chosenOf, expectHealed, expectUndone, expectWritesOnce } from './planned.js';

const refused = 'PROBLEM: Cluster failed to authorize Lambda.';
const unreachable =
  'PROBLEM: Connection error. Your VPC must be able to connect to Lambda and STS, as well as Secrets Manager if authentication is required. You can provide access by configuring PrivateLink or a NAT Gateway.';
const shown = (text: string) => (snapshot: Snapshot) => {
  for (const read of Object.values(snapshot.mappings))
    if (read.outcome === 'ok') read.value.LastProcessingResult = text;
};
const withoutKafkaRights = (snapshot: Snapshot): void => {
  snapshot.inlinePolicyNames[roleArn] = ok([]);
  snapshot.inlinePolicies = {};
  shown(refused)(snapshot);
};
const withoutEndpoints = (snapshot: Snapshot): void => {
  snapshot.vpcEndpoints[vpcId] = ok([]);
  shown(unreachable)(snapshot);
};
const documentOf = (step: RepairPlan['steps'][number]) =>
  JSON.parse(String(step.input['PolicyDocument'])) as {
    Statement: { Action: string[]; Resource: string | string[] }[];
  };

describe('a role that has only the managed policy', () => {
  const plan = planFor(withoutKafkaRights);

  it('gets everything in one step, recommended permissions included', () => {
    expect(plan.steps).toMatchObject([
      { operation: 'PutRolePolicy', safety: 'safe', dangers: [], cost: 'free', resource: roleArn, isChosen: true },
    ]);
    const actions = documentOf(plan.steps[0]!).Statement.flatMap(({ Action }) => Action);
    expect(actions.toSorted()).toEqual(
      [
        'AlterGroup',
        'Connect',
        'DescribeClusterDynamicConfiguration',
        'DescribeGroup',
        'DescribeTopic',
        'ReadData',
      ].map((name) => `kafka-cluster:${name}`),
    );
    expect(plan.steps[0]!.resolves.map(({ check }) => check).toSorted()).toEqual([
      'access.kafka-connect',
      'access.kafka-group',
      'access.kafka-topic',
    ]);
    expect(plan).toMatchObject({ choices: [], byHand: [], simulated: { verdict: 'healthy', failing: [] } });
  });

  it('keeps the statements of a policy of the tool’s name', () => {
    const present = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' };
    const before = accountWith((snapshot) => {
      withoutKafkaRights(snapshot);
      snapshot.inlinePolicyNames[roleArn] = ok(['msk-lambda']);
      snapshot.inlinePolicies[`${roleArn}#msk-lambda`] = ok(
        JSON.stringify({ Version: '2012-10-17', Statement: present }),
      );
    });
    const extended = buildRepairPlan(before, diagnose(before));
    expect(documentOf(extended.steps[0]!).Statement[0]).toEqual(present);
    expectHealed(before, extended);
    expectUndone(before, extended);
  });

  it('does not overwrite a policy of the tool’s name that is no policy', () => {
    const named = planFor((snapshot) => {
      withoutKafkaRights(snapshot);
      snapshot.inlinePolicyNames[roleArn] = ok(['msk-lambda']);
      snapshot.inlinePolicies[`${roleArn}#msk-lambda`] = ok('not a policy');
    });
    expect(named.steps.map(({ input }) => input['PolicyName'])).not.toContain('msk-lambda');
  });

  it('that has no room for them gets a managed policy by hand', () => {
    const full = planFor((snapshot) => {
      withoutKafkaRights(snapshot);
      snapshot.inlinePolicyNames[roleArn] = ok(['large']);
      snapshot.inlinePolicies[`${roleArn}#large`] = ok(
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(10_000)}` }],
        }),
      );
    });
    expect(full.steps).toEqual([]);
    expect(full.byHand.map(({ command }) => command)).toEqual([`msk-lambda policy ${uuid}`]);
  });
});

it('a step names the tool whose template made the resource', () => {
  const plan = planFor((snapshot) => {
    withoutKafkaRights(snapshot);
    value(snapshot.roles, roleArn).Tags = [
      { Key: 'aws:cloudformation:stack-name', Value: 'orders-app' },
      { Key: 'aws:cloudformation:logical-id', Value: 'OrderRole' },
    ];
  });
  expect(plan.steps[0]!.owner).toEqual({ tool: 'cloudformation', name: 'orders-app', logicalId: 'OrderRole' });
});

describe('two mappings on one role', () => {
  const before = accountWith((snapshot) => {
    addTwin(snapshot, { Topics: ['payments'] });
    withoutKafkaRights(snapshot);
  });
  const plan = buildRepairPlan(before, diagnose(before));

  it('get one policy with the topics of both', () => {
    expect(plan.steps).toHaveLength(1);
    const resources = documentOf(plan.steps[0]!).Statement.flatMap(({ Resource }) => Resource);
    expect(resources.filter((arn) => arn.includes(':topic/')).map((arn) => arn.split('/').at(-1))).toEqual(
      expect.arrayContaining(['orders', 'payments']),
    );
    expect(new Set(plan.steps[0]!.resolves.map(({ mapping }) => mapping)).size).toBe(2);
    expectHealed(before, plan);
    expectUndone(before, plan);
  });

  it('of two functions: each function gets what the other needs, which is said', () => {
    const shared = planFor((snapshot) => {
      const other = functionArn.replace('order-handler', 'payment-handler');
      snapshot.functions[other] = ok({
        ...value(snapshot.functions, functionArn),
        FunctionArn: other,
        FunctionName: 'payment-handler',
      });
      snapshot.concurrency[other] = ok({});
      addTwin(snapshot, { Topics: ['payments'], FunctionArn: other });
      withoutKafkaRights(snapshot);
    });
    expect(shared.steps).toMatchObject([{ safety: 'care' }]);
    expect(shared.steps[0]!.dangers.join()).toMatch(/order-handler and payment-handler/);
  });
});

describe('a choice', () => {
  const before = accountWith((snapshot) => {
    allowKafka(snapshot);
    addTwin(snapshot, { Topics: ['payments'] });
    value(snapshot.topics, clusterArn).push({ TopicName: 'refunds', PartitionCount: 3, ReplicationFactor: 3 });
    addTwin(snapshot, { Topics: ['refunds'], BatchSize: 5 }, 3);
    withoutEndpoints(snapshot);
  });
  const diagnosis = diagnose(before);
  const plan = buildRepairPlan(before, diagnosis);

  it('is asked once for all mappings with the same cause', () => {
    expect(plan.choices).toHaveLength(1);
    const [choice] = plan.choices;
    expect(choice!.chosen).toBe(0);
    const ids = new Set(plan.steps.map(({ id }) => id));
    for (const { steps } of choice!.options) expect(steps.every((id) => ids.has(id))).toBe(true);
    expect(choice!.options.map(({ cost }) => cost)).toContain('hour');
    const endpoints = chosenOf(plan).filter(({ operation }) => operation === 'CreateVpcEndpoint');
    expect(endpoints).toHaveLength(2);
    const provisioned = choice!.options.find(({ title }) => title.includes('provisioned mode'))!;
    expect(provisioned.steps).toHaveLength(3);
    for (const { resolves } of endpoints) expect(new Set(resolves.map(({ mapping }) => mapping)).size).toBe(3);
    expectHealed(before, plan);
    expectWritesOnce(plan);
  });

  it('another option is for every mapping that has the cause', () => {
    const option = plan.choices[0]!.options.findIndex(({ title }) => title.includes('provisioned mode'));
    const picked = buildRepairPlan(before, diagnosis, { choose: [option] });
    expect(picked.steps.map(({ operation }) => operation)).toEqual([
      'UpdateEventSourceMapping',
      'UpdateEventSourceMapping',
      'UpdateEventSourceMapping',
    ]);
    expect(picked.choices[0]!.options.map(({ steps }) => steps.length)).toEqual(
      picked.choices[0]!.options.map((_, index) => (index === option ? 3 : 0)),
    );
    expectHealed(before, picked);
    expectUndone(before, picked);
  });

  it('a manual option has no step, and the cause stays', () => {
    const option = plan.choices[0]!.options.findIndex(({ title }) => title.includes('NAT gateway'));
    if (option < 0) return;
    const picked = buildRepairPlan(before, diagnosis, { choose: [option] });
    expect(picked.steps).toEqual([]);
    expect(picked.byHand).toHaveLength(1);
    expect(picked.byHand[0]!.resolves).toHaveLength(3);
    expect(picked.simulated).toEqual({ verdict: 'broken', failing: ['network.aws-path'] });
  });

  it.each([[[9]], [[-1]], [[0, 0]], [[0.5]]])('%j is refused as wrong usage', (choose) => {
    expect(() => buildRepairPlan(before, diagnosis, { choose })).toThrow(UsageError);
  });

  it('where there is none, an answer is refused', () => {
    expect(() => planFor(withoutKafkaRights, {}, [0])).toThrow(/no choice/);
    expect(planFor(withoutKafkaRights, {}, []).steps).toHaveLength(1);
  });
});

describe('several faults of one mapping', () => {
  it('two rules of a security group are one call', () => {
    const before = accountWith((snapshot) => {
      const group = value(snapshot.securityGroups, vpcId).find(({ GroupId }) => GroupId === groupId)!;
      group.IpPermissionsEgress = [];
      shown(unreachable)(snapshot);
    });
    const plan = buildRepairPlan(before, diagnose(before));
    expect(plan.steps).toMatchObject([{ operation: 'AuthorizeSecurityGroupEgress', resource: groupId }]);
    expect((plan.steps[0]!.input['IpPermissions'] as object[]).length).toBeGreaterThan(1);
    expect(plan.steps[0]!.resolves.length).toBeGreaterThan(1);
    expectHealed(before, plan);
    expectUndone(before, plan);
  });

  it('a VPC attribute is set before the private DNS that needs it', () => {
    const plan = planFor((snapshot) => {
      snapshot.vpcDnsHostnames[vpcId] = ok(false);
      for (const endpoint of value(snapshot.vpcEndpoints, vpcId)) endpoint.PrivateDnsEnabled = false;
      shown(unreachable)(snapshot);
    });
    expect(plan.steps.map(({ operation }) => operation)[0]).toBe('ModifyVpcAttribute');
    expect(plan.simulated.failing).toEqual([]);
  });
});

it('a warning is repaired only where nothing fails', () => {
  const plan = planFor(
    (snapshot) => {
      shown('PROBLEM: SASL authentication failed.')(snapshot);
      snapshot.scramSecrets[clusterArn] = ok([
        'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_other-Ab12Cd',
      ]);
    },
    { auth: 'scram' },
  );
  expect(plan.steps.map(({ operation }) => operation)).toEqual(['BatchAssociateScramSecret']);
});

it('the same account gives the same plan, and is not changed', () => {
  for (const account of sandboxAccounts.slice(0, 12)) {
    const before = account.build();
    const text = JSON.stringify(before);
    const [first, second] = [0, 1].map(() => JSON.stringify(buildRepairPlan(before, diagnose(before))));
    expect(first).toBe(second);
    expect(JSON.stringify(before)).toBe(text);
  }
});

it('pauses before each mapping, with the same plan', async () => {
  const before = sandboxAccounts.find(({ name }) => name === 'several')!.build();
  let pauses = 0;
  const plan = await buildRepairPlanPausing(before, diagnose(before), () => {
    pauses += 1;
    return Promise.resolve();
  });
  expect(plan).toEqual(buildRepairPlan(before, diagnose(before)));
  expect(pauses).toBeGreaterThan(5);
});

it('plans only what the checks that ran have found', () => {
  const before = accountWith(withoutKafkaRights);
  const some = checks.filter(({ id }) => id === 'access.kafka-topic');
  const plan = buildRepairPlan(before, diagnose(before, some), { checks: some });
  expect(plan.steps.flatMap(({ resolves }) => resolves.map(({ check }) => check))).toEqual(['access.kafka-topic']);
});

describe('statements', () => {
  const allow = (Action: string[], Resource: string | string[]) => ({ Effect: 'Allow' as const, Action, Resource });

  it('on the same resource become one', () => {
    expect(mergeStatements([allow(['a:X'], 'r'), allow(['a:Y', 'a:X'], 'r')])).toEqual([allow(['a:X', 'a:Y'], 'r')]);
  });

  it('with the same actions become one with all resources', () => {
    expect(mergeStatements([allow(['a:X'], 'r'), allow(['a:X'], ['s', 'r'])])).toEqual([allow(['a:X'], ['r', 's'])]);
  });

  it('never allow an action on a resource that none of them did', () => {
    const merged = mergeStatements([allow(['a:X'], 'r'), allow(['a:Y'], 's')]);
    expect(merged).toEqual([allow(['a:X'], 'r'), allow(['a:Y'], 's')]);
  });
});

it('names a cause for which no fix is known, with the page that tells more', () => {
  const snapshot = sandboxAccounts.find(({ name }) => name === 'nat-blackhole')!.build();
  const diagnosis = diagnose(snapshot);
  const [mapping] = diagnosis.mappings;
  const findings = mapping!.findings.map((finding) => ({ ...finding, fixes: [] }));
  const plan = buildRepairPlan(snapshot, { ...diagnosis, mappings: [{ ...mapping!, findings }] });
  expect(plan.steps).toEqual([]);
  expect(plan.byHand).toMatchObject([
    {
      command: 'msk-lambda explain network.aws-path',
      resolves: [{ mapping: mapping!.uuid, check: 'network.aws-path' }],
    },
  ]);
});
