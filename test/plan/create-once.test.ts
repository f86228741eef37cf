import { describe, expect, test } from 'vitest';
import { findExisting } from '../../src/mapping/existing.js';
import { createCall } from '../../src/plan/calls.js';
import { createOnce } from '../../src/plan/execution/create-once.js';
import { settingsOf } from '../../src/mapping/mapping-of.js';
import { waitUntilSettled } from '../../src/mapping/wait.js';
import type { MappingSettings } from '../../src/mapping/settings.js';
import { isOk } from '../../src/snapshot/read.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import { clusterArn, functionArn, uuid } from '../../src/sandbox/healthy.js';
import { awsRefuses, cutOff, liveIn, type Fault, type Life } from '../mapping/support/life.js';
import { everything, least } from '../mapping/support/settings.js';

const wanted: MappingSettings = { ...least, topic: 'payments' };
const account = 'rights-by-wildcard';
const create = (life: Life, settings: MappingSettings = wanted, retryRights = true) =>
  createOnce({ clients: life.clients, call: createCall(settings), settings, retryRights, policy: life.policy });
const mappingsIn = ({ sandbox }: Life) =>
  Object.values(sandbox.snapshot().mappings)
    .filter(isOk)
    .map((read) => read.value);
const made = (life: Life) => mappingsIn(life).filter((mapping) => mapping.UUID !== uuid);

/** What happens to the first so many creates. */
const onCreate = (times: number, what: Fault): Fault => {
  let left = times;
  return (call, answer) =>
    call.operation === 'CreateEventSourceMapping' && left-- > 0 ? what(call, answer) : answer();
};

test('every setting is read back as it was asked', async () => {
  const life = liveIn(account);
  const settings: MappingSettings = { ...everything, function: functionArn };
  const created = await create(life, settings);
  expect(created.outcome).toBe('made');
  const { mapping } = created as { mapping: Mapping };
  await waitUntilSettled(life.clients, mapping.UUID, life.policy);
  const found = await findExisting(life.clients, settings);
  const { tags, ...shown } = settings;
  expect(isOk(found) && found.value !== null && settingsOf(found.value)).toEqual(shown);
  expect(await life.clients.send('lambda', 'ListTags', { Resource: mapping.EventSourceMappingArn })).toMatchObject({
    Tags: tags,
  });
});

describe('an answer that never comes', () => {
  test.each<{ name: string; what: Fault }>([
    { name: 'after AWS had made it', what: async (_, answer) => answer().then(() => Promise.reject(cutOff())) },
    { name: 'before it did', what: async () => Promise.reject(cutOff()) },
    { name: 'but one that names no mapping, after it was made', what: async (_, answer) => answer().then(() => ({})) },
    {
      name: 'with an error inside AWS, after it was made',
      what: async (_, answer) => answer().then(() => Promise.reject(awsRefuses('ServiceException', 'try again', 500))),
    },
  ])('$name: one mapping', async ({ what }) => {
    const life = liveIn(account, { fault: onCreate(1, what) });
    expect(await create(life)).toMatchObject({ outcome: 'made', mapping: { Topics: ['payments'] } });
    expect(made(life)).toHaveLength(1);
    expect(life.calls.slice(0, 2)).toEqual(['CreateEventSourceMapping', 'ListEventSourceMappings']);
  });

  test('and never will: it is given up, after looking each time', async () => {
    const life = liveIn(account, { fault: onCreate(99, async () => Promise.reject(cutOff())) });
    expect(await create(life)).toMatchObject({ outcome: 'refused' });
    expect(life.count('CreateEventSourceMapping')).toBe(4);
    expect(made(life)).toEqual([]);
  });

  test('nor can it be looked: that is said, and nothing is tried again', async () => {
    const life = liveIn(account, {
      fault: async ({ operation }, answer) => {
        if (operation === 'ListEventSourceMappings') throw awsRefuses('AccessDeniedException', 'no', 403);
        return operation === 'CreateEventSourceMapping' ? answer().then(() => Promise.reject(cutOff())) : answer();
      },
    });
    expect(await create(life)).toMatchObject({
      outcome: 'unsure',
      because: expect.stringMatching(/could not be listed/) as string,
    });
    expect(life.count('CreateEventSourceMapping')).toBe(1);
  });
});

