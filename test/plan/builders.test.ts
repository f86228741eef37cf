/** The builders as pure functions: what is asked and what was read, and the steps that follow. */
import { describe, expect, test } from 'vitest';
import type { Difference } from '../../src/mapping/differences.js';
import type { MappingChanges } from '../../src/mapping/settings.js';
import type { Finding } from '../../src/checks/run.js';
import { planCreate, type CreateReads, type CreateRequest } from '../../src/plan/create.js';
import { planDelete } from '../../src/plan/delete.js';
import { matchMappings, unnamedMappings } from '../../src/plan/apply.js';
import type { Plan } from '../../src/plan/plan.js';
import { newRecreation, planRecreate } from '../../src/plan/recreate.js';
import { mappingToCheck, planUpdate } from '../../src/plan/update.js';
import { asUpdate, differences, type KnownTags } from '../../src/mapping/differences.js';
import { settingsOf } from '../../src/mapping/mapping-of.js';
import { replay } from '../../src/simulate/simulate.js';
import { capturedAt, uuid } from '../../src/sandbox/healthy.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import { ok } from '../../src/snapshot/read.js';
import { accountWith, value } from '../accounts/account.js';
import { callsOf, orders, sound } from './support/execution.js';
import { account, noWait, payments, wait } from './support/plans.js';

const operations = (plan: Plan): string[] => callsOf(plan).map(({ operation }) => operation);
const failing = (check: string): Finding =>
  ({ check, status: 'fail', fixes: [], missingActions: [] }) as never as Finding;
const mapping = (more: Partial<Mapping> = {}): Mapping => ({ ...orders(account), ...more });

