import { afterEach, describe, expect, test } from 'vitest';
import type { Answerer } from '../../../src/account/clients.js';
import { clusterArn } from '../../../src/sandbox/healthy.js';
import { openAccount } from '../../../src/sandbox/index.js';
import { startDouble } from '../../wire/double.js';
import { run } from '../program.js';
import { keys, sitDown, type Person, type Terminal } from './person.js';

let person: Person | undefined;
afterEach(() => person?.leave());

const start = (words: string, terminal?: Terminal): Person =>
  (person = sitDown(['create', ...words.split(' ')], terminal));

/** A question with its list, drawn to its last line. */
const asks = (question: string) => new RegExp(`\\? ${question}[\\s\\S]*❯[\\s\\S]*⏎ select`);
const line = (question: string) => new RegExp(`\\? ${question}`);

/** Takes the first choice of each list, or what is typed for it. */
async function answers(user: Person, ...given: [question: string, what?: string][]): Promise<void> {
  for (const [question, what] of given) {
    await user.sees(asks(question));
    if (what !== undefined) {
      user.types(what);
      await user.sees(new RegExp(`\\? ${question}[^❯]*${what.slice(-8)}\\n[\\s\\S]*❯[\\s\\S]*⏎ select`));
    }
    user.types(keys.enter);
  }
}

const rest: [string][] = [
  ['Authentication method'],
  ['Starting position'],
  ['Consumer group'],
  ['Batching'],
  ['Mode of the event pollers'],
];

async function untilSummary(user: Person): Promise<void> {
  await answers(user, ...rest);
  await user.sees(line('Event filter pattern'));
  user.types(keys.enter);
  await answers(user, ['Destination of records'], ['Start polling']);
  await user.sees(asks('Continue with'));
}

