import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { Back, type Choice, type Line, type List, type Prompts } from '../../src/cli/commands/create/wizard/prompts.js';
import { openLists } from '../../src/cli/commands/create/wizard/account-lists.js';
import { runWizard } from '../../src/cli/commands/create/wizard/wizard.js';
import { settingsFromOptions } from '../../src/cli/flags/mapping-flags.js';
import type { MappingSettings } from '../../src/mapping/settings.js';
import { toFlags } from '../../src/mapping/to-flags.js';
import { validateSettings } from '../../src/mapping/validate.js';
import { capturedAt, region } from '../../src/sandbox/healthy.js';
import { openAccount } from '../../src/sandbox/index.js';
import { runs } from '../random/seed.js';

const now = new Date(capturedAt);

/** What is done at a question: the n-th choice that can be taken, a text, or going back. */
type Act = { take: number } | { text: string } | 'back';

/** Answers as it is told, then the first choice and a text that fits. A text that is wrong is told why, and asked for again. */
function someone(acts: Act[]) {
  const asked: string[] = [];
  const output: string[] = [];
  // Who comes to a dead end takes another way the next time.
  let deadEnds = 0;
  const fitting = [
    '',
    '5',
    'returns',
    'order-handler',
    'orders-cluster',
    '2026-01-31T08:00:00Z',
    '{"value":{"a":[1]}}',
    'arn:aws:sqs:eu-west-1:111122223333:failed',
    'AmazonMSK_orders',
  ];
  const next = (): Act | undefined => {
    const act = acts.shift();
    if (act === 'back') throw new Back();
    return act;
  };
  const prompts: Prompts = {
    choose: async <T>({ message, choices, typed }: List<T>): Promise<T> => {
      asked.push(message);
      const act = next();
      const free = choices.filter(({ disabled }) => disabled === undefined);
      if (act !== undefined && typeof act !== 'string' && 'text' in act) {
        const typedValue = await typed?.(act.text);
        const [first] = [typedValue ?? []].flat() as readonly Choice<T>[];
        if (first !== undefined) return first.value;
      }
      // With nothing to take, a person can go back only.
      if (free.length === 0) {
        deadEnds++;
        throw new Back();
      }
      return free[(act !== undefined && typeof act !== 'string' && 'take' in act ? act.take : deadEnds) % free.length]!
        .value;
    },
    type: async ({ message, fault = () => null }: Line): Promise<string> => {
      asked.push(message);
      const act = next();
      if (act !== undefined && typeof act !== 'string' && 'text' in act && fault(act.text) === null) return act.text;
      const answer = fitting.find((text) => fault(text) === null);
      if (answer === undefined) throw new Error(`nothing fits ${message}`);
      return answer;
    },
    say: (text) => output.push(text),
    show: (text) => output.push(text),
  };
  return { prompts, asked, output };
}

async function ask(sandbox: string, acts: Act[] = [], given: Partial<MappingSettings> = {}) {
  const { answer } = openAccount(sandbox, () => now)!;
  const calls: string[] = [];
  const answerer: Answerer = async (call) => {
    calls.push(call.operation);
    return answer(call);
  };
  const clients = createClients({ region, answerer });
  const user = someone(acts);
  const agreed = await runWizard({
    prompts: user.prompts,
    lists: openLists(
      () => clients,
      async (_, work) => work(),
    ),
    given,
    now,
    accountFlags: ['--region', region],
    disabledTest: false,
  });
  return { ...user, settings: agreed?.settings ?? null, disabledTest: agreed?.disabledTest, calls };
}

