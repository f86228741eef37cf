import { describe, expect, test } from 'vitest';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { getMapping } from '../../src/account/queries/mappings.js';
import { diagnoseMapping } from '../../src/diagnosis/diagnose.js';
import {
  capturedAt,
  clusterArn,
  functionArn,
  functionName,
  groupId,
  region,
  roleArn,
  secretArn,
  uuid,
} from '../../src/sandbox/healthy.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { readThrough } from '../account/support/read.js';

const open = (name: string) => {
  const sandbox = openAccount(name, () => new Date(capturedAt))!;
  const clients = createClients({ region, answerer: sandbox.answer as Answerer });
  const send = (operation: string, input: object, service: 'lambda' | 'ec2' | 'iam' | 'secretsmanager' = 'lambda') =>
    clients.send(service, operation, input) as Promise<Record<string, unknown>>;
  const look = async (id: string) => {
    const read = await getMapping(clients, id);
    return read.outcome === 'ok' ? [read.value.State, read.value.LastProcessingResult] : [read.outcome];
  };
  /** What is seen while it changes: each pair once. */
  const watch = async (id: string, looks = 8) => {
    const seen: string[] = [];
    for (let time = 0; time < looks; time++) {
      const [state, text] = await look(id);
      const line = `${state}${text === undefined ? '' : ` · ${text.slice(0, 30)}`}`;
      if (seen.at(-1) !== line) seen.push(line);
    }
    return seen;
  };
  const diagnosis = async (id: string) =>
    diagnoseMapping((await readThrough(sandbox.answer as Answerer, { targets: [id] })).snapshot, id);
  return { sandbox, send, look, watch, diagnosis };
};

const wanted = {
  EventSourceArn: clusterArn,
  FunctionName: functionName,
  Topics: ['payments'],
  StartingPosition: 'TRIM_HORIZON',
};

