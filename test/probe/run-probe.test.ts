/** The probe against brokers in this process: every step, every trap, and what it must never do. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { kafkaError } from '../../src/kafka/wire-error.js';
import type { ProbeInput } from '../../src/probe/probe-input.js';
import type { ProbeResult } from '../../src/probe/probe-result.js';
import { runProbe } from '../../src/probe/run-probe.js';
import { batch2 } from '../kafka/support/batches.js';
import { offer, type Answers } from '../kafka/support/scripted-broker.js';
import {
  describedGroup,
  fetched,
  group,
  joined,
  member,
  metadataOf,
  startCluster,
  topic,
  type Cluster,
  type ClusterOptions,
} from './support/cluster.js';
import { probeInput } from './support/input.js';

const open: Cluster[] = [];
afterEach(async () => {
  for (const cluster of open.splice(0)) await cluster.stop();
});

async function cluster(options: ClusterOptions = {}): Promise<Cluster> {
  const started = await startCluster(options);
  open.push(started);
  return started;
}

async function probe(
  options: ClusterOptions,
  changes: Partial<ProbeInput> = {},
): Promise<ProbeResult & { cluster: Cluster }> {
  const started = await cluster(options);
  const result = await runProbe(probeInput({ bootstrap: started.bootstrap, topic, group, ...changes }));
  return { ...result, cluster: started };
}

const answering = (answers: Answers, changes: Partial<ProbeInput> = {}) => probe({ answers }, changes);

const stepOf = ({ brokers }: ProbeResult, step: string, index = 0) =>
  brokers[index]!.steps.find((each) => each.step === step);

describe('a healthy cluster', () => {
  test('three brokers: every step, offsets, lag and one record', async () => {
    const result = await probe({ brokers: 3 });
    expect(result).toMatchObject({ auth: 'plaintext', verdict: 'reaches', stoppedAt: null });
    expect(result.brokers.map(({ node }) => node)).toEqual([1, 2, 3]);
    for (const { steps } of result.brokers)
      for (const { status, ms } of steps) {
        expect(status).toBe('ok');
        expect(Number.isInteger(ms)).toBe(true);
      }
    const asked = new Set(result.brokers.flatMap(({ steps }) => steps.map(({ step }) => step)));
    expect([...asked]).toEqual(
      expect.arrayContaining(['topic', 'coordinator', 'group-describe', 'group-join', 'offsets', 'fetch']),
    );
    expect(result.topic).toEqual({
      name: topic,
      partitions: [
        { id: 0, leader: 1, offsets: { first: 10, last: 30 }, committed: 25, lag: 5 },
        { id: 1, leader: 2, offsets: { first: 10, last: 30 }, committed: null, lag: null },
        { id: 2, leader: 3, offsets: { first: 10, last: 30 }, committed: null, lag: null },
      ],
    });
    expect(result.group).toEqual({ id: group, state: 'Empty', members: 0, protocol: null });
    expect(result.facts).toMatchObject({
      principal: 'User:ANONYMOUS',
      record: { partition: 0, offset: 25, keyBytes: 2, valueBytes: 5, headers: 1, codec: 'none', opened: true },
    });
    expect(result.facts.record).not.toHaveProperty('value');
    expect(result.cluster.count('LeaveGroup')).toBe(1);
  });

  test('ends after metadata without topic and group', async () => {
    const result = await probe({ brokers: 2 }, { topic: null, group: null });
    expect(result).toMatchObject({ verdict: 'reaches', topic: null, group: null });
    for (const { steps } of result.brokers)
      expect(steps.map(({ step }) => step)).toEqual(['dns', 'tcp', 'api-versions', 'metadata']);
  });

  test('the content of the record, where it was asked for', async () => {
    const { facts } = await probe({}, { showRecord: true });
    expect(facts.record).toMatchObject({ key: 'azE=', value: 'aGVsbG8=' });
  });

  test('never creates the topic', async () => {
    const forbids: boolean[] = [];
    await answering({
      metadata: ({ request, broker }) => {
        forbids.push(request.allowAutoTopicCreation);
        return metadataOf([broker], true);
      },
    });
    expect(forbids).not.toContain(true);
  });
});

describe('the topic', () => {
  test.each([
    [3, 'UNKNOWN_TOPIC_OR_PARTITION', 'does not exist'],
    [17, 'INVALID_TOPIC_EXCEPTION', 'not a valid name'],
    [29, 'TOPIC_AUTHORIZATION_FAILED', 'or the topic does not exist'],
  ])('error %i', async (code, name, because) => {
    const result = await answering({
      metadata: ({ broker }) => {
        const answer = metadataOf([broker], true);
        return { ...answer, topics: answer.topics.map((each) => ({ ...each, errorCode: code, partitions: [] })) };
      },
    });
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: { step: 'topic', code, name, because: expect.stringContaining(because) },
      topic: { partitions: null },
    });
  });

  test('a partition without a leader: the others are read', async () => {
    const started = await cluster({ brokers: 2 });
    const answer = metadataOf(started.brokers, true);
    answer.topics[0]!.partitions[1] = { ...answer.topics[0]!.partitions[1]!, leaderId: -1, errorCode: 5 };
    for (const broker of started.brokers) broker.answer({ metadata: () => answer });
    const result = await runProbe(
      probeInput({ bootstrap: started.bootstrap, topic, group, limits: { step: 2000, whole: 60_000 } }),
    );
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: { step: 'topic', code: 5, name: 'LEADER_NOT_AVAILABLE', because: expect.stringContaining('1 of 2') },
      topic: {
        partitions: [
          { leader: 1, offsets: { last: 30 } },
          { leader: null, offsets: null, lag: null },
        ],
      },
    });
  });

  test('an election that ends is waited for', async () => {
    let asked = 0;
    const result = await answering({
      metadata: ({ broker }) => {
        const answer = metadataOf([broker], true);
        if (++asked === 1) answer.topics[0]!.partitions[0]!.leaderId = -1;
        return answer;
      },
    });
    expect(result.verdict).toBe('reaches');
  });

  test('a leader whose advertised name does not resolve', async () => {
    const result = await answering({
      metadata: ({ broker }) => {
        const answer = metadataOf([broker], true);
        answer.brokers.push({ nodeId: 9, host: 'b-9.invalid', port: 9092, rack: null });
        answer.topics[0]!.partitions[0]!.leaderId = 9;
        return answer;
      },
    });
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: {
        broker: 'b-9.invalid:9092',
        step: 'dns',
        code: null,
        name: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
      },
    });
    expect(result.brokers.find(({ address }) => address === 'b-9.invalid:9092')).toMatchObject({ node: 9 });
  });

  test('a broker that leads nothing and cannot be reached blocks nothing', async () => {
    const result = await answering({
      metadata: ({ broker }) => {
        const answer = metadataOf([broker], true);
        answer.brokers.push({ nodeId: 9, host: '127.0.0.1', port: 1, rack: null });
        return answer;
      },
    });
    expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
    expect(stepOf(result, 'tcp', 1)).toMatchObject({ status: 'failed', name: 'ECONNREFUSED' });
  });
});

describe('the group', () => {
  const coordinator =
    (errorCode: number): Answers['findCoordinator'] =>
    ({ broker }) => ({
      throttleTimeMs: 0,
      errorCode,
      errorMessage: null,
      nodeId: errorCode === 0 ? 1 : -1,
      ...(errorCode === 0 ? broker.address : { host: '', port: -1 }),
    });

  test('a new cluster: the coordinator is asked for again, and the internal topic is named', async () => {
    let asked = 0;
    const result = await answering({ findCoordinator: (each) => coordinator(++asked < 3 ? 15 : 0)!(each) });
    expect(result.verdict).toBe('reaches');
    expect(result.facts.notes).toEqual([expect.stringContaining('__consumer_offsets')]);
  });

  test('a coordinator that never comes ends with Kafka’s answer', async () => {
    const result = await answering({ findCoordinator: coordinator(15) }, { limits: { step: 1000, whole: 60_000 } });
    expect(result.stoppedAt).toMatchObject({ step: 'coordinator', code: 15, name: 'COORDINATOR_NOT_AVAILABLE' });
  });

  test('a coordinator that has moved is asked for once more, as a client does', async () => {
    let asked = 0;
    const started: Cluster = await cluster({
      brokers: 2,
      answers: {
        findCoordinator: () => ({
          throttleTimeMs: 0,
          errorCode: 0,
          errorMessage: null,
          nodeId: ++asked,
          ...started.brokers[asked - 1]!.address,
        }),
        describeGroups: ({ broker }) => ({
          throttleTimeMs: 0,
          groups: [
            {
              errorCode: broker === started.brokers[0] ? 16 : 0,
              groupId: group,
              groupState: 'Empty',
              protocolType: 'consumer',
              protocolData: '',
              members: [],
              authorizedOperations: 0,
            },
          ],
        }),
      },
    });
    const result = await runProbe(probeInput({ bootstrap: started.bootstrap, topic, group }));
    expect(result).toMatchObject({ verdict: 'reaches', group: { state: 'Empty' } });
    expect(started.brokers.map((broker) => broker.count('DescribeGroups'))).toEqual([1, 1]);
  });

  test('a partition that has another leader is read from it', async () => {
    const started: Cluster = await cluster({
      brokers: 2,
      answers: {
        metadata: ({ request }) => {
          const answer = metadataOf(started.brokers, (request.topics ?? []).length > 0);
          // Only the first broker knows no better, until it was asked for offsets.
          const hasMoved = started.brokers[0]!.count('ListOffsets') > 0;
          for (const { partitions } of answer.topics)
            for (const partition of partitions) if (hasMoved) partition.leaderId = 2;
          return answer;
        },
        listOffsets: ({ request, broker }) => ({
          throttleTimeMs: 0,
          topics: request.topics.map(({ name, partitions }) => ({
            name,
            partitions: partitions.map(({ partitionIndex, timestamp }) => ({
              partitionIndex,
              errorCode: broker === started.brokers[0] ? 6 : 0,
              timestamp: -1,
              offset: timestamp === -2 ? 10 : 30,
              leaderEpoch: 0,
            })),
          })),
        }),
      },
    });
    const result = await runProbe(probeInput({ bootstrap: started.bootstrap, topic, group }));
    expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
    expect(result.topic!.partitions).toMatchObject([
      { id: 0, leader: 2, offsets: { first: 10, last: 30 } },
      { id: 1, leader: 2, offsets: { first: 10, last: 30 } },
    ]);
  });

  test('no permission, told by FindCoordinator', async () => {
    const result = await answering({ findCoordinator: coordinator(30) });
    expect(result).toMatchObject({
      stoppedAt: { step: 'coordinator', code: 30, name: 'GROUP_AUTHORIZATION_FAILED' },
      group: { id: group, state: null },
    });
    expect(result.topic!.partitions![0]).toMatchObject({ offsets: { last: 30 }, committed: null });
  });

  const classic =
    (groupState: string, members = 0, protocolType = 'consumer'): Answers['describeGroups'] =>
    () => ({
      throttleTimeMs: 0,
      groups: [
        {
          errorCode: 0,
          groupId: group,
          groupState,
          protocolType,
          protocolData: groupState === 'Stable' ? 'range' : '',
          members: Array.from({ length: members }, (_, index) => ({
            memberId: `m${index}`,
            groupInstanceId: null,
            clientId: 'c',
            clientHost: 'h',
            memberMetadata: Buffer.alloc(0),
            memberAssignment: Buffer.alloc(0),
          })),
          authorizedOperations: 0,
        },
      ],
    });
  const listed =
    (...groups: string[]): Answers['listGroups'] =>
    () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      groups: groups.map((groupId) => ({ groupId, protocolType: 'consumer', groupState: '', groupType: '' })),
    });
  const modern =
    (changes: Parameters<typeof describedGroup>[0]): Answers['consumerGroupDescribe'] =>
    () => ({
      throttleTimeMs: 0,
      groups: [describedGroup(changes)],
    });

  test('members of another type keep consumers out', async () => {
    const result = await answering({ describeGroups: classic('Stable', 2, 'connect') });
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: { step: 'group-describe', code: 23, name: 'INCONSISTENT_GROUP_PROTOCOL' },
      group: { state: 'Stable', members: 2 },
    });
    expect(stepOf(result, 'group-join')).toMatchObject({ status: 'skipped' });
    expect(result.topic!.partitions![0]).toMatchObject({ committed: 25 });
  });

  test('a share group keeps consumers out, whether or not it has members', async () => {
    const result = await answering({
      describeGroups: classic('Dead'),
      listGroups: () => ({
        throttleTimeMs: 0,
        errorCode: 0,
        groups: [{ groupId: group, protocolType: 'share', groupState: '', groupType: '' }],
      }),
    });
    expect(result).toMatchObject({ verdict: 'blocked', stoppedAt: { step: 'group-describe', code: 23 } });
    expect(stepOf(result, 'group-join')).toMatchObject({ status: 'skipped' });
  });

  test.each<[string, Answers, { joins: boolean; state: string | null; members: number | null }]>([
    ['live, classic', { describeGroups: classic('Stable', 2) }, { joins: false, state: 'Stable', members: 2 }],
    [
      'rebalancing',
      { describeGroups: classic('PreparingRebalance', 1) },
      { joins: false, state: 'PreparingRebalance', members: 1 },
    ],
    [
      'rebalancing, before the first member',
      { describeGroups: classic('PreparingRebalance') },
      { joins: false, state: 'PreparingRebalance', members: 0 },
    ],
    [
      'empty, classic',
      { describeGroups: classic('Empty'), listGroups: listed(group) },
      { joins: true, state: 'Empty', members: 0 },
    ],
    [
      'unknown to the cluster',
      { describeGroups: classic('Dead'), listGroups: listed('other') },
      { joins: true, state: 'Dead', members: 0 },
    ],
    [
      'live, of the consumer protocol',
      {
        describeGroups: classic('Dead'),
        listGroups: listed(group),
        consumerGroupDescribe: modern({ groupState: 'Stable', members: [member], assignorName: 'uniform' }),
      },
      { joins: false, state: 'Stable', members: 1 },
    ],
    [
      'empty, of the consumer protocol',
      {
        describeGroups: classic('Dead'),
        listGroups: listed(group),
        consumerGroupDescribe: modern({ groupState: 'Empty' }),
      },
      { joins: true, state: 'Empty', members: 0 },
    ],
    [
      'listed, and shown by neither',
      { describeGroups: classic('Dead'), listGroups: listed(group) },
      { joins: false, state: null, members: null },
    ],
    [
      'Dead, where groups cannot be listed',
      { describeGroups: classic('Dead'), listGroups: () => ({ throttleTimeMs: 0, errorCode: 31, groups: [] }) },
      { joins: false, state: 'Dead', members: 0 },
    ],
  ])('%s', async (_, answers, { joins, state, members }) => {
    const result = await answering(answers);
    expect(result).toMatchObject({ verdict: 'reaches', group: { id: group, state, members } });
    expect(result.cluster.count('JoinGroup')).toBe(joins ? 1 : 0);
    expect(stepOf(result, 'group-join')).toMatchObject({ status: joins ? 'ok' : 'skipped' });
  });

  test('a broker of before KIP-848', async () => {
    const result = await answering({
      apiVersions: offer({ consumerGroupDescribe: null }),
      describeGroups: classic('Dead'),
      listGroups: listed(),
    });
    expect(stepOf(result, 'group-join')?.status).toBe('ok');
  });

  test('a broker that lets the probe in at once is left again', async () => {
    const result = await answering({
      apiVersions: offer({ joinGroup: { least: 0, most: 3 } }),
      joinGroup: () => joined(0, 'm-1'),
    });
    expect(stepOf(result, 'group-join')?.status).toBe('ok');
    expect(result.cluster.count('LeaveGroup')).toBe(1);
  });

  test('only JoinGroup shows that the permission to read is missing', async () => {
    const result = await answering({ joinGroup: () => joined(30, '') });
    expect(result.stoppedAt).toMatchObject({
      step: 'group-join',
      code: 30,
      because: expect.stringContaining('read as the group'),
    });
    expect(result.topic!.partitions![0]!.lag).toBe(5);
    expect(result.cluster.count('LeaveGroup')).toBe(0);
  });
});

describe('offsets and records', () => {
  test('permission errors of OffsetFetch', async () => {
    const result = await answering({
      offsetFetch: () => ({
        throttleTimeMs: 0,
        errorCode: 0,
        topics: [
          {
            name: topic,
            partitions: [
              { partitionIndex: 0, committedOffset: -1, committedLeaderEpoch: 0, metadata: null, errorCode: 29 },
            ],
          },
        ],
      }),
    });
    expect(result.stoppedAt).toMatchObject({ step: 'offsets', code: 29 });
  });

  test('fetch without the permission to read', async () => {
    const result = await answering({ fetch: () => fetched(0, Buffer.alloc(0), 29) });
    expect(result.stoppedAt).toMatchObject({
      step: 'fetch',
      code: 29,
      because: expect.stringContaining('to read the topic'),
    });
  });

  describe('a quota: the broker answers a fetch without partitions', () => {
    const empty = { ...fetched(0, Buffer.alloc(0)), throttleTimeMs: 40, responses: [] };

    test('for a while: the record is read afterwards', async () => {
      let asked = 0;
      const record = batch2({
        firstOffset: 25,
        timestamp: 0,
        records: [{ key: null, value: Buffer.from('v'), headers: [] }],
      });
      const result = await answering({ fetch: () => (++asked < 3 ? empty : fetched(0, record)) });
      expect(result).toMatchObject({ verdict: 'reaches', facts: { throttledMs: 40, record: { valueBytes: 1 } } });
      expect(stepOf(result, 'fetch')).toMatchObject({ status: 'ok' });
    });

    test('for longer than the probe waits: no fault, and no record', async () => {
      const result = await answering({ fetch: () => empty }, { limits: { step: 2000, whole: 60_000 } });
      expect(result).toMatchObject({ verdict: 'reaches', facts: { throttledMs: 40, record: null } });
      expect(stepOf(result, 'fetch')).toMatchObject({ status: 'warned', name: 'THROTTLING_QUOTA_EXCEEDED' });
    });
  });

  const record = { key: null, value: Buffer.from('v'), headers: [] };

  test('an empty partition', async () => {
    const result = await answering({
      listOffsets: ({ request }) => ({
        throttleTimeMs: 0,
        topics: request.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({
            partitionIndex,
            errorCode: 0,
            timestamp: -1,
            offset: 7,
            leaderEpoch: 0,
          })),
        })),
      }),
      fetch: () => fetched(0, Buffer.alloc(0)),
    });
    expect(result).toMatchObject({ verdict: 'reaches', facts: { record: null } });
    expect(stepOf(result, 'fetch')?.status).toBe('ok');
  });

  test('markers and removed records are passed over', async () => {
    const result = await answering({
      fetch: ({ request }) => {
        const { fetchOffset } = request.topics[0]!.partitions[0]!;
        if (fetchOffset === 25)
          return fetched(0, batch2({ firstOffset: 24, timestamp: 1, records: [record, record], attributes: 0x20 }));
        return fetched(0, batch2({ firstOffset: 27, timestamp: 1, records: [record] }));
      },
    });
    expect(result.facts.record).toMatchObject({ offset: 27 });
  });

  test('a compressed batch', async () => {
    const gzip = await answering({
      fetch: () =>
        fetched(0, batch2({ firstOffset: 25, timestamp: 1, records: [record], attributes: 1, compress: gzipSync })),
    });
    expect(gzip.facts.record).toMatchObject({ codec: 'gzip', valueBytes: 1, opened: true });
    const unknown = await answering({
      fetch: () => fetched(0, batch2({ firstOffset: 25, timestamp: 1, records: [record], attributes: 7 })),
    });
    expect(unknown).toMatchObject({
      verdict: 'reaches',
      facts: { record: { codec: 'unknown', opened: false, offset: 25 } },
    });
  });

  test('a batch that is longer than the probe reads', async () => {
    const result = await answering({
      fetch: ({ socket }) => {
        socket.write(Buffer.from('3fffffff00000001', 'hex'));
        return 'silence';
      },
    });
    expect(result).toMatchObject({ verdict: 'reaches', facts: { record: null } });
    expect(stepOf(result, 'fetch')).toMatchObject({ status: 'warned', code: 10, name: 'MESSAGE_TOO_LARGE' });
  });

  test('retention that removes the offset meanwhile', async () => {
    const result = await answering({ fetch: () => fetched(0, Buffer.alloc(0), 1) });
    expect(result).toMatchObject({
      verdict: 'reaches',
      facts: { notes: [expect.stringContaining('Retention removed offset 25')] },
    });
  });

  test('throttle times are noted', async () => {
    const result = await answering({
      metadata: ({ broker }) => ({ ...metadataOf([broker], true), throttleTimeMs: 1234 }),
    });
    expect(result).toMatchObject({ verdict: 'reaches', facts: { throttledMs: 1234 } });
  });
});

describe('the caller', () => {
  test('ends the probe', async () => {
    const started = await cluster({ answers: { metadata: () => 'silence' } });
    const controller = new AbortController();
    const running = runProbe(probeInput({ bootstrap: started.bootstrap, signal: controller.signal }));
    controller.abort(kafkaError(1, 'stopped'));
    await expect(running).rejects.toThrow('stopped');
    await expect(runProbe(probeInput({ bootstrap: started.bootstrap, signal: controller.signal }))).rejects.toThrow(
      'stopped',
    );
  });

  test('gives no address', async () =>
    expect(await runProbe(probeInput({ bootstrap: [] }))).toMatchObject({
      verdict: 'unknown',
      stoppedAt: null,
      brokers: [],
    }));
});
