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
async function answers(one: Person, ...given: [question: string, what?: string][]): Promise<void> {
  for (const [question, what] of given) {
    await one.sees(asks(question));
    if (what !== undefined) {
      one.types(what);
      await one.sees(new RegExp(`\\? ${question}[^❯]*${what.slice(-8)}\\n[\\s\\S]*❯[\\s\\S]*⏎ select`));
    }
    one.types(keys.enter);
  }
}

const rest: [string][] = [
  ['How are the pollers'],
  ['Where is reading'],
  ['Which consumer'],
  ['How are records'],
  ['Which pollers'],
];

async function untilSummary(one: Person): Promise<void> {
  await answers(one, ...rest);
  await one.sees(line('Only records'));
  one.types(keys.enter);
  await answers(one, ['Where are records']);
  await one.sees(asks('Is this what'));
}

describe('the wizard', () => {
  test('leads from questions to a mapping that works', async () => {
    const one = start('--sandbox several');
    await answers(one, ['Which function', 'report'], ['Which cluster', 'orders'], ['Which topic']);
    await untilSummary(one);
    expect(one.all()).toMatch(
      /msk-lambda create --function report-builder --cluster orders-cluster --topic orders --starting-position TRIM_HORIZON --auth iam --sandbox several/,
    );
    one.types(keys.enter);
    await one.sees('Shall this mapping be made?');
    one.types('y', keys.enter);
    expect(await one.ends()).toBe(0);
    expect(one.all()).toMatch(/Lambda says OK/);
  });

  test('asks only for what the flags leave out, and its command line says the same without asking', async () => {
    const one = start(
      '--sandbox endpoints --function order-handler --cluster orders-cluster --topic payments --auth iam --consumer-group readers --batch-size 5 --minimum-pollers 1 --maximum-pollers 2 --filter {"value":{"a":[1]}} --on-failure arn:aws:sqs:eu-west-1:111122223333:failed --print-file',
    );
    await answers(one, ['Where is reading', 'oldest']);
    await one.sees(asks('Is this what'));
    const said = /msk-lambda (create .*)/.exec(one.all())![1]!;
    one.types(keys.enter);
    expect(await one.ends()).toBe(0);
    const words = [...said.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    const file = (await run([...words, '--print-file'])).stdout;
    expect(file).toContain('consumerGroup: readers');
    expect(one.all()).toContain(file.trim());
  });

  test('goes back a question by Ctrl-B and by the choice, and keeps what was answered at hand', async () => {
    const one = start('--sandbox several');
    await answers(one, ['Which function', 'payment'], ['Which cluster', 'orders']);
    await one.sees(asks('Which topic'));
    one.types(keys.back);
    // The answer of before is pointed at.
    await one.sees(/\? Which cluster[\s\S]*❯ orders-cluster/);
    one.types('back');
    await one.sees(/\? Which cluster.* back[\s\S]*❯ ← back/);
    one.types(keys.enter);
    await one.sees(/\? Which function[\s\S]*❯ payment-handler/);
    one.types(keys.back);
    await one.sees('This is the first question.');
    await answers(one, ['Which function', 'report'], ['Which cluster', 'orders'], ['Which topic']);
    expect(await one.sees(asks('How are the pollers'))).toMatch(
      /✔ Which function is to get the records\? report-builder/,
    );
  });

  test('says what is wrong with an answer, and takes the right one', async () => {
    const one = start(
      '--sandbox endpoints --function order-handler --cluster orders-cluster --topic payments --auth iam --starting-position AT_TIMESTAMP --consumer-group readers',
    );
    await one.sees(line('Since which instant'));
    one.types('tomorrow', keys.enter);
    await one.sees('The instant takes an instant');
    one.types(keys.erase, '2999-01-01T00:00:00Z', keys.enter);
    await one.sees('lies in the future');
    one.types(keys.erase, '2026-01-31T08:00:00Z', keys.enter);
    await answers(one, ['How are records', 'numbers']);
    await one.sees(line('Most records'));
    one.types('20000', keys.enter);
    await one.sees('The batch takes a whole number from 1 to 10,000');
    one.types(keys.erase, '50', keys.enter);
    await one.sees(line('Seconds to gather'));
    one.types('soon', keys.enter);
    await one.sees('It takes a whole number.');
    one.types(keys.erase, '2', keys.enter);
    await answers(one, ['Which pollers']);
    await one.sees(line('Only records'));
    one.types('{"value"', keys.enter);
    await one.sees(/The pattern is not valid/);
    one.types(keys.erase, '{"value":{"a":[1]}}', keys.enter);
    await one.sees(line('Or another pattern'));
    one.types(keys.enter);
    await answers(one, ['Where are records', 'queue']);
    await one.sees(line('Its ARN'));
    one.types('kafka://failed', keys.enter);
    await one.sees('needs provisioned pollers');
    one.types(keys.erase, 'arn:aws:sqs:eu-west-1:111122223333:failed', keys.enter);
    const summary = await one.sees(asks('Is this what'));
    expect(summary).toMatch(/begins\s+since 2026-01-31T08:00:00/);
    expect(summary).toMatch(/batch\s+50 records, 2 s/);
  });

  test('a list tells why a choice cannot be taken, and what was pasted is taken for what is meant', async () => {
    const one = start('--sandbox endpoints');
    await one.sees(asks('Which function'));
    one.types('arn:aws:lambda:eu-west-1:111122223333:function:order-handler:$LATEST');
    await one.sees(/❯ arn:aws:lambda:eu-west-1:111122223333:function:order-handler\n/);
    one.types(keys.enter);
    await answers(one, ['Which cluster']);
    const topics = await one.sees(asks('Which topic'));
    expect(topics).toMatch(/❯ payments\n\s*- orders \(5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 reads it/);
    one.types(keys.enter);
    const ways = await one.sees(asks('How are the pollers'));
    expect(ways).toMatch(/❯ IAM, without a secret\n\s*- SASL\/SCRAM, with a secret \(not switched on in the cluster\)/);
    expect(ways).toContain('Lambda picks it: the mapping names no secret and IAM access control is on');
  });

  test('with SASL/SCRAM asks for the secret', async () => {
    const one = start(
      '--sandbox scram --function order-handler --cluster orders-cluster --topic payments --batch-size 5 --consumer-group readers --filter {"value":{"a":[1]}} --minimum-pollers 1 --maximum-pollers 3 --on-failure arn:aws:sqs:eu-west-1:111122223333:failed',
    );
    const ways = await one.sees(asks('How are the pollers'));
    expect(ways).toMatch(/❯ SASL\/SCRAM, with a secret\n/);
    expect(ways).toMatch(/- TLS without authentication \(not switched on in the cluster, which takes SASL\/SCRAM\)/);
    one.types(keys.enter);
    await answers(one, ['Which secret holds the user'], ['Where is reading']);
    expect(await one.sees(asks('Is this what'))).toMatch(
      /login\s+scram, arn:aws:secretsmanager:\S+AmazonMSK_orders-Xy12Ab/,
    );
  });

  test('topics that cannot be listed are typed', async () => {
    const one = start('--sandbox serverless');
    await answers(one, ['Which function'], ['Which cluster']);
    await one.sees('MSK Serverless has no API that lists topics');
    await one.sees(line('Which topic'));
    one.types('a topic', keys.enter);
    await one.sees('The topic takes the name of a topic');
    one.types(keys.erase, 'returns', keys.enter);
    await one.sees(asks('How are the pollers'));
  });

  test('fits a terminal of 40 columns', async () => {
    const one = start('--sandbox several', { columns: 40, rows: 30 });
    await answers(one, ['Which function', 'payment'], ['Which cluster', 'orders'], ['Which topic']);
    await untilSummary(one);
    one.types(keys.down);
    await one.sees(/❯ no: leave/);
    one.types(keys.enter);
    expect(await one.ends()).toBe(0);
    expect(one.all()).toContain('Nothing was made.');
  });

  test.each([
    ['Ctrl-C', keys.interrupt],
    ['Ctrl-D', keys.end],
  ])('%s leaves with 130, and nothing was made', async (_, key) => {
    const one = start('--sandbox several');
    await answers(one, ['Which function', 'payment']);
    await one.sees(asks('Which cluster'));
    one.types(key);
    expect(await one.ends()).toBe(130);
    expect(one.all()).toMatch(/interrupted$/);
  });
});

describe('without a terminal', () => {
  test('the flags that are missing are named, and nothing is asked', async () => {
    const ran = await run(['create', '--sandbox', 'endpoints', '--function', 'order-handler']);
    expect([ran.exitCode, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/--cluster is missing/);
    expect(ran.stderr).not.toContain('?');
  });

  test('and where CI is set, nobody is asked at a terminal either', async () => {
    const one = start('--sandbox endpoints', { env: { CI: 'true' } });
    expect(await one.ends()).toBe(2);
    expect(one.all()).toMatch(/--function is missing/);
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
      const one = (person = sitDown(['create', '--function', 'order-handler'], {
        env: { ...credentials, AWS_ENDPOINT_URL: double.url },
      }));
      await one.sees('Reading clusters');
      one.types(keys.interrupt);
      expect(await one.ends()).toBe(130);
    } finally {
      await double.close();
    }
  });

  test('a list that is denied is made good by typing', async () => {
    const double = await startDouble(openAccount('endpoints')!.answer as Answerer, (name) =>
      name === 'kafka ListClustersV2' ? 'denied' : undefined,
    );
    try {
      const one = (person = sitDown(['create', '--function', 'order-handler'], {
        env: { ...credentials, AWS_ENDPOINT_URL: double.url },
      }));
      await one.sees('your credentials may not call kafka:ListClustersV2');
      await one.sees(line('Which cluster'));
      one.types(clusterArn, keys.enter);
      await one.sees(asks('Which topic'));
    } finally {
      await double.close();
    }
  });
});