describe('create', () => {
  const none: CreateReads = { existing: ok(null), differences: [], preflight: sound, groupUsers: null };
  const standing = (found: Difference[] = [], more: Partial<Mapping> = {}): CreateReads => ({
    ...none,
    existing: ok(mapping(more)),
    differences: found,
    preflight: null,
  });
  const size: Difference = { setting: 'batchSize', is: 100, wanted: 7, changeable: true };
  const topic: Difference = { setting: 'topic', is: 'orders', wanted: 'payments', changeable: false };
  const enabled: Difference = { setting: 'enabled', is: false, wanted: true, changeable: true };

  test.each<{
    name: string;
    request?: Partial<CreateRequest>;
    reads: CreateReads;
    action: string;
    calls: string[];
    waits: string | null;
    obstacle?: RegExp;
  }>([
    { name: 'a new mapping', reads: none, action: 'create', calls: ['CreateEventSourceMapping'], waits: 'working' },
    {
      name: 'a new mapping that nobody waits for',
      request: { wait: noWait },
      reads: none,
      action: 'create',
      calls: ['CreateEventSourceMapping'],
      waits: null,
    },
    {
      name: 'a new mapping that is taken back where it does not work',
      request: { wait: noWait, rollback: true },
      reads: none,
      action: 'create',
      calls: ['CreateEventSourceMapping'],
      waits: 'working',
    },
    {
      name: 'a new mapping that is tested disabled',
      request: { disabledTest: true },
      reads: none,
      action: 'create',
      calls: ['CreateEventSourceMapping', 'UpdateEventSourceMapping'],
      waits: 'working',
    },
    {
      name: 'a check that fails',
      reads: { ...none, preflight: { ...sound, blockers: [failing('network.nacl')] } },
      action: 'create',
      calls: ['CreateEventSourceMapping'],
      waits: 'working',
      obstacle: /^A failing check blocks it: network\.nacl\.$/,
    },
    {
      name: 'a group that self-managed Kafka uses, before the checks that fail',
      request: { settings: { ...payments, consumerGroup: 'readers' } },
      reads: { ...none, preflight: { ...sound, blockers: [failing('network.nacl')] }, groupUsers: ok(['abc']) },
      action: 'create',
      calls: ['CreateEventSourceMapping'],
      waits: 'working',
      obstacle: /^The consumer group readers is already used by the mapping abc .* A failing check/,
    },
    { name: 'an equal mapping', request: { wait: noWait }, reads: standing(), action: 'none', calls: [], waits: null },
    {
      name: 'an equal mapping that is to be waited for',
      reads: standing(),
      action: 'none',
      calls: [],
      waits: 'working',
    },
    {
      name: 'an equal mapping that is being made',
      request: { wait: { wanted: true, asked: false } },
      reads: standing([], { State: 'Creating' }),
      action: 'none',
      calls: [],
      waits: 'working',
    },
    {
      name: 'an equal mapping at a terminal',
      request: { wait: { wanted: true, asked: false } },
      reads: standing([], { State: 'Enabled' }),
      action: 'none',
      calls: [],
      waits: null,
    },
    {
      name: 'an equal mapping with another authentication than is asserted',
      reads: { ...standing(), preflight: { ...sound, otherAuth: 'Lambda would pick iam.' } },
      action: 'none',
      calls: [],
      waits: null,
      obstacle: /already exists\. Lambda would pick iam\.$/,
    },
    {
      name: 'a mapping that differs in what can be changed',
      reads: standing([size]),
      action: 'none',
      calls: [],
      waits: null,
      obstacle: /batchSize is 100, not 7\. Update it: msk-lambda update/,
    },
    {
      name: 'a mapping that differs in what cannot be changed',
      reads: standing([topic]),
      action: 'none',
      calls: [],
      waits: null,
      obstacle: /topic cannot be updated; recreate it: msk-lambda recreate/,
    },
    {
      name: 'a mapping that an earlier test did not come to enable',
      request: { disabledTest: true },
      reads: standing([enabled]),
      action: 'enable',
      calls: ['UpdateEventSourceMapping'],
      waits: 'working',
    },
    {
      name: 'a mapping that is being deleted',
      reads: { ...none, existing: ok(mapping({ State: 'Deleting' })) },
      action: 'create',
      calls: ['CreateEventSourceMapping'],
      waits: 'working',
    },
  ])('$name', ({ request = {}, reads, action, calls, waits, obstacle }) => {
    const plan = planCreate({ settings: payments, wait, ...request }, reads);
    expect([plan.steps[0]!.action, operations(plan), plan.steps[0]!.wait?.until ?? null]).toEqual([
      action,
      calls,
      waits,
    ]);
    if (obstacle === undefined) expect(plan.obstacles).toEqual([]);
    else expect(plan.obstacles).toMatchObject([{ step: 0, sentence: expect.stringMatching(obstacle) as string }]);
  });

  test('rights that the role surely lacks are not waited for', () => {
    const reads = { ...none, preflight: { ...sound, blockers: [failing('access.msk-api')] } };
    const [plan, other] = [
      planCreate({ settings: payments, wait }, reads),
      planCreate({ settings: payments, wait }, none),
    ];
    expect(plan.steps[0]!.calls[0]!.retry).toMatchObject({ retryRights: false });
    expect(other.steps[0]!.calls[0]!.retry).toMatchObject({ retryRights: true });
  });

  test('mappings that could not be listed are named among what is not decided', () => {
    const existing = {
      outcome: 'denied',
      action: 'lambda:ListEventSourceMappings',
      error: 'no',
    } as CreateReads['existing'];
    const plan = planCreate({ settings: payments, wait }, { ...none, existing });
    expect(plan.undecided).toEqual([
      expect.stringContaining('your credentials need lambda:ListEventSourceMappings') as string,
    ]);
  });
});