describe('from start to end', () => {
  test('the first of everything is a mapping with Lambda’s defaults', async () => {
    const { settings, output } = await ask('endpoints');
    expect(settings).toEqual({
      function: 'order-handler',
      cluster: 'orders-cluster',
      topic: 'payments',
      auth: 'iam',
      startingPosition: 'TRIM_HORIZON',
    });
    expect(output.at(-1)).toContain(
      'msk-lambda create --function order-handler --cluster orders-cluster --topic payments --starting-position TRIM_HORIZON --auth iam --region eu-west-1',
    );
  });

  test('the other of everything asks for the details', async () => {
    const details: Act[] = [
      { take: 0 },
      { take: 0 },
      { take: 0 },
      { take: 0 },
      { take: 2 },
      { text: '1767225600' },
      { take: 1 },
      { text: 'readers' },
      { take: 1 },
      { text: '20' },
      { text: '3' },
      { take: 1 },
      { text: '2' },
      { text: '4' },
      { text: '{"value":{"a":[1]}}' },
      { text: '{"value":{"a":[2]}}' },
      { text: '' },
      { take: 1 },
      { text: 'kafka://failed' },
      { take: 2 },
    ];
    expect((await ask('endpoints', details)).settings).toEqual({
      function: 'order-handler',
      cluster: 'orders-cluster',
      topic: 'payments',
      auth: 'iam',
      startingPosition: 'AT_TIMESTAMP',
      startingPositionTimestamp: '2026-01-01T00:00:00.000Z',
      consumerGroup: 'readers',
      batchSize: 20,
      batchingWindow: 3,
      provisionedPollers: { minimum: 2, maximum: 4 },
      filters: ['{"value":{"a":[1]}}', '{"value":{"a":[2]}}'],
      onFailure: 'kafka://failed',
      enabled: false,
    });
  });

  test('a disabled test is an answer, and a flag of the printed command', async () => {
    const given: Partial<MappingSettings> = { batchSize: 5, consumerGroup: 'readers', onFailure: 'arn:aws:sqs:x' };
    const { settings, disabledTest, output } = await ask(
      'endpoints',
      [...Array.from({ length: 7 }, (): Act => ({ take: 0 })), { take: 1 }],
      given,
    );
    expect(settings).toMatchObject(given);
    expect(disabledTest).toBe(true);
    expect(output.at(-1)).toContain(' --disabled-test ');
  });

  test('leaving at the end gives nothing', async () => {
    const { settings } = await ask('endpoints', [...Array.from({ length: 11 }, (): Act => ({ take: 0 })), { take: 1 }]);
    expect(settings).toBeNull();
  });

  test('what flags gave is not asked for, and stays', async () => {
    const given: Partial<MappingSettings> = {
      function: 'order-handler',
      cluster: 'orders-cluster',
      topic: 'payments',
      secret: 'AmazonMSK_orders',
      auth: 'scram',
      batchSize: 7,
      enabled: false,
    };
    const { settings, asked } = await ask('scram', [], given);
    expect(settings).toEqual({ ...given, startingPosition: 'TRIM_HORIZON' });
    expect(
      asked.some(
        (message) =>
          /function|cluster|topic|authentication|secret|batch/i.test(message) && !message.startsWith('Destination of'),
      ),
    ).toBe(false);
  });

  test('with SASL/SCRAM alone the secret is asked for', async () => {
    const { settings, asked } = await ask('scram');
    expect(asked).toContain('Secret with the user name and password?');
    expect(settings).toMatchObject({
      auth: 'scram',
      secret: expect.stringContaining(':secret:AmazonMSK_orders-') as string,
    });
  });
});

describe('what cannot be listed', () => {
  test.each([
    ['serverless', /^The topics cannot be listed: MSK Serverless has no API to list topics\.$/],
    ['works-half-readable', /^The topics could not be listed: your credentials need kafka:ListTopics\.$/],
  ])('is typed, with the reason: %s', async (sandbox, reason) => {
    const { output, settings } = await ask(sandbox, [{ take: 0 }, { take: 0 }, { text: 'returns' }]);
    expect(output.find((text) => reason.test(text))).toBeDefined();
    expect(settings).toMatchObject({ topic: 'returns' });
  });

  test('a list of brokers in the place of the cluster leads to it', async () => {
    const { settings } = await ask('several', [
      { take: 1 },
      { text: 'b-2.auditcluster.def456.c2.kafka.eu-west-1.amazonaws.com:9098' },
      'back',
      { take: 1 },
    ]);
    expect(settings).toMatchObject({ cluster: 'orders-cluster' });
    const { settings: straight } = await ask('several', [
      { take: 2 },
      { text: 'b-2.auditcluster.def456.c2.kafka.eu-west-1.amazonaws.com:9098' },
    ]);
    expect(straight).toMatchObject({ function: 'payment-handler', cluster: 'audit-cluster' });
  });

  test('another account’s cluster is given by the ARN of its VPC connection', async () => {
    const arn =
      'arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/orders-cluster/9a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2';
    const { settings, calls } = await ask('endpoints', [{ take: 0 }, { text: arn }, { text: 'returns' }]);
    expect(settings).toMatchObject({ cluster: arn, topic: 'returns', auth: 'iam' });
    expect(calls).not.toContain('ListTopics');
  });
});

describe('however it is walked', () => {
  const act = fc.oneof(
    { weight: 4, arbitrary: fc.record({ take: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.constant<Act>('back') },
    {
      weight: 2,
      arbitrary: fc.record({
        text: fc.oneof(
          fc.string(),
          fc.constantFrom('returns', '7', '-1', '{}', 'kafka://x', 'order-handler:live', '1767225600'),
        ),
      }),
    },
  );

  test.each(['several', 'scram', 'mtls', 'serverless', 'works-half-readable'])(
    '%s: it ends in settings that Lambda can take and that flags can say, or in leaving, and changes nothing',
    async (sandbox) => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
          const { settings, calls } = await ask(
            sandbox,
            acts as Act[],
            sandbox === 'several' ? {} : { topic: 'payments' },
          );
          expect(calls.filter((name) => !/^(List|Describe|Get)/.test(name))).toEqual([]);
          if (settings === null) return;
          expect(validateSettings(settings, { now })).toEqual([]);
          expect(settingsFromOptions(await parse(toFlags(settings)))).toEqual(settings);
        }),
        { numRuns: runs(40) },
      );
    },
  );
});

/** Words through commander, as `create` takes them. */
async function parse(words: string[]): Promise<object> {
  const { Command } = await import('commander');
  const { mappingOptions } = await import('../../src/cli/flags/mapping-flags.js');
  const command = new Command().exitOverride();
  for (const option of mappingOptions('create')) command.addOption(option);
  return command.parse(words, { from: 'user' }).opts();
}