describe('a conflict', () => {
  const orders = { ...wanted, topic: 'orders' };

  test('with an equal mapping adopts it', async () => {
    const life = liveIn(account);
    expect(await create(life, orders)).toMatchObject({ outcome: 'adopted', mapping: { UUID: uuid } });
  });

  test('with another says what differs, setting by setting', async () => {
    expect(await create(liveIn(account), { ...orders, batchSize: 5, metrics: ['EventCount'] })).toMatchObject({
      outcome: 'differs',
      mapping: { UUID: uuid },
      differences: [
        { setting: 'batchSize', is: 100, wanted: 5 },
        { setting: 'metrics', is: [], wanted: ['EventCount'] },
      ],
    });
  });

  test.each([
    `An event source mapping with event source arn ("${clusterArn}"), function ("${functionArn}") and topics ("orders") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
    `The event source arn (" ${clusterArn} ") and function (" order-handler ") provided mapping already exists. Please update or delete the existing mapping with UUID ${uuid}`,
    `Resource handler returned message: "Invalid request provided: An event source mapping with event source arn ("${'x'.repeat(400)}") already exists. Please update or delete the existing mapping with UUID ${uuid} (Service: Lambda, Status Code: 409)"`,
    'already exists',
  ])('in the words “%s” is understood', async (message) => {
    const life = liveIn(account, {
      fault: onCreate(1, async () => Promise.reject(awsRefuses('ResourceConflictException', message, 409))),
    });
    expect(await create(life, orders)).toMatchObject({ outcome: 'adopted', mapping: { UUID: uuid } });
  });

  test('with a mapping that is not there is believed after some seconds', async () => {
    const text =
      'already exists. Please update or delete the existing mapping with UUID 11111111-2222-4333-8444-555555555555';
    const life = liveIn(account, {
      fault: onCreate(99, async () => Promise.reject(awsRefuses('ResourceConflictException', text, 409))),
    });
    expect(await create(life)).toMatchObject({ outcome: 'refused', refusal: { name: 'ResourceConflictException' } });
    expect(life.count('CreateEventSourceMapping')).toBe(4);
    expect(life.passed()).toBeLessThan(20);
  });

  test('with a mapping of another topic is shown as it is', async () => {
    const life = liveIn(account, {
      fault: onCreate(1, async () =>
        Promise.reject(
          awsRefuses(
            'ResourceConflictException',
            `The consumer group is used by the existing mapping with UUID ${uuid}`,
            409,
          ),
        ),
      ),
    });
    expect(await create(life)).toMatchObject({ outcome: 'refused', refusal: { name: 'ResourceConflictException' } });
  });

  test('with one that is being deleted waits until it is gone', async () => {
    const life = liveIn(account);
    await life.clients.send('lambda', 'DeleteEventSourceMapping', { UUID: uuid });
    const created = await create(life, orders);
    expect(created).toMatchObject({ outcome: 'made' });
    expect(mappingsIn(life).map((mapping) => mapping.Topics)).toEqual([['orders']]);
  });
});

describe('rights that do not hold yet', () => {
  const notYet =
    (message: string) =>
    (life: () => Life, seconds: number): Fault =>
    async ({ operation }, answer) => {
      if (operation === 'CreateEventSourceMapping' && life().passed() < seconds)
        throw awsRefuses('InvalidParameterValueException', message);
      return answer();
    };

  test.each([
    'The role defined for the function cannot be assumed by Lambda.',
    'The provided execution role does not have permissions to call DescribeClusterV2 on KAFKA',
    "Cannot access secret manager value arn:x. Please ensure the role can perform the 'secretsmanager:GetSecretValue' action on your broker in IAM.",
  ])('are waited for, for three minutes: %s', async (message) => {
    const life: Life = liveIn(account, { fault: (call, answer) => notYet(message)(() => life, 180)(call, answer) });
    expect(await create(life)).toMatchObject({ outcome: 'made' });
    expect(life.passed()).toBeGreaterThanOrEqual(180);
    expect(life.passed()).toBeLessThan(240);
    expect(life.notes[0]).toMatch(/new permissions take effect after some minutes.*retrying for up to 5 min/);
  });

  test('are given up after five', async () => {
    const life: Life = liveIn(account, {
      fault: (call, answer) => notYet('cannot be assumed by Lambda')(() => life, 9999)(call, answer),
    });
    expect(await create(life)).toMatchObject({ outcome: 'refused' });
    expect(life.passed()).toBeGreaterThanOrEqual(300);
    expect(life.passed()).toBeLessThan(330);
  });

  test('are not waited for where the role surely lacks them', async () => {
    const life: Life = liveIn(account, {
      fault: (call, answer) => notYet('cannot be assumed by Lambda')(() => life, 9999)(call, answer),
    });
    expect(await create(life, wanted, false)).toMatchObject({ outcome: 'refused' });
    expect(life.count('CreateEventSourceMapping')).toBe(1);
  });
});

test.each([
  ['throttling', () => awsRefuses('TooManyRequestsException', 'Rate exceeded', 429)],
  ['another change under way', () => awsRefuses('ResourceInUseException', 'in use')],
])('%s is waited out', async (_, error) => {
  const life = liveIn(account, { fault: onCreate(3, async () => Promise.reject(error())) });
  expect(await create(life)).toMatchObject({ outcome: 'made' });
  expect(life.count('CreateEventSourceMapping')).toBe(4);
});

test('what AWS refuses for good is refused at once', async () => {
  const life = liveIn(account, {
    fault: onCreate(1, async () =>
      Promise.reject(awsRefuses('InvalidParameterValueException', 'Function does not exist')),
    ),
  });
  expect(await create(life)).toMatchObject({ outcome: 'refused', refusal: { message: 'Function does not exist' } });
  expect(life.count('CreateEventSourceMapping')).toBe(1);
});
