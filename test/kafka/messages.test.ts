/** Messages survive the way to a broker and back in every version, and their bytes are those of the protocol. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  negotiate,
} from '../../src/kafka/api.js';
import { Reader, Writer } from '../../src/kafka/bytes.js';
import { errorCode, errorName, isRetriable } from '../../src/kafka/error-codes.js';
import { apiOf, apis } from '../../src/kafka/messages/index.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const text = fc.string({ maxLength: 12 });
const optional = fc.option(text, { nil: null });
const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array));
const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });
const offset = fc.maxSafeInteger();

const metadataResponse = fc.record({
  throttleTimeMs: fc.constant(0),
  brokers: some(fc.record({ nodeId: int(32), host: text, port: int(32), rack: optional })),
  clusterId: fc.constant(null),
  controllerId: int(32),
  topics: some(
    fc.record({
      errorCode: int(16),
      name: text,
      isInternal: fc.boolean(),
      partitions: some(
        fc.record({
          errorCode: int(16),
          partitionIndex: int(32),
          leaderId: int(32),
          leaderEpoch: fc.constant(-1),
          replicaNodes: some(int(32)),
          isrNodes: some(int(32)),
          offlineReplicas: fc.constant<number[]>([]),
        }),
      ),
      topicAuthorizedOperations: fc.constant(-2_147_483_648),
    }),
  ),
  clusterAuthorizedOperations: fc.constant(-2_147_483_648),
});
const offsetFetchResponse = fc.record({
  throttleTimeMs: fc.constant(0),
  topics: some(
    fc.record({
      name: text,
      partitions: some(
        fc.record({
          partitionIndex: int(32),
          committedOffset: offset,
          committedLeaderEpoch: fc.constant(-1),
          metadata: optional,
          errorCode: int(16),
        }),
      ),
    }),
  ),
  errorCode: fc.constant(0),
});
const joinGroupRequest = fc.record({
  groupId: text,
  sessionTimeoutMs: int(32),
  rebalanceTimeoutMs: int(32),
  memberId: text,
  groupInstanceId: fc.constant(null),
  protocolType: text,
  protocols: some(fc.record({ name: text, metadata: bytes })),
  reason: fc.constant(null),
});

const versionsOf = ({ versions: { least, most } }: { versions: { least: number; most: number } }): number[] =>
  Array.from({ length: most - least + 1 }, (_, index) => least + index);

describe('the way there and back', () => {
  test.each(versionsOf(apis.metadata))('Metadata %i', (version) =>
    fc.assert(
      fc.property(metadataResponse, (response) => {
        const frame = encodeResponse(apis.metadata, { version, correlation: 7 }, response);
        expect(frame.readInt32BE()).toBe(7);
        expect(decodeResponse(apis.metadata, version, frame.subarray(4))).toEqual(response);
      }),
    ),
  );

  test.each(versionsOf(apis.offsetFetch))('OffsetFetch %i', (version) =>
    fc.assert(
      fc.property(offsetFetchResponse, (response) => {
        const frame = encodeResponse(apis.offsetFetch, { version, correlation: 7 }, response);
        expect(decodeResponse(apis.offsetFetch, version, frame.subarray(4))).toEqual(response);
      }),
    ),
  );

  test.each(versionsOf(apis.joinGroup))('JoinGroup %i', (version) =>
    fc.assert(
      fc.property(joinGroupRequest, (request) => {
        const frame = encodeRequest(apis.joinGroup, { version, correlation: 7, client: 'c' }, request);
        const { header, rest } = decodeRequestHeader(frame);
        expect(header).toEqual({ key: 11, version, correlation: 7, client: 'c' });
        expect(decodeRequestBody(apis.joinGroup, version, rest)).toEqual(request);
        expect(rest.remaining).toBe(0);
      }),
    ),
  );

  test('numbers of variable length', () =>
    fc.assert(
      fc.property(offset, fc.nat(), (signed, unsigned) => {
        const writer = new Writer();
        writer.varlong(signed);
        writer.unsignedVarint(unsigned);
        const reader = new Reader(writer.bytes());
        expect([reader.varlong(), reader.unsignedVarint(), reader.remaining]).toEqual([signed, unsigned, 0]);
      }),
    ));
});

/** Written by hand from Kafka's message definitions. */
describe('bytes of the protocol', () => {
  test('ApiVersions 0', () => {
    expect(encodeRequest(apis.apiVersions, { version: 0, correlation: 1, client: 'me' }, {} as never)).toEqual(
      hex('0012 0000 00000001 0002 6d65'),
    );
    expect(decodeResponse(apis.apiVersions, 0, hex('0000 00000001 0003 0000 000c'))).toEqual({
      errorCode: 0,
      apiKeys: [{ apiKey: 3, minVersion: 0, maxVersion: 12 }],
      throttleTimeMs: 0,
    });
  });

  test('ApiVersions 3 keeps the old header and skips tagged fields', () =>
    expect(decodeResponse(apis.apiVersions, 3, hex('0000 02 0003 0000 000c 00 00000005 01 02 01 ff'))).toEqual({
      errorCode: 0,
      apiKeys: [{ apiKey: 3, minVersion: 0, maxVersion: 12 }],
      throttleTimeMs: 5,
    }));

  test('Metadata 4 forbids that the topic is created', () =>
    expect(
      encodeRequest(
        apis.metadata,
        { version: 4, correlation: 2, client: null },
        {
          topics: [{ name: 'a' }],
          allowAutoTopicCreation: false,
          includeClusterAuthorizedOperations: false,
          includeTopicAuthorizedOperations: false,
        },
      ),
    ).toEqual(hex('0003 0004 00000002 ffff 00000001 0001 61 00')));

  test('ConsumerGroupDescribe 0 is flexible', () =>
    expect(
      encodeRequest(
        apis.consumerGroupDescribe,
        { version: 0, correlation: 3, client: null },
        { groupIds: ['g'], includeAuthorizedOperations: false },
      ),
    ).toEqual(hex('0045 0000 00000003 ffff 00 02 02 67 00 00')));

  test('LeaveGroup has one member before version 3, and a list from then on', () => {
    const request = {
      groupId: 'g',
      memberId: 'm',
      members: [{ memberId: 'm', groupInstanceId: null, reason: null }],
    };
    const header = { correlation: 4, client: null };
    expect(encodeRequest(apis.leaveGroup, { ...header, version: 0 }, request)).toEqual(
      hex('000d 0000 00000004 ffff 0001 67 0001 6d'),
    );
    expect(encodeRequest(apis.leaveGroup, { ...header, version: 3 }, request)).toEqual(
      hex('000d 0003 00000004 ffff 0001 67 00000001 0001 6d ffff'),
    );
  });

  test('Fetch 4', () =>
    expect(
      decodeResponse(
        apis.fetch,
        4,
        hex('00000000 00000001 0001 74 00000001 00000002 0000 0000000000000009 0000000000000009 ffffffff 00000001 aa'),
      ).responses,
    ).toEqual([
      {
        topic: 't',
        partitions: [
          expect.objectContaining({
            partitionIndex: 2,
            highWatermark: 9,
            abortedTransactions: null,
            records: hex('aa'),
          }),
        ],
      },
    ]));
});