describe('update', () => {
  const plan = (wanted: MappingChanges, more: Partial<Mapping> = {}, tags: KnownTags = {}) => {
    const before = mapping(more);
    const change = { mapping: before, wanted, differences: differences(before, wanted, tags) };
    return { checked: mappingToCheck(change) !== null, plan: planUpdate(change, null, wait) };
  };

  test.each<[string, MappingChanges, { action: string; calls: string[]; checked: boolean; waits: string | null }]>([
    ['nothing', { batchSize: 100 }, { action: 'none', calls: [], checked: false, waits: null }],
    [
      'a size',
      { batchSize: 7 },
      { action: 'update', calls: ['UpdateEventSourceMapping'], checked: true, waits: 'working' },
    ],
    [
      'a size and tags',
      { batchSize: 7, tags: { a: 'b' } },
      { action: 'update', calls: ['UpdateEventSourceMapping', 'TagResource'], checked: true, waits: 'working' },
    ],
    ['tags alone', { tags: { a: 'b' } }, { action: 'update', calls: ['TagResource'], checked: false, waits: null }],
    [
      'off',
      { enabled: false },
      { action: 'disable', calls: ['UpdateEventSourceMapping'], checked: false, waits: 'working' },
    ],
    ['a topic', { topic: 'payments' }, { action: 'none', calls: [], checked: false, waits: null }],
  ])('%s', (_, wanted, { action, calls, checked, waits }) => {
    const made = plan(wanted);
    const [step] = made.plan.steps;
    expect([step!.action, operations(made.plan), made.checked, step!.wait?.until ?? null]).toEqual([
      action,
      calls,
      checked,
      waits,
    ]);
  });

  test('on', () => {
    const made = plan({ enabled: true }, { State: 'Disabled' });
    expect([made.plan.steps[0]!.action, made.checked]).toEqual(['enable', true]);
  });

  test('what cannot be changed names the command that makes it again', () => {
    expect(plan({ topic: 'payments' }).plan.obstacles[0]!.sentence).toMatch(
      /^topic cannot be updated\. Delete and recreate the mapping \S+ .*: msk-lambda recreate \S+ --topic payments$/,
    );
  });

  test.each<MappingChanges>([
    { batchSize: 7 },
    { batchSize: 7, metrics: ['EventCount'], filters: ['{"value":{"a":[1]}}'] },
    { onFailure: 'arn:aws:sqs:eu-west-1:111122223333:failed' },
    { provisionedPollers: { minimum: 2, maximum: 5 }, maximumRetryAttempts: 3 },
    { enabled: false },
    { provisionedPollers: { minimum: 1, maximum: 2 }, metrics: ['ErrorCount'] },
  ])('%o: its undo takes it back', (wanted) => {
    const before = value(accountWith(() => {}).mappings, uuid);
    const made = planUpdate({ mapping: before, wanted, differences: differences(before, wanted) }, null, wait);
    const { call, undo } = made.steps[0]!.calls[0]!;
    const changed = replay(
      accountWith(() => {}),
      call,
    );
    expect(settingsOf(value(changed.mappings, uuid))).not.toEqual(settingsOf(before));
    expect(settingsOf(value(replay(changed, undo!).mappings, uuid))).toEqual(settingsOf(before));
  });

  test('a lower log level goes back to the former one', () => {
    const logs: Partial<Mapping> = {
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 },
      LoggingConfig: { SystemLogLevel: 'DEBUG' },
    };
    const [call] = plan(asUpdate({ logLevel: null }, mapping(logs)), logs).plan.steps[0]!.calls;
    expect([call!.call.input, call!.undo?.input]).toEqual([
      { UUID: uuid, LoggingConfig: { SystemLogLevel: 'WARN' } },
      { UUID: uuid, LoggingConfig: { SystemLogLevel: 'DEBUG' } },
    ]);
  });

  test('removing tags is a call of its own, with what to say of it', () => {
    const { checked, plan: made } = plan({ batchSize: 7, tags: { a: '1', b: null } }, {}, { b: '2' });
    const [step] = made.steps;
    expect(checked).toBe(true);
    expect(step!.calls.map(({ call, reason }) => [call.operation, reason])).toEqual([
      ['UpdateEventSourceMapping', 'update the settings of the mapping'],
      ['UntagResource', 'remove tags from the mapping'],
      ['TagResource', 'set the tags of the mapping'],
    ]);
    expect(step!.calls[1]!.interrupted).toMatchObject({
      during: `The call to update the mapping ${uuid} was sent, its result is unknown. Run the same command again: it applies only what is missing.`,
    });
    const alone = plan({ tags: { b: null } }, {}, { b: '2' });
    expect([alone.checked, operations(alone.plan), alone.plan.steps[0]!.wait]).toEqual([
      false,
      ['UntagResource'],
      null,
    ]);
  });

  test.each<{ name: string; wanted: MappingChanges; tags: KnownTags; undo: object | null }>([
    { name: 'a window that was not set cannot go back', wanted: { batchingWindow: 5 }, tags: {}, undo: null },
    {
      name: 'new tags are removed',
      wanted: { tags: { a: '1' } },
      tags: {},
      undo: { operation: 'UntagResource', input: { TagKeys: ['a'] } },
    },
    {
      name: 'other values come back',
      wanted: { tags: { a: '1' } },
      tags: { a: '0' },
      undo: { operation: 'TagResource', input: { Tags: { a: '0' } } },
    },
    {
      name: 'both at once take more than one call',
      wanted: { tags: { a: '1', b: '1' } },
      tags: { a: '0' },
      undo: null,
    },
    {
      name: 'removed tags come back',
      wanted: { tags: { a: null, b: null } },
      tags: { a: '0', b: '', c: '1' },
      undo: { operation: 'TagResource', input: { Tags: { a: '0', b: '' } } },
    },
    { name: 'tags that could not be read are not made up', wanted: { tags: { a: null } }, tags: 'unread', undo: null },
    { name: 'nor where they are set', wanted: { tags: { a: '1' } }, tags: 'unread', undo: null },
  ])('$name', ({ wanted, tags, undo }) => {
    const made = plan(wanted, {}, tags).plan.steps[0]!.calls[0]!.undo;
    if (undo === null) expect(made).toBeNull();
    else expect(made).toMatchObject(undo);
  });
});

