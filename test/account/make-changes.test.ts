import { describe, expect, it } from 'vitest';
import { applyCall } from '../../src/account/make-changes.js';
import { getMapping } from '../../src/account/queries/mappings.js';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { listClusters, listTopics } from '../../src/account/queries/clusters.js';
import { listFunctions } from '../../src/account/queries/functions.js';
import { listRegions } from '../../src/account/queries/regions.js';
import { clusterArn, groupId, healthyAccount, region, uuid } from '../accounts/account.js';
import { answerFrom, awsError } from './support/answer-from.js';
import { recording } from './support/read.js';

const through = (answerer: Answerer, debug?: (line: string) => void) => createClients({ region, answerer, debug });

describe('a change', () => {
  const change = {
    service: 'ec2',
    operation: 'AuthorizeSecurityGroupIngress',
    input: { GroupId: groupId, IpPermissions: [] },
  };

  it('is sent as it is, and gives the answer', async () => {
    const { answerer, calls } = recording(async () => ({ Return: true }));
    expect(await applyCall(through(answerer), change)).toMatchObject({ outcome: 'ok', output: { Return: true } });
    expect(calls).toEqual([change]);
  });

  it('that is refused is a failure, not an exception', async () => {
    const refused = await applyCall(
      through(async () => Promise.reject(awsError('UnauthorizedOperation', 403))),
      change,
    );
    expect(refused).toMatchObject({ outcome: 'denied', action: 'ec2:AuthorizeSecurityGroupIngress' });
  });

  it('to a service or by an operation that there is none of makes no call', async () => {
    const { answerer, calls } = recording(async () => ({}));
    for (const unknown of [
      { service: 'toString', operation: 'X', input: {} },
      { service: 'ec2', operation: 'TerminateInstances', input: {} },
    ])
      expect((await applyCall(through(answerer), unknown)).outcome).toBe('failed');
    expect(calls).toEqual([]);
  });
});

describe('single looks', () => {
  it('a mapping is asked anew each time', async () => {
    const states = ['Creating', 'Enabled'];
    const clients = through(async () => ({ UUID: uuid, State: states.shift() }));
    expect(await getMapping(clients, uuid)).toMatchObject({ value: { State: 'Creating' } });
    expect(await getMapping(clients, uuid)).toMatchObject({ value: { State: 'Enabled' } });
  });

  it('lists have every page, and a refused one is no empty one', async () => {
    const page = (name: string, next?: string) => ({
      FunctionName: name,
      FunctionArn: `arn:aws:lambda:${region}:111122223333:function:${name}`,
      next,
    });
    const clients = through(async ({ operation, input }) => {
      if (operation === 'ListFunctions') {
        const second = 'Marker' in input;
        return { Functions: [page(second ? 'b' : 'a')], ...(second ? {} : { NextMarker: 'm' }) };
      }
      if (operation === 'DescribeRegions')
        return { Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }] };
      if (operation === 'ListTopics') return { Topics: [{ TopicName: 'orders' }] };
      throw awsError('AccessDeniedException', 403);
    });
    expect(await listFunctions(clients)).toMatchObject({ value: [{ FunctionName: 'a' }, { FunctionName: 'b' }] });
    expect(await listRegions(clients)).toMatchObject({ value: ['eu-west-1', 'us-east-1'] });
    expect(await listTopics(clients, clusterArn)).toMatchObject({ value: [{ TopicName: 'orders' }] });
    expect(await listClusters(clients)).toMatchObject({ outcome: 'denied', action: 'kafka:ListClustersV2' });
  });
});

describe('the debug line', () => {
  it('names service, operation and outcome, and nothing that was sent or answered', async () => {
    const lines: string[] = [];
    const clients = through(answerFrom(healthyAccount({ auth: 'scram' })), (line) => lines.push(line));
    await clients.send('secretsmanager', 'GetSecretValue', { SecretId: 'canary-name' });
    await expect(clients.send('secretsmanager', 'DescribeSecret', { SecretId: 'canary-name' })).rejects.toThrow();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^secretsmanager GetSecretValue ok \d+ ms$/);
    expect(lines[1]).toMatch(/^secretsmanager DescribeSecret ResourceNotFoundException \d+ ms$/);
    expect(lines.join()).not.toContain('canary');
  });
});