test.each([
  ['a list longer than its bytes', '0000 7fffffff'],
  ['a negative length', '0000 fffffffe'],
  ['an answer that ends early', '0000 00000001 0003'],
  ['no list', '0000 ffffffff'],
])('%s is refused', (_, bytes) =>
  expect(() => decodeResponse(apis.apiVersions, 0, hex(bytes))).toThrow(
    expect.objectContaining({ label: 'MALFORMED', code: null }),
  ),
);

describe('versions', () => {
  test('the preferred one where the broker has it', () =>
    expect(negotiate(apis.metadata, { least: 0, most: 13 })).toBe(4));
  test('the highest of both sides where the broker dropped it', () =>
    expect(negotiate(apis.metadata, { least: 6, most: 13 })).toBe(9));
  test('none', () => {
    expect(negotiate(apis.metadata, { least: 10, most: 13 })).toBeNull();
    expect(negotiate(apis.metadata, undefined)).toBeNull();
  });

  /** Ranges that brokers of Kafka 2.8 and 4.1 offer, by Kafka's number of the request. */
  const offered: Record<string, Record<number, [number, number]>> = {
    '2.8': {
      1: [0, 12],
      2: [0, 6],
      3: [0, 11],
      9: [0, 7],
      10: [0, 3],
      11: [0, 7],
      13: [0, 4],
      15: [0, 5],
      16: [0, 4],
      17: [0, 1],
      18: [0, 3],
      36: [0, 2],
    },
    '4.1': {
      1: [4, 18],
      2: [1, 11],
      3: [0, 13],
      9: [1, 10],
      10: [0, 6],
      11: [2, 9],
      13: [0, 5],
      15: [0, 6],
      16: [0, 5],
      17: [0, 1],
      18: [0, 4],
      36: [0, 2],
      69: [0, 1],
    },
  };
  test.each(Object.keys(offered))('every preferred version exists in Kafka %s', (release) =>
    expect(
      Object.values(apis).flatMap((api) => {
        const range = offered[release]![api.key];
        return range === undefined || (api.preferred >= range[0] && api.preferred <= range[1]) ? [] : [api.name];
      }),
    ).toEqual([]),
  );
});

test('an API by its number', () => {
  expect(apiOf(10)?.name).toBe('FindCoordinator');
  expect(apiOf(4711)).toBeUndefined();
});

test('errors have names, and known ones may pass', () => {
  expect(errorName(29)).toBe('TOPIC_AUTHORIZATION_FAILED');
  expect(errorName(-1)).toBe('UNKNOWN_SERVER_ERROR');
  expect(errorName(999)).toBe('UNKNOWN_ERROR_999');
  expect(errorCode('SASL_AUTHENTICATION_FAILED')).toBe(58);
  expect([15, 30].map(isRetriable)).toEqual([true, false]);
});