describe('recreate', () => {
  const plan = (changes: MappingChanges, more: Partial<Mapping> = {}) => {
    const before = mapping(more);
    const recreation = newRecreation({
      mapping: before,
      changes,
      tags: ok({ team: 'orders', 'aws:cloudformation:stack-name': 'S' }),
      now: new Date(capturedAt),
    });
    return planRecreate(before, recreation, sound, wait);
  };

  test('deletes, and makes it again with its group and tags', () => {
    const made = plan({ topic: 'payments', startingPosition: 'TRIM_HORIZON' });
    expect(callsOf(made)).toMatchObject([
      { operation: 'DeleteEventSourceMapping', input: { UUID: uuid } },
      {
        operation: 'CreateEventSourceMapping',
        input: {
          Topics: ['payments'],
          Tags: { team: 'orders' },
          AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid },
        },
      },
    ]);
    expect(made.undecided.at(-1)).toMatch(/CloudFormation stack S/);
    expect(made.steps[0]!.announcement).toMatch(/^If this is interrupted .*: msk-lambda create .*--consumer-group/);
  });

  test('is in the way of itself where records could be lost', () => {
    expect(plan({ topic: 'payments', startingPosition: 'LATEST' }).obstacles).toMatchObject([
      { checks: [], sentence: expect.stringMatching(/^Records could be lost/) as string },
    ]);
  });
});

describe('delete', () => {
  test('names the group from which a new mapping goes on', () => {
    const [step] = planDelete(mapping(), wait).steps;
    expect([step!.action, step!.wait?.until]).toEqual(['delete', 'gone']);
    expect(step!.calls[0]!.interrupted.after[0]).toContain(`--consumer-group ${uuid}`);
    expect(step!.calls[0]!.undo).toMatchObject({
      operation: 'CreateEventSourceMapping',
      input: { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid } },
    });
  });

  test('of one that is being deleted only waits', () => {
    const made = planDelete(mapping({ State: 'Deleting' }), wait);
    expect([operations(made), made.steps[0]!.wait?.until]).toEqual([[], 'gone']);
    expect(planDelete(mapping({ State: 'Deleting' }), noWait).steps[0]!.wait).toBeNull();
  });

  test('has no undo where AWS hides the filters', () => {
    const hidden = mapping({ FilterCriteriaError: { ErrorCode: 'KMSAccessDenied' } });
    expect(planDelete(hidden, wait).steps[0]!.calls[0]!.undo).toBeNull();
  });
});

describe('apply', () => {
  const other = mapping({
    UUID: 'other',
    Topics: ['returns'],
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'other' },
  });

  test('takes the mapping of the same key, else of the same group; the others are not named', () => {
    const existing = [mapping(), other];
    const wanted = [settingsOf(mapping()), { ...payments, consumerGroup: 'other' }];
    const matches = matchMappings(wanted, existing);
    expect(matches.map((match) => match.mapping?.UUID)).toEqual([uuid, 'other']);
    expect(unnamedMappings(matches.slice(0, 1), existing)).toEqual([other]);
  });

  test('does not take one that is being deleted', () => {
    const leaving = mapping({ State: 'Deleting' });
    expect(matchMappings([settingsOf(mapping())], [leaving])).toMatchObject([{ mapping: null }]);
    expect(unnamedMappings([{ settings: payments, mapping: null }], [leaving])).toEqual([]);
  });
});
