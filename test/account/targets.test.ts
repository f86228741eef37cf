import { describe, expect, it } from 'vitest';
import {
  accountWith,
  clusterArn,
  clusterName,
  functionArn,
  functionName,
  healthyAccount,
  uuid,
  value,
} from '../accounts/account.js';
import { answerFrom, awsError } from './support/answer-from.js';
import { readThrough, recording } from './support/read.js';

const other = '6a2d0b63-1c2f-4b7f-8b44-8d3e9a1f7c22';
const ofAlias = accountWith((snapshot) => {
  snapshot.mappings[other] = {
    outcome: 'ok',
    value: { ...value(snapshot.mappings, uuid), UUID: other, FunctionArn: `${functionArn}:live` },
  };
  snapshot.functions[`${functionArn}:live`] = snapshot.functions[functionArn]!;
});
const found = async (target: string, account = ofAlias) =>
  (await readThrough(answerFrom(account), { targets: [target] })).snapshot.targets;

describe('a target', () => {
  it.each([
    ['a UUID', uuid, [uuid]],
    ['a UUID in capitals', uuid.toUpperCase(), [uuid]],
    ['the ARN of a mapping', `arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:${uuid}`, [uuid]],
    ['a function by name: its aliases too', functionName, [uuid, other]],
    ['a function by ARN', functionArn, [uuid, other]],
    ['a function by part of its ARN', `111122223333:function:${functionName}`, [uuid, other]],
    ['an alias by name', `${functionName}:live`, [other]],
    ['an alias by ARN', `${functionArn}:live`, [other]],
    ['a cluster by name', clusterName, [uuid, other]],
    ['a cluster by ARN', clusterArn, [uuid, other]],
  ])('%s', async (_, target, expected) => {
    expect(await found(target)).toEqual(expected);
  });

  it('several, each once', async () => {
    const { snapshot } = await readThrough(answerFrom(ofAlias), { targets: [other, functionName] });
    expect(snapshot.targets).toEqual([other, uuid]);
  });

  it('none: every mapping on MSK, and no other kind', async () => {
    const account = accountWith((snapshot) => {
      snapshot.mappings[other] = {
        outcome: 'ok',
        value: {
          ...value(snapshot.mappings, uuid),
          UUID: other,
          EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:queue',
        },
      };
    });
    const { snapshot } = await readThrough(answerFrom(account));
    expect(snapshot.targets).toEqual([uuid]);
  });

  it('of another account’s cluster is found through the VPC connection', async () => {
    const connection =
      'arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/far-cluster/1b2c3d4e-5f60-7182-93a4-b5c6d7e8f900-2';
    const account = accountWith((snapshot) => {
      value(snapshot.mappings, uuid).EventSourceArn = connection;
    });
    for (const target of [
      connection,
      'far-cluster',
      'arn:aws:kafka:eu-west-1:444455556666:cluster/far-cluster/9c8d7e6f-0000-1111-2222-333344445555-2',
    ])
      expect(await found(target, account)).toEqual([uuid]);
  });
});

describe('a target that is not there', () => {
  it('by UUID', async () => {
    await expect(found(other, healthyAccount())).rejects.toMatchObject({
      name: 'TargetNotFound',
      message: expect.stringContaining(other) as string,
    });
  });

  it('by name: what is near is named first', async () => {
    await expect(found('order-handlr')).rejects.toMatchObject({
      name: 'TargetNotFound',
      candidates: [functionName, `${functionName}:live`, clusterName],
    });
  });

  it.each([
    functionArn.replace('eu-west-1', 'us-east-1'),
    clusterArn.replace('eu-west-1', 'us-east-1'),
    `arn:aws:lambda:us-east-1:111122223333:event-source-mapping:${uuid}`,
  ])('%s, in another region, says which to read', async (target) => {
    await expect(found(target)).rejects.toMatchObject({
      name: 'TargetNotFound',
      message: expect.stringContaining('is in us-east-1') as string,
      hint: 'Pass `--region us-east-1`.',
    });
  });

  it('a UUID of another kind of mapping says which', async () => {
    const account = accountWith((snapshot) => {
      value(snapshot.mappings, uuid).EventSourceArn = 'arn:aws:sqs:eu-west-1:111122223333:queue';
    });
    await expect(found(uuid, account)).rejects.toThrow(/reads from sqs, not from Amazon MSK/);
  });

  it('a name that fits a function and a cluster lists both', async () => {
    const account = accountWith((snapshot) => {
      value(snapshot.mappings, uuid).FunctionArn = functionArn.replace(functionName, clusterName);
    });
    await expect(found(clusterName, account)).rejects.toMatchObject({
      candidates: [functionArn.replace(functionName, clusterName), clusterArn],
    });
  });
});

describe('a target that cannot be read', () => {
  it('keeps its place, with the failed read', async () => {
    const refuse = async () => Promise.reject(awsError('AccessDeniedException', 403));
    const { snapshot } = await readThrough(refuse, { targets: [functionName] });
    expect(snapshot.targets).toEqual([functionName]);
    expect(snapshot.mappings[functionName]).toMatchObject({
      outcome: 'denied',
      action: 'lambda:ListEventSourceMappings',
    });
  });

  it('with none named, a refused list is trouble', async () => {
    const { trouble } = await readThrough(async () => Promise.reject(awsError('AccessDeniedException', 403)));
    expect(trouble?.hint).toContain('lambda:ListEventSourceMappings');
  });
});

describe('a custom consumer group', () => {
  it('brings in every mapping of the region to compare with; the group of its own UUID does not', async () => {
    const custom = accountWith((snapshot) => {
      value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'orders' };
    });
    for (const [account, listed] of [
      [custom, true],
      [healthyAccount(), false],
    ] as const) {
      const { answerer, calls } = recording(answerFrom(account));
      await readThrough(answerer, { targets: [uuid] });
      expect(calls.some((call) => call.operation === 'ListEventSourceMappings')).toBe(listed);
    }
  });
});
