/** The built program makes mappings in an account served over HTTP. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { isOk } from '../../src/snapshot/read.js';
import { settingsOf, toCreateInput } from '../../src/mapping/mapping-of.js';
import { toFlags } from '../../src/mapping/to-flags.js';
import { clusterArn, functionArn, secretArn, uuid } from '../../src/sandbox/healthy.js';
import type { Fault } from '../wire/double.js';
import { everything } from '../mapping/support/settings.js';
import { serve, type Account } from './account.js';

const payments = [
  'create',
  '--function',
  'order-handler',
  '--cluster',
  'orders-cluster',
  '--topic',
  'payments',
  '--starting-position',
  'TRIM_HORIZON',
];
const account = 'rights-by-wildcard';

describe('create', () => {
  test('makes a mapping, and the second time nothing', async () => {
    const world = await serve(account);
    const first = await world.json(...payments, '--yes', '--wait');
    expect([first.exitCode, first.document.changed, first.document.outcome]).toEqual([0, 1, 'done']);
    expect(first.document.mapping).toMatchObject({
      topic: 'payments',
      state: 'Enabled',
      lastProcessingResult: 'OK',
      functionArn,
      eventSourceArn: clusterArn,
    });
    const second = await world.json(...payments, '--yes', '--wait');
    expect([second.exitCode, second.document.changed, second.document.mapping?.uuid]).toEqual([
      0,
      0,
      first.document.mapping?.uuid,
    ]);
    expect(world.count('CreateEventSourceMapping')).toBe(1);
    expect(world.mappings()).toEqual(['orders', 'payments']);
  });

  test('understands the AWS CLI’s own flags', async () => {
    const world = await serve(account);
    const words = [
      'create',
      '--function-name',
      functionArn,
      '--event-source-arn',
      clusterArn,
      '--topics',
      'payments',
      '--starting-position',
      'AT_TIMESTAMP',
      '--starting-position-timestamp',
      '1700000000',
      '--maximum-batching-window-in-seconds',
      '5',
      '--tags',
      'team=orders',
    ];
    expect((await world.json(...words, '--yes')).exitCode).toBe(0);
    const made = Object.values(world.sandbox.snapshot().mappings)
      .filter(isOk)
      .find(({ value }) => value.UUID !== uuid)!.value;
    expect(made).toMatchObject({
      StartingPositionTimestamp: '2023-11-14T22:13:20.000Z',
      MaximumBatchingWindowInSeconds: 5,
    });
  });

  test('sends every setting that is asked for, and nothing else', async () => {
    const world = await serve(account);
    const settings = { ...everything, function: functionArn };
    const ran = await world.json('create', ...toFlags(settings), '--yes', '--force');
    expect(ran.document.outcome, ran.document.message).toBe('done');
    const { tags: _, ...shown } = settings;
    const made = Object.values(world.sandbox.snapshot().mappings)
      .filter(isOk)
      .find(({ value }) => value.UUID !== uuid)!.value;
    expect(settingsOf({ ...made, State: 'Disabled' })).toEqual(shown);
    expect(ran.document.plan[0]?.calls[0]?.input).toEqual(toCreateInput(settings));
    // The same again finds nothing to do, tags included.
    expect((await world.json('create', ...toFlags(settings), '--yes')).document).toMatchObject({
      changed: 0,
      outcome: 'nothing-to-do',
    });
    expect(
      (await world.json('create', ...toFlags({ ...settings, tags: { team: 'others' } }), '--yes')).document.message,
    ).toMatch(/tags is \{"team":"orders"\}, not \{"team":"others"\}/);
  });

  test('is not made in another region than it is asked for', async () => {
    const world = await serve(account);
    const ran = await world.run(
      ...payments.map((word) => (word === 'orders-cluster' ? clusterArn : word)),
      '--region',
      'eu-north-1',
      '--yes',
    );
    expect([ran.exitCode, ran.stderr]).toEqual([
      2,
      expect.stringMatching(/is in eu-west-1, but the command uses eu-north-1/) as string,
    ]);
  });

  test.each<[string, Fault]>([
    ['is cut off after AWS had made it', 'cut-after'],
    ['is cut off before', 'reset'],
    ['is throttled', 'throttled'],
    ['comes back as nonsense', 'nonsense'],
  ])('makes one mapping when the call %s', async (_, fault) => {
    const world = await serve(account, (call, times) =>
      call === 'lambda CreateEventSourceMapping' && times === 1 ? fault : undefined,
    );
    const { exitCode, document } = await world.json(...payments, '--yes');
    expect([exitCode, document.changed], document.message).toEqual([0, 1]);
    expect(world.mappings()).toEqual(['orders', 'payments']);
  });

  test('adopts the mapping of a conflict that is equal, and says what differs in one that is not', async () => {
    // The list does not show it: as when another makes it at the same time.
    const hidden =
      (answer: Answerer): Answerer =>
      async (call) =>
        call.operation === 'ListEventSourceMappings' ? { EventSourceMappings: [] } : answer(call);
    const orders = payments.map((word) => (word === 'payments' ? 'orders' : word));
    const world = await serve(account, undefined, hidden);
    const equal = await world.json(...orders, '--yes');
    expect([equal.exitCode, equal.document.changed, equal.document.mapping?.uuid]).toEqual([0, 0, uuid]);
    const other = await world.json(...orders, '--batch-size', '5', '--yes');
    expect([other.exitCode, other.document.blockers]).toEqual([1, ['mapping.conflict']]);
    expect(other.document.message).toContain('batchSize is 100, not 5');
    expect(world.mappings()).toEqual(['orders']);
  });

  test('makes nothing where a check stands in the way, and names it', async () => {
    const world = await serve('nat-blackhole');
    const { exitCode, document } = await world.json(...payments, '--yes');
    expect([exitCode, document.changed, document.outcome]).toEqual([1, 0, 'blocked']);
    expect(document.blockers).toContain('network.aws-path');
    expect(world.count('CreateEventSourceMapping')).toBe(0);
  });

  test('goes on with --force, and diagnoses at once what came of it', async () => {
    const world = await serve('nat-blackhole');
    const { exitCode, document } = await world.json(...payments, '--yes', '--force', '--wait');
    expect([exitCode, document.changed, document.outcome]).toEqual([1, 1, 'failed']);
    expect(document.blockers[0]).toBe('network.aws-path');
    expect(document.message).toMatch(/despite blocking problems \(--force\)/);
    expect(world.mappings()).toEqual(['orders', 'payments']);
  });

  test('takes back with --rollback what does not work', async () => {
    const world = await serve('nat-blackhole');
    const { exitCode, document } = await world.json(...payments, '--yes', '--force', '--rollback');
    expect([exitCode, document.changed, document.mapping]).toEqual([1, 0, null]);
    expect(world.mappings()).toEqual(['orders']);
  });

  test('tests it disabled, and enables it when it is sound', async () => {
    const world = await serve(account);
    const { exitCode, document } = await world.json(...payments, '--yes', '--disabled-test');
    expect(document.plan[0]!.calls.map(({ operation, input }) => [operation, input['Enabled']])).toEqual([
      ['CreateEventSourceMapping', false],
      ['UpdateEventSourceMapping', true],
    ]);
    expect([exitCode, document.mapping?.state], document.message).toEqual([0, 'Enabled']);
    expect(world.double.requests.filter((name) => /(Create|Update)EventSource/.test(name))).toEqual([
      'lambda CreateEventSourceMapping',
      'lambda UpdateEventSourceMapping',
    ]);
  });

  test.each([
    [['--batch-size', '0'], /--batch-size must be a whole number from 1 to 10,000, not 0/],
    [['--maximum-retry-attempts', '3'], /requires provisioned mode: also set --minimum-pollers/],
    [['--starting-position', 'EARLIEST'], /TRIM_HORIZON/],
    [
      ['--starting-position-timestamp', '2020-01-01T00:00:00Z'],
      /is allowed only with --starting-position AT_TIMESTAMP, not with TRIM_HORIZON/,
    ],
    [['--topics', 'a1', 'b1'], /exactly one topic/],
    [
      ['--parallelization-factor', '2'],
      /'--parallelization-factor .*Lambda does not support this setting for Amazon MSK/,
    ],
    [['--filter', '{'], /not valid JSON/],
    [['--disabled', '--disabled-test'], /--disabled-test and --disabled contradict/],
    [['--rollback', '--no-wait'], /--rollback waits/],
  ])('refuses %j without any call', async (words, message) => {
    const world = await serve(account);
    const ran = await world.run(...payments, ...words, '--yes');
    expect([ran.exitCode, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(message);
    expect(world.double.requests).toEqual([]);
  });

  test('changes nothing without a yes, nor with --dry-run', async () => {
    const world = await serve(account);
    const unasked = await world.run(...payments);
    expect([unasked.exitCode, unasked.stdout]).toEqual([2, '']);
    expect(unasked.stderr).toContain('--yes');
    const dry = await world.json(...payments, '--dry-run');
    expect([dry.exitCode, dry.document.outcome, dry.document.plan[0]?.calls[0]?.operation]).toEqual([
      0,
      'planned',
      'CreateEventSourceMapping',
    ]);
    expect(world.mappings()).toEqual(['orders']);
  });

  test('names what is not there, and what could be meant', async () => {
    const world = await serve(account);
    const nobody = await world.run(
      ...payments.map((word) => (word === 'order-handler' ? 'order-handlr' : word)),
      '--yes',
    );
    expect([nobody.exitCode, nobody.stderr]).toEqual([
      2,
      expect.stringMatching(/Function not found in eu-west-1: order-handlr\.[\s\S]*order-handler/) as string,
    ]);
    const nowhere = await world.run(
      ...payments.map((word) => (word === 'orders-cluster' ? 'order-cluster' : word)),
      '--yes',
    );
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([
      2,
      expect.stringMatching(/MSK cluster not found in eu-west-1: order-cluster\.[\s\S]*orders-cluster/) as string,
    ]);
  });

  test('takes an ARN of what is not there for no better than a name', async () => {
    const world = await serve(account);
    const noFunction = await world.run(
      ...payments.map((word) =>
        word === 'order-handler' ? functionArn.replace('order-handler', 'order-handlr') : word,
      ),
      '--yes',
    );
    expect([noFunction.exitCode, noFunction.stderr]).toEqual([
      2,
      expect.stringMatching(
        /Function not found in eu-west-1: arn:\S+order-handlr[\s\S]*Did you mean: order-handler\?/,
      ) as string,
    ]);
    const noCluster = await world.run(
      ...payments.map((word) => (word === 'orders-cluster' ? clusterArn.replace('orders-cluster', 'other') : word)),
      '--yes',
    );
    expect([noCluster.exitCode, noCluster.stderr]).toEqual([
      2,
      expect.stringMatching(/MSK cluster not found in eu-west-1: arn:\S+other/) as string,
    ]);
    expect(world.count('CreateEventSourceMapping')).toBe(0);
  });

  test.each([
    '111122223333:function:order-handler',
    '111122223333:order-handler',
    'function:order-handler',
    'eu-west-1:111122223333:function:order-handler',
  ])('takes the function as %s', async (name) => {
    const world = await serve(account);
    const { exitCode, document } = await world.json(
      ...payments.map((word) => (word === 'order-handler' ? name : word)),
      '--dry-run',
    );
    expect([exitCode, document.plan[0]?.calls[0]?.input], document.message).toEqual([
      0,
      expect.objectContaining({ FunctionName: functionArn }),
    ]);
  });

  test('takes no consumer group that any other mapping uses, on self-managed Kafka neither', async () => {
    const other = {
      UUID: '0a1b2c3d-1111-4222-8333-444455556666',
      SelfManagedEventSource: { Endpoints: {} },
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'readers' },
      Topics: ['x'],
    };
    const world = await serve(account, undefined, (sandboxAnswer): Answerer => async (call) => {
      const answer = await sandboxAnswer(call);
      return call.operation === 'ListEventSourceMappings'
        ? {
            ...answer,
            EventSourceMappings: [...(answer as { EventSourceMappings: object[] }).EventSourceMappings, other],
          }
        : answer;
    });
    for (const group of ['readers', uuid]) {
      const { exitCode, document } = await world.json(...payments, '--consumer-group', group, '--yes');
      expect([exitCode, document.blockers]).toEqual([1, ['mapping.consumer-group']]);
    }
    expect(world.count('CreateEventSourceMapping')).toBe(0);
  });

  test('mends what was pasted wrong, and says so', async () => {
    const world = await serve(
      'scram',
      undefined,
      (answer): Answerer =>
        async (call) =>
          call.operation === 'ListSecrets'
            ? { SecretList: [{ ARN: secretArn, Name: 'AmazonMSK_orders' }] }
            : answer(call),
    );
    await world.run('delete', uuid, '--yes', '--wait');
    const brokers = 'b-1.orderscluster.abc123.c2.kafka.eu-west-1.amazonaws.com:9096';
    const words = [
      'create',
      '--function',
      `arn:aws:lambda:${functionArn}`,
      '--cluster',
      brokers,
      '--topic',
      'Orders',
      '--starting-position',
      'TRIM_HORIZON',
      '--secret',
      secretArn.slice(0, -7),
      '--consumer-group',
      uuid,
    ];
    const ran = await world.run(...words, '--yes', '--output', 'json');
    expect(ran.stderr).toMatch(/--function: removed the repeated beginning of the ARN/);
    expect(ran.stderr).toMatch(/cluster: it was a list of brokers/);
    expect(ran.stderr).toMatch(/topic: .*differs only in case: using orders/);
    expect(ran.stderr).toMatch(/secret: the ARN lacked its six-character suffix/);
    expect(ran.exitCode, ran.stdout).toBe(0);
    const made = Object.values(world.sandbox.snapshot().mappings).find(isOk)!.value;
    expect(made).toMatchObject({
      FunctionArn: functionArn,
      EventSourceArn: clusterArn,
      Topics: ['orders'],
      SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }],
    });
  });

  test('says which authentication Lambda would pick instead of the one that is asserted', async () => {
    const world = await serve(account);
    const { exitCode, document } = await world.json(...payments, '--auth', 'scram', '--yes');
    expect(exitCode).toBe(1);
    expect(document.message).toMatch(/Lambda would select iam, not scram/);
    expect(world.count('CreateEventSourceMapping')).toBe(0);
  });

  test.each<[string, string[]]>([
    ['create', payments],
    ['update', ['update', uuid, '--batch-size', '5']],
    ['enable', ['enable', uuid]],
    ['delete', ['delete', uuid]],
    ['recreate', ['recreate', uuid]],
  ])('%s says that AWS could not be read, in JSON too', async (_, words) => {
    const world = await serve(account, () => 'denied');
    const { exitCode, document } = await world.json(...words, '--yes');
    expect([exitCode, document.changed, document.outcome, document.plan], document.message).toEqual([
      3,
      0,
      'undecided',
      [],
    ]);
    expect(world.double.requests.filter((name) => / (Create|Update|Delete)/.test(name))).toEqual([]);
  });
});

describe('a mapping that is there', () => {
  let world: Account;
  beforeAll(async () => {
    world = await serve('endpoints');
  });

  test('is changed by what differs alone, and the second time not at all', async () => {
    const changed = await world.json(
      'update',
      uuid,
      '--batch-size',
      '7',
      '--metrics',
      'EventCount',
      '--tag',
      'team=orders',
      '--yes',
      '--wait',
    );
    expect([changed.exitCode, changed.document.changed]).toEqual([0, 1]);
    expect(changed.document.plan[0]?.calls).toEqual([
      {
        service: 'lambda',
        operation: 'UpdateEventSourceMapping',
        input: { UUID: uuid, BatchSize: 7, MetricsConfig: { Metrics: ['EventCount'] } },
      },
      {
        service: 'lambda',
        operation: 'TagResource',
        input: { Resource: expect.stringContaining(uuid) as string, Tags: { team: 'orders' } },
      },
    ]);
    const again = await world.json(
      'update',
      uuid,
      '--batch-size',
      '7',
      '--metrics',
      'EventCount',
      '--tag',
      'team=orders',
      '--yes',
    );
    expect([again.exitCode, again.document.changed]).toEqual([0, 0]);
    expect(world.count('UpdateEventSourceMapping')).toBe(1);
  });

  test('loses a tag and its log level, as far as Lambda can remove it', async () => {
    await world.json('update', uuid, '--minimum-pollers', '1', '--log-level', 'INFO', '--tag', 'cost=7', '--yes');
    const words = ['update', uuid, '--remove-tag', 'cost', '--remove-tag', 'absent', '--no-log-level'];
    const planned = await world.json(...words, '--dry-run');
    expect([planned.exitCode, planned.document.changed, planned.document.plan[0]?.calls]).toEqual([
      0,
      0,
      [
        {
          service: 'lambda',
          operation: 'UpdateEventSourceMapping',
          input: { UUID: uuid, LoggingConfig: { SystemLogLevel: 'WARN' } },
        },
        {
          service: 'lambda',
          operation: 'UntagResource',
          input: { Resource: expect.stringContaining(uuid) as string, TagKeys: ['cost'] },
        },
      ],
    ]);
    expect(world.count('UntagResource')).toBe(0);
    const done = await world.run(...words, '--yes');
    expect([done.exitCode, done.stderr]).toEqual([
      0,
      expect.stringContaining('Lambda cannot remove a log level: --no-log-level sets WARN') as string,
    ]);
    expect(world.count('UntagResource')).toBe(1);
    const again = await world.json(...words, '--yes');
    expect([again.exitCode, again.document.changed]).toEqual([0, 0]);
    const left = await world.json('update', uuid, '--tag', 'team=orders', '--tag', 'cost=7', '--dry-run');
    expect(left.document.plan[0]?.calls).toMatchObject([{ operation: 'TagResource', input: { Tags: { cost: '7' } } }]);
    expect(await world.run('update', uuid, '--remove-tag', 'aws:x', '--yes')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/aws:/) as string,
    });
  });

  test('keeps its topic, and recreate is offered', async () => {
    const { exitCode, document } = await world.json('update', uuid, '--topic', 'payments', '--yes');
    expect(exitCode).toBe(1);
    expect(document.message).toContain(`msk-lambda recreate ${uuid} --topic payments`);
  });

  test('is disabled, enabled and deleted', async () => {
    expect((await world.json('disable', uuid, '--yes', '--wait')).document.mapping?.state).toBe('Disabled');
    expect((await world.json('disable', uuid, '--yes')).document.changed).toBe(0);
    expect((await world.json('enable', uuid, '--yes', '--wait')).document.mapping).toMatchObject({
      state: 'Enabled',
      lastProcessingResult: 'OK',
    });
    expect((await world.json('delete', uuid, '--yes', '--wait')).document).toMatchObject({ changed: 1, mapping: null });
    expect((await world.run('delete', uuid, '--yes')).exitCode).toBe(2);
    expect(world.mappings()).toEqual([]);
  });
});

test('a change while another is under way waits for it', async () => {
  const world = await serve('endpoints', undefined, (answer) => {
    let left = 2;
    return async (call) => {
      if (call.operation === 'UpdateEventSourceMapping' && left-- > 0)
        throw Object.assign(new Error('in use'), {
          name: 'ResourceInUseException',
          $metadata: { httpStatusCode: 400 },
        });
      return answer(call);
    };
  });
  expect((await world.json('update', uuid, '--batch-size', '7', '--yes')).document).toMatchObject({
    changed: 1,
    outcome: 'done',
  });
});

describe('a mapping that goes meanwhile', () => {
  /** Deleting at its first looks, then gone. */
  const leaving = (looks: number) =>
    serve('endpoints', undefined, (answer) => {
      let left = looks;
      return async (call) => {
        if (call.operation !== 'GetEventSourceMapping') return answer(call);
        if (left-- <= 0)
          throw Object.assign(new Error('gone.'), {
            name: 'ResourceNotFoundException',
            $metadata: { httpStatusCode: 404 },
          });
        return { ...(await answer(call)), State: 'Deleting' };
      };
    });

  test('is waited for without a call, and without a yes', async () => {
    const world = await leaving(4);
    const { exitCode, document } = await world.json('delete', uuid, '--wait');
    expect([exitCode, document.changed, document.mapping]).toEqual([0, 0, null]);
    expect(world.count('DeleteEventSourceMapping')).toBe(0);
  });

  test('is not there', async () => {
    const ran = await (await leaving(1)).run('update', uuid, '--batch-size', '5', '--yes');
    expect([ran.exitCode, ran.stderr]).toEqual([
      2,
      expect.stringContaining(`the mapping ${uuid} no longer exists`) as string,
    ]);
  });
});