describe('the wizard', () => {
  test('leads from questions to a mapping that works', async () => {
    const user = start('--sandbox several');
    await answers(user, ['Function to invoke', 'report'], ['MSK cluster', 'orders'], ['Topic to read']);
    await untilSummary(user);
    expect(user.all()).toMatch(
      /msk-lambda create --function report-builder --cluster orders-cluster --topic orders --starting-position TRIM_HORIZON --auth iam --sandbox several/,
    );
    user.types(keys.enter);
    await user.sees('Create this mapping?');
    user.types('y', keys.enter);
    expect(await user.ends()).toBe(0);
    expect(user.all()).toMatch(/Lambda says OK/);
  });

  test('asks only for what the flags leave out, and its command line says the same without asking', async () => {
    const user = start(
      '--sandbox endpoints --function order-handler --cluster orders-cluster --topic payments --auth iam --consumer-group readers --batch-size 5 --minimum-pollers 1 --maximum-pollers 2 --filter {"value":{"a":[1]}} --on-failure arn:aws:sqs:eu-west-1:111122223333:failed --print-file',
    );
    await answers(user, ['Starting position', 'oldest'], ['Start polling']);
    await user.sees(asks('Continue with'));
    const sentence = /msk-lambda (create .*)/.exec(user.all())![1]!;
    user.types(keys.enter);
    expect(await user.ends()).toBe(0);
    const words = [...sentence.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    const file = (await run([...words, '--print-file'])).stdout;
    expect(file).toContain('consumerGroup: readers');
    expect(user.all()).toContain(file.trim());
  });

  test('goes back a question by Ctrl-B and by the choice, and keeps what was answered at hand', async () => {
    const user = start('--sandbox several');
    await answers(user, ['Function to invoke', 'payment'], ['MSK cluster', 'orders']);
    await user.sees(asks('Topic to read'));
    user.types(keys.back);
    // The answer of before is pointed at.
    await user.sees(/\? MSK cluster[\s\S]*❯ orders-cluster/);
    user.types('back');
    await user.sees(/\? MSK cluster.* back[\s\S]*❯ ← back/);
    user.types(keys.enter);
    await user.sees(/\? Function to invoke[\s\S]*❯ payment-handler/);
    user.types(keys.back);
    await user.sees('This is the first question.');
    await answers(user, ['Function to invoke', 'report'], ['MSK cluster', 'orders'], ['Topic to read']);
    expect(await user.sees(asks('Authentication method'))).toMatch(/✔ Function to invoke\? report-builder/);
  });

  test('says what is wrong with an answer, and takes the right one', async () => {
    const user = start(
      '--sandbox endpoints --function order-handler --cluster orders-cluster --topic payments --auth iam --starting-position AT_TIMESTAMP --consumer-group readers',
    );
    await user.sees(line('Read records written since'));
    user.types('tomorrow', keys.enter);
    await user.sees('The time must be a time such as');
    user.types(keys.erase, '2999-01-01T00:00:00Z', keys.enter);
    await user.sees('is in the future');
    user.types(keys.erase, '2026-01-31T08:00:00Z', keys.enter);
    await answers(user, ['Batching', 'custom']);
    await user.sees(line('Maximum number of records'));
    user.types('20000', keys.enter);
    await user.sees('The batch size must be a whole number from 1 to 10,000');
    user.types(keys.erase, '50', keys.enter);
    await user.sees(line('Maximum time to gather'));
    user.types('soon', keys.enter);
    await user.sees('Expected a whole number.');
    user.types(keys.erase, '2', keys.enter);
    await answers(user, ['Mode of the event pollers']);
    await user.sees(line('Event filter pattern'));
    user.types('{"value"', keys.enter);
    await user.sees(/The pattern is not valid/);
    user.types(keys.erase, '{"value":{"a":[1]}}', keys.enter);
    await user.sees(line('Another filter pattern'));
    user.types(keys.enter);
    await answers(user, ['Destination of records', 'queue']);
    await user.sees(line('ARN of the destination'));
    user.types('kafka://failed', keys.enter);
    await user.sees('requires provisioned mode');
    user.types(keys.erase, 'arn:aws:sqs:eu-west-1:111122223333:failed', keys.enter);
    await answers(user, ['Start polling']);
    const summary = await user.sees(asks('Continue with'));
    expect(summary).toMatch(/starting position\s+AT_TIMESTAMP – since 2026-01-31T08:00:00/);
    expect(summary).toMatch(/batch\s+50 records, 2 s/);
  });

  test('a list tells why a choice cannot be taken, and what was pasted is taken for what is meant', async () => {
    const user = start('--sandbox endpoints');
    await user.sees(asks('Function to invoke'));
    user.types('arn:aws:lambda:eu-west-1:111122223333:function:order-handler:$LATEST');
    await user.sees(/❯ arn:aws:lambda:eu-west-1:111122223333:function:order-handler\n/);
    user.types(keys.enter);
    await answers(user, ['MSK cluster']);
    const topics = await user.sees(asks('Topic to read'));
    expect(topics).toMatch(
      /❯ payments\n\s*- orders \(mapping 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 already connects it/,
    );
    user.types(keys.enter);
    const ways = await user.sees(asks('Authentication method'));
    expect(ways).toMatch(/❯ IAM, without a secret\n\s*- SASL\/SCRAM, with a secret \(not enabled in the cluster\)/);
    expect(ways).toContain('Lambda selects it: the mapping has no secret, and IAM authentication is enabled');
  });

  test('with SASL/SCRAM asks for the secret', async () => {
    const user = start(
      '--sandbox scram --function order-handler --cluster orders-cluster --topic payments --batch-size 5 --consumer-group readers --filter {"value":{"a":[1]}} --minimum-pollers 1 --maximum-pollers 3 --on-failure arn:aws:sqs:eu-west-1:111122223333:failed',
    );
    const ways = await user.sees(asks('Authentication method'));
    expect(ways).toMatch(/❯ SASL\/SCRAM, with a secret\n/);
    expect(ways).toMatch(/- TLS without authentication \(not enabled in the cluster; enabled: SASL\/SCRAM\)/);
    user.types(keys.enter);
    await answers(user, ['Secret with the user name'], ['Starting position'], ['Start polling']);
    expect(await user.sees(asks('Continue with'))).toMatch(
      /authentication\s+scram, arn:aws:secretsmanager:\S+AmazonMSK_orders-Xy12Ab/,
    );
  });

  test('topics that cannot be listed are typed', async () => {
    const user = start('--sandbox serverless');
    await answers(user, ['Function to invoke'], ['MSK cluster']);
    await user.sees('MSK Serverless has no API to list topics');
    await user.sees(line('Topic to read'));
    user.types('a topic', keys.enter);
    await user.sees('The topic must be a topic name');
    user.types(keys.erase, 'returns', keys.enter);
    await user.sees(asks('Authentication method'));
  });

  test('fits a terminal of 40 columns', async () => {
    const user = start('--sandbox several', { columns: 40, rows: 30 });
    await answers(user, ['Function to invoke', 'payment'], ['MSK cluster', 'orders'], ['Topic to read']);
    await untilSummary(user);
    user.types(keys.down);
    await user.sees(/❯ no – quit/);
    user.types(keys.enter);
    expect(await user.ends()).toBe(0);
    expect(user.all()).toContain('Nothing was created.');
  });

  test.each([
    ['Ctrl-C', keys.interrupt],
    ['Ctrl-D', keys.end],
  ])('%s leaves with 130, and nothing was made', async (_, key) => {
    const user = start('--sandbox several');
    await answers(user, ['Function to invoke', 'payment']);
    await user.sees(asks('MSK cluster'));
    user.types(key);
    expect(await user.ends()).toBe(130);
    expect(user.all()).toMatch(/Nothing was created\.\s+interrupted$/);
  });
});

describe('without a terminal', () => {
  test('the flags that are missing are named, and nothing is asked', async () => {
    const ran = await run(['create', '--sandbox', 'endpoints', '--function', 'order-handler']);
    expect([ran.exitCode, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/--cluster, --topic and --starting-position are missing/);
    expect(ran.stderr).not.toContain('?');
  });

  test('and where CI is set, nobody is asked at a terminal either', async () => {
    const user = start('--sandbox endpoints', { env: { CI: 'true' } });
    expect(await user.ends()).toBe(2);
    expect(user.all()).toMatch(/--function, --cluster, --topic and --starting-position are missing/);
  });
});

describe('where AWS is slow', () => {
  const credentials = {
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };

  test('Ctrl-C leaves while a list is read', async () => {
    const double = await startDouble(openAccount('endpoints')!.answer as Answerer, (name) =>
      name === 'kafka ListClustersV2' ? 'hung' : undefined,
    );
    try {
      const user = (person = sitDown(['create', '--function', 'order-handler'], {
        env: { ...credentials, AWS_ENDPOINT_URL: double.url },
      }));
      await user.sees('Reading clusters');
      user.types(keys.interrupt);
      expect(await user.ends()).toBe(130);
    } finally {
      await double.close();
    }
  });

  test('a list that is denied is made good by typing', async () => {
    const double = await startDouble(openAccount('endpoints')!.answer as Answerer, (name) =>
      name === 'kafka ListClustersV2' ? 'denied' : undefined,
    );
    try {
      const user = (person = sitDown(['create', '--function', 'order-handler'], {
        env: { ...credentials, AWS_ENDPOINT_URL: double.url },
      }));
      await user.sees('your credentials need kafka:ListClustersV2');
      await user.sees(line('MSK cluster'));
      user.types(clusterArn, keys.enter);
      await user.sees(asks('Topic to read'));
    } finally {
      await double.close();
    }
  });
});