describe('a new mapping', () => {
  test('is Creating, then Enabled, and its text turns from nothing to OK', async () => {
    const { send, watch } = open('rights-by-wildcard');
    const made = await send('CreateEventSourceMapping', { ...wanted, BatchSize: 7, MaximumBatchingWindowInSeconds: 5 });
    expect(made).toMatchObject({
      State: 'Creating',
      FunctionArn: functionArn,
      EventSourceArn: clusterArn,
      BatchSize: 7,
      MaximumBatchingWindowInSeconds: 5,
      Topics: ['payments'],
      LastModified: new Date(capturedAt),
    });
    expect(made['AmazonManagedKafkaEventSourceConfig']).toEqual({ ConsumerGroupId: made['UUID'] });
    expect(made).not.toHaveProperty('Enabled');
    expect(await watch(String(made['UUID']))).toEqual([
      'Creating · No records processed',
      'Enabled · No records processed',
      'Enabled · OK',
    ]);
  });

  test('made disabled rests, and starts when it is enabled', async () => {
    const { send, watch } = open('rights-by-wildcard');
    const { UUID: id } = await send('CreateEventSourceMapping', { ...wanted, Enabled: false });
    expect(await watch(String(id))).toEqual(['Creating · No records processed', 'Disabled · No records processed']);
    expect(await send('UpdateEventSourceMapping', { UUID: id, Enabled: true })).toMatchObject({ State: 'Enabling' });
    expect(await watch(String(id))).toEqual([
      'Enabling · No records processed',
      'Enabled · No records processed',
      'Enabled · OK',
    ]);
  });

  test('has its tags, and is listed with the others', async () => {
    const { send } = open('rights-by-wildcard');
    const { UUID: id, EventSourceMappingArn: arn } = await send('CreateEventSourceMapping', {
      ...wanted,
      Tags: { team: 'orders' },
    });
    expect(await send('ListTags', { Resource: arn })).toMatchObject({ Tags: { team: 'orders' } });
    const { EventSourceMappings: all } = await send('ListEventSourceMappings', { EventSourceArn: clusterArn });
    expect((all as { UUID: string }[]).map((mapping) => mapping.UUID)).toEqual([uuid, id]);
  });

  test('of the same source, function and topic is refused with the UUID of the first at the end of the text', async () => {
    const { send } = open('endpoints');
    await expect(send('CreateEventSourceMapping', { ...wanted, Topics: ['orders'] })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `An event source mapping with event source arn ("${clusterArn}"), function ("${functionArn}") and topics ("orders") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('goes through the states of a change and of its end', async () => {
    const { send, watch, look } = open('endpoints');
    expect(await send('UpdateEventSourceMapping', { UUID: uuid, BatchSize: 10 })).toMatchObject({
      State: 'Updating',
      BatchSize: 10,
    });
    await expect(send('DeleteEventSourceMapping', { UUID: uuid })).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    expect(await watch(uuid)).toEqual(['Updating · OK', 'Enabled · OK']);
    expect(await send('UpdateEventSourceMapping', { UUID: uuid, Enabled: false })).toMatchObject({
      State: 'Disabling',
    });
    expect(await watch(uuid)).toEqual(['Disabling · OK', 'Disabled · OK']);
    expect(await send('DeleteEventSourceMapping', { UUID: uuid })).toMatchObject({ UUID: uuid, State: 'Deleting' });
    await expect(send('UpdateEventSourceMapping', { UUID: uuid, BatchSize: 1 })).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    expect(await look(uuid)).toEqual(['Deleting', 'OK']);
    expect(await look(uuid)).toEqual(['not-found']);
    const again = await send('CreateEventSourceMapping', { ...wanted, Topics: ['orders'] });
    expect(again['UUID']).not.toBe(uuid);
  });

  test('cannot be changed while it is being created', async () => {
    const { send } = open('rights-by-wildcard');
    const { UUID: id } = await send('CreateEventSourceMapping', wanted);
    await expect(send('UpdateEventSourceMapping', { UUID: id, BatchSize: 10 })).rejects.toMatchObject({
      name: 'ResourceInUseException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('what Lambda refuses', () => {
  const provisioned = { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 } };
  test.each<{ name: string; change: object; message: string | RegExp }>([
    {
      name: 'no starting position',
      change: { StartingPosition: undefined },
      message: /^1 validation error detected: Value null at 'startingPosition'/,
    },
    {
      name: 'a misspelt one',
      change: { StartingPosition: 'latest' },
      message: /enum value set: \[LATEST, AT_TIMESTAMP, TRIM_HORIZON\]$/,
    },
    {
      name: 'AT_TIMESTAMP without a timestamp',
      change: { StartingPosition: 'AT_TIMESTAMP' },
      message: 'Need to specify a timestamp',
    },
    {
      name: 'a source of another kind',
      change: { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:jobs' },
      message: 'Unrecognized event source.',
    },
    {
      name: 'a cluster that is not there',
      change: { EventSourceArn: clusterArn.replace('orders', 'other') },
      message: 'Unrecognized event source.',
    },
    { name: 'a function that is not there', change: { FunctionName: 'nobody' }, message: 'Function does not exist' },
    { name: 'two topics', change: { Topics: ['a1', 'b1'] }, message: /'topics'/ },
    {
      name: 'a batch too large',
      change: { BatchSize: 10_001 },
      message: /'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000/,
    },
    {
      name: 'a window too long',
      change: { MaximumBatchingWindowInSeconds: 301 },
      message: /maximumBatchingWindowInSeconds/,
    },
    {
      name: 'a group of wrong letters',
      change: { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'a#b' } },
      message: /consumerGroupId/,
    },
    {
      name: 'retries without provisioned pollers',
      change: { MaximumRetryAttempts: 3 },
      message: "Unsupported 'maximumRetryAttempts' parameter for given event source mapping type.",
    },
    {
      name: 'a log without provisioned pollers',
      change: { LoggingConfig: { SystemLogLevel: 'INFO' } },
      message: /^Unsupported 'loggingConfig'/,
    },
    {
      name: 'a topic as destination without provisioned pollers',
      change: { DestinationConfig: { OnFailure: { Destination: 'kafka://failed' } } },
      message: /^Unsupported 'destinationConfig'/,
    },
    {
      name: 'a group that another mapping has',
      change: { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid } },
      message: /consumer group .* is used by another/,
    },
    {
      name: 'an age between',
      change: { ...provisioned, MaximumRecordAgeInSeconds: 30 },
      message: /MaximumRecordAgeInSeconds/,
    },
    {
      name: 'a least above the most',
      change: { ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 2 } },
      message: /MinimumPollers/,
    },
    {
      name: 'what other sources take',
      change: { ParallelizationFactor: 2 },
      message: "Unsupported 'parallelizationFactor' parameter for given event source mapping type.",
    },
    {
      name: 'a destination for success',
      change: { DestinationConfig: { OnSuccess: {} } },
      message: /^Unsupported DestinationConfig/,
    },
    {
      name: 'an empty destination',
      change: { DestinationConfig: { OnFailure: {} } },
      message: 'The Destination field is required for an OnFailure configuration.',
    },
    {
      name: 'a destination that is no ARN',
      change: { DestinationConfig: { OnFailure: { Destination: 'queue' } } },
      message: /regular expression pattern/,
    },
    {
      name: 'a filter that is no JSON',
      change: { FilterCriteria: { Filters: [{ Pattern: '{value' }] } },
      message: 'Invalid filter pattern definition.',
    },
  ])('$name', async ({ change, message }) => {
    const { send, sandbox } = open('endpoints');
    const before = Object.keys(sandbox.snapshot().mappings);
    const refused = await send('CreateEventSourceMapping', { ...wanted, ...change }).catch(
      (error: unknown) => error as Error & { $metadata: { httpStatusCode: number } },
    );
    expect(refused).toBeInstanceOf(Error);
    if (typeof message === 'string') expect((refused as Error).message).toBe(message);
    else expect((refused as Error).message).toMatch(message);
    expect(Object.keys(sandbox.snapshot().mappings)).toEqual(before);
  });

  test('all of these with provisioned pollers pass', async () => {
    const { send } = open('rights-by-wildcard');
    const more = {
      ...provisioned,
      MaximumRetryAttempts: 3,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      LoggingConfig: { SystemLogLevel: 'INFO' },
    };
    const { UUID: id } = await send('CreateEventSourceMapping', { ...wanted, ...more });
    expect(await send('GetEventSourceMapping', { UUID: id })).toMatchObject(more);
  });

  test('a change of the consumer group, even to the same', async () => {
    const { send } = open('endpoints');
    await expect(
      send('UpdateEventSourceMapping', { UUID: uuid, AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid } }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        "Unsupported 'amazonManagedKafkaEventSourceConfig.consumerGroupId' parameter for given event source mapping type.",
    });
  });

  test.each([
    {
      name: 'secret-right-missing',
      message:
        /^Cannot access secret manager value arn:.*Please ensure the role can perform the 'secretsmanager:GetSecretValue' action/,
    },
    { name: 'secret-gone', message: /^Cannot access secret manager value/ },
    { name: 'key-disabled', message: /^Cannot access secret manager value/ },
    { name: 'trust', message: /cannot be assumed by Lambda/ },
    {
      name: 'no-network-interfaces',
      message: /^The function execution role does not have permissions to call \w+ on EC2$/,
    },
  ])('a mapping for which the role lacks the rights: $name', async ({ name, message }) => {
    const { send } = open(name);
    const access =
      name.startsWith('secret') || name.startsWith('key')
        ? { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }] }
        : {};
    await expect(send('CreateEventSourceMapping', { ...wanted, ...access })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(message) as string,
    });
  });

  test('a secret by part of its ARN', async () => {
    const { send } = open('scram');
    const access = { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn.slice(0, -7) }] };
    await expect(send('CreateEventSourceMapping', { ...wanted, ...access })).rejects.toThrow(
      /^Cannot access secret manager value/,
    );
  });
});

test('of pollers the number that is left out is Lambda’s own', async () => {
  const { send, watch } = open('rights-by-wildcard');
  const { UUID: id, ProvisionedPollerConfig: made } = await send('CreateEventSourceMapping', {
    ...wanted,
    ProvisionedPollerConfig: { MinimumPollers: 2 },
  });
  expect(made).toEqual({ MinimumPollers: 2, MaximumPollers: 200 });
  await watch(String(id));
  expect(
    await send('UpdateEventSourceMapping', { UUID: id, ProvisionedPollerConfig: { MaximumPollers: 9 } }),
  ).toMatchObject({ ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 9 } });
});

describe('clearing what was set', () => {
  test('an empty block takes it away, one that is left out leaves it', async () => {
    const { send, watch } = open('provisioned-without-way-out');
    const set = {
      FilterCriteria: { Filters: [{ Pattern: '{"value":{"a":[1]}}' }] },
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } },
      MaximumRetryAttempts: 4,
    };
    await send('UpdateEventSourceMapping', { UUID: uuid, ...set });
    await watch(uuid);
    await expect(send('UpdateEventSourceMapping', { UUID: uuid, ProvisionedPollerConfig: {} })).rejects.toThrow(
      /^Unsupported 'maximumRetryAttempts'/,
    );
    await send('UpdateEventSourceMapping', {
      UUID: uuid,
      FilterCriteria: {},
      DestinationConfig: {},
      MaximumRetryAttempts: -1,
    });
    await watch(uuid);
    const now = await send('GetEventSourceMapping', { UUID: uuid });
    expect([now['FilterCriteria'], now['DestinationConfig'], now['MaximumRetryAttempts']]).toEqual([
      undefined,
      undefined,
      -1,
    ]);
    expect(await send('UpdateEventSourceMapping', { UUID: uuid, ProvisionedPollerConfig: {} })).not.toHaveProperty(
      'ProvisionedPollerConfig',
    );
  });
});

describe('the text', () => {
  test('of a broken account turns OK some looks after the repair, and not before', async () => {
    const { send, watch } = open('no-self-reference');
    expect(await watch(uuid)).toEqual(['Enabled · PROBLEM: Connection error. Ple']);
    await send(
      'AuthorizeSecurityGroupIngress',
      {
        GroupId: groupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098, UserIdGroupPairs: [{ GroupId: groupId }] }],
      },
      'ec2',
    );
    expect(await watch(uuid)).toEqual(['Enabled · PROBLEM: Connection error. Ple', 'Enabled · OK']);
  });

  test('of a healthy one turns into the fault that a change brings', async () => {
    const { send, watch, diagnosis } = open('endpoints');
    await send('DeleteRolePolicy', { RoleName: roleArn.split('/').at(-1), PolicyName: 'kafka-access' }, 'iam');
    expect((await watch(uuid)).at(-1)).toMatch(/^Enabled · PROBLEM: Cluster failed|^Enabled · PROBLEM: SASL/);
    expect((await diagnosis(uuid)).causes[0]).toMatchObject({ check: 'access.kafka-connect' });
  });

  test('stays where nothing in the account can mend it', async () => {
    const { send, watch } = open('kafka-acl');
    await send(
      'AuthorizeSecurityGroupIngress',
      { GroupId: groupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [] }] },
      'ec2',
    );
    expect(await watch(uuid)).toEqual(['Enabled · PROBLEM: Cluster failed to aut']);
  });

  const refusedAtOnce = new Set([
    'trust',
    'role-gone',
    'no-network-interfaces',
    'secret-gone',
    'secret-deleted',
    'secret-right-missing',
    'key-disabled',
    'function-gone',
    'disabled',
  ]);
  /** Lambda has no text for the fault: it stops the mapping with a code. */
  const stoppedByCode = new Set(['registry-login']);
  /** Only the metrics of the mapping that was there show it. */
  const measured = new Set(['polls-fail']);
  test.each(
    sandboxAccounts
      .filter(
        (account) =>
          account.verdict === 'broken' &&
          !refusedAtOnce.has(account.name) &&
          !measured.has(account.name) &&
          account.build().targets.length === 1,
      )
      .map((account) => [account.name, account.firstCause]),
  )('of a mapping made anew in %s fits %s, and is found again', async (name, firstCause) => {
    const { sandbox, send, watch, diagnosis } = open(name);
    const {
      EventSourceArn,
      FunctionArn: FunctionName,
      Topics,
      SourceAccessConfigurations,
      ProvisionedPollerConfig,
      AmazonManagedKafkaEventSourceConfig,
    } = await send('GetEventSourceMapping', { UUID: uuid });
    await send('DeleteEventSourceMapping', { UUID: uuid });
    await watch(uuid, 2);
    expect(sandbox.snapshot().mappings).not.toHaveProperty(uuid);
    const { UUID: id } = await send('CreateEventSourceMapping', {
      EventSourceArn,
      FunctionName,
      Topics,
      SourceAccessConfigurations,
      StartingPosition: 'TRIM_HORIZON',
      ...(ProvisionedPollerConfig === undefined ? {} : { ProvisionedPollerConfig }),
      AmazonManagedKafkaEventSourceConfig: { ...AmazonManagedKafkaEventSourceConfig!, ConsumerGroupId: uuid },
    });
    const stopped = stoppedByCode.has(name);
    expect((await watch(String(id))).at(-1)).toMatch(stopped ? /^Disabled · OK$/ : /^Enabled · PROBLEM: /);
    const { StateTransitionReason: reason } = await send('GetEventSourceMapping', { UUID: id });
    expect(reason).toBe(stopped ? 'ESM_CONFIG_NOT_VALID' : 'USER_INITIATED');
    expect((await diagnosis(String(id))).causes[0]?.check ?? null).toBe(firstCause);
  });
});

test('every change of a mapping leaves the account before it as it was', async () => {
  const { sandbox, send } = open('endpoints');
  const before = sandbox.snapshot();
  const copy = structuredClone(before);
  await send('UpdateEventSourceMapping', { UUID: uuid, BatchSize: 9 });
  await send('GetEventSourceMapping', { UUID: uuid });
  await send('GetEventSourceMapping', { UUID: uuid });
  expect(before).toEqual(copy);
});
