/** What a repair plan must not do. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import type { RepairPlan } from '../../src/repair/repair-plan.js';
import { ok } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import {
  accountWith,
  clusterArn,
  functionArn,
  groupId,
  managedPolicyArn,
  roleArn,
  topic,
  uuid,
  value,
  vpcId,
} from '../accounts/account.js';
import { addTwin, allowKafka, planFor } from './accounts.js';
import { chosenOf } from './planned.js';

const failed = 'PROBLEM: Cluster failed to authorize Lambda.';
const withoutKafkaRights = (snapshot: Snapshot): void => {
  snapshot.inlinePolicyNames[roleArn] = ok([]);
  snapshot.inlinePolicies = {};
  value(snapshot.mappings, uuid).LastProcessingResult = failed;
};
const operations = (plan: RepairPlan): string[] => plan.steps.map(({ operation }) => operation);
const commands = (plan: RepairPlan): string[] => plan.byHand.flatMap(({ command }) => command ?? []);

describe('a misspelt topic', () => {
  for (const written of ['Orders', 'or.ders', 'ordres', 'order', 'or-ders', 'or_ders']) {
    it(`${written} is not created, and no permission on it is granted`, () => {
      const plan = planFor((snapshot) => {
        withoutKafkaRights(snapshot);
        value(snapshot.mappings, uuid).Topics = [written];
      });
      expect(operations(plan)).not.toContain('CreateTopic');
      expect(JSON.stringify(plan.steps)).not.toContain(`/${written}"`);
      expect(commands(plan)).toEqual([expect.stringContaining(`recreate ${uuid} --topic ${topic}`)]);
      expect(plan.choices).toEqual([]);
      expect(plan.simulated).toEqual({ verdict: 'broken', failing: expect.arrayContaining(['cluster.topic']) });
    });
  }

  it('other permissions of its role are planned all the same', () => {
    const plan = planFor((snapshot) => {
      withoutKafkaRights(snapshot);
      value(snapshot.mappings, uuid).Topics = ['ordres'];
    });
    expect(plan.steps.map(({ resolves }) => resolves.map(({ check }) => check))).toEqual([
      ['access.kafka-connect', 'access.kafka-group'],
    ]);
  });

  it('a topic without a similar one is created, or its mapping recreated', () => {
    const plan = planFor((snapshot) => {
      value(snapshot.mappings, uuid).Topics = ['shipments'];
      value(snapshot.mappings, uuid).LastProcessingResult = failed;
    });
    expect(chosenOf(plan).map(({ operation }) => operation)).toContain('CreateTopic');
    expect(plan.choices).toMatchObject([{ chosen: 0, options: [{}, { steps: [] }] }]);
  });
});

describe('a mapping that its user disabled', () => {
  const disabled = (snapshot: Snapshot): void =>
    void Object.assign(value(snapshot.mappings, uuid), { State: 'Disabled', StateTransitionReason: 'USER_INITIATED' });

  it('is not enabled', () => {
    const plan = planFor(disabled);
    expect(plan.steps).toEqual([]);
    expect(commands(plan)).toEqual([`msk-lambda update ${uuid} --enabled`]);
    expect(plan.simulated).toEqual({ verdict: 'disabled', failing: [] });
  });

  it('is not enabled by the repair of something else', () => {
    const plan = planFor((snapshot) => {
      withoutKafkaRights(snapshot);
      disabled(snapshot);
    });
    expect(operations(plan)).toEqual(['PutRolePolicy']);
    expect(commands(plan)).toEqual([`msk-lambda update ${uuid} --enabled`]);
    expect(plan.simulated).toEqual({ verdict: 'disabled', failing: [] });
  });

  it('is left alone beside a broken one', () => {
    const plan = planFor((snapshot) => {
      allowKafka(snapshot);
      addTwin(snapshot, { State: 'Disabled', StateTransitionReason: 'USER_INITIATED' });
      value(snapshot.mappings, uuid).Topics = ['ordres'];
      value(snapshot.mappings, uuid).LastProcessingResult = failed;
    });
    expect(plan.steps).toEqual([]);
    expect(commands(plan)).toEqual([expect.stringContaining('recreate')]);
  });

  it('that Lambda stopped is enabled last, and not before its cause is repaired', () => {
    const stopped = (snapshot: Snapshot): void => {
      withoutKafkaRights(snapshot);
      Object.assign(value(snapshot.mappings, uuid), {
        State: 'Disabled',
        StateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR',
      });
    };
    expect(operations(planFor(stopped))).toEqual(['PutRolePolicy', 'UpdateEventSourceMapping']);
    const withManual = planFor((snapshot) => {
      stopped(snapshot);
      value(snapshot.mappings, uuid).Topics = ['ordres'];
    });
    expect(operations(withManual)).toEqual(['PutRolePolicy']);
    expect(commands(withManual)).toEqual([expect.stringContaining('recreate'), `msk-lambda update ${uuid} --enabled`]);
  });
});

describe('what others use', () => {
  it('a permissions boundary is risky, and the roles that have it are named', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/boundary';
    const plan = planFor((snapshot) => {
      value(snapshot.roles, roleArn).PermissionsBoundary = { PermissionsBoundaryArn: boundary };
      snapshot.managedPolicies[boundary] = ok('{"Version":"2012-10-17","Statement":[]}');
      snapshot.roles['arn:aws:iam::111122223333:role/other'] = ok({
        ...value(snapshot.roles, roleArn),
        RoleName: 'other',
        Arn: 'arn:aws:iam::111122223333:role/other',
      });
      value(snapshot.mappings, uuid).LastProcessingResult = failed;
    });
    const [step] = plan.steps;
    expect(step).toMatchObject({ operation: 'CreatePolicyVersion', safety: 'risky', resource: boundary });
    expect(step!.dangers.join()).toMatch(/order-handler-role and other/);
  });

  it('a role that another function has is risky', () => {
    const plan = planFor((snapshot) => {
      withoutKafkaRights(snapshot);
      snapshot.functions[functionArn.replace('order-handler', 'mailer')] = ok({
        ...value(snapshot.functions, functionArn),
        FunctionName: 'mailer',
      });
    });
    expect(plan.steps).toMatchObject([{ operation: 'PutRolePolicy', safety: 'risky' }]);
    expect(plan.steps[0]!.dangers.join()).toContain('mailer');
  });

  it('a security group that an instance or another cluster has is risky', () => {
    const closed = (snapshot: Snapshot): void => {
      value(snapshot.securityGroups, vpcId).find(({ GroupId }) => GroupId === groupId)!.IpPermissions = [];
      value(snapshot.mappings, uuid).LastProcessingResult =
        'PROBLEM: Connection error. Please check your event source connection configuration.';
    };
    expect(planFor(closed).steps).toMatchObject([{ safety: 'safe', dangers: [] }]);
    const shared = planFor((snapshot) => {
      closed(snapshot);
      const other = clusterArn.replace('orders-cluster', 'billing');
      snapshot.clusters[other] = ok({
        ...value(snapshot.clusters, clusterArn),
        ClusterArn: other,
        ClusterName: 'billing',
      });
    });
    expect(shared.steps).toMatchObject([{ safety: 'risky' }]);
    expect(shared.steps[0]!.dangers.join()).toContain('cluster billing');
  });

  it('AWS’s managed policy is not attached where exact statements do', () => {
    const plan = planFor((snapshot) => {
      snapshot.attachedPolicies[roleArn] = ok([]);
      delete snapshot.managedPolicies[managedPolicyArn];
      value(snapshot.mappings, uuid).LastProcessingResult = failed;
    });
    expect(operations(plan)).toEqual(['PutRolePolicy']);
  });
});

describe('settings of a mapping', () => {
  it('a destination that is gone is not removed without being asked', () => {
    const queue = 'arn:aws:sqs:eu-west-1:111122223333:failures';
    const before = accountWith((snapshot) => {
      value(snapshot.mappings, uuid).DestinationConfig = { OnFailure: { Destination: queue } };
      snapshot.destinations[queue] = {
        outcome: 'not-found',
        service: 'sqs',
        operation: 'GetQueueAttributes',
        action: 'sqs:GetQueueAttributes',
        error: 'QueueDoesNotExist',
      };
      value(snapshot.mappings, uuid).LastProcessingResult = 'PROBLEM: Function call failed';
    });
    const plan = buildRepairPlan(before, diagnose(before));
    expect(chosenOf(plan).filter(({ operation }) => operation === 'UpdateEventSourceMapping')).toEqual([]);
    const removal = plan.steps.find(({ operation }) => operation === 'UpdateEventSourceMapping');
    expect(removal).toMatchObject({
      isChosen: false,
      undo: { input: { DestinationConfig: { OnFailure: { Destination: queue } } } },
    });
    const picked = buildRepairPlan(before, diagnose(before), { choose: [1] });
    expect(operations(picked)).toContain('UpdateEventSourceMapping');
  });

  it('the filter of another source is changed only by a risky call that can be undone', () => {
    const filter = { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] };
    const before = accountWith((snapshot) => {
      value(snapshot.mappings, uuid).FilterCriteria = filter;
    });
    const plan = buildRepairPlan(before, diagnose(before));
    for (const { operation, input, undo } of plan.steps)
      if (operation === 'UpdateEventSourceMapping' && 'FilterCriteria' in input)
        expect(undo?.input).toMatchObject({ FilterCriteria: filter });
    expect(chosenOf(plan).filter(({ safety }) => safety !== 'risky')).toEqual([]);
  });
});
