import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import createSchema from '../../schema/topic-create.v1.json' with { type: 'json' };
import listSchema from '../../schema/topic-list.v1.json' with { type: 'json' };
import { run } from './program.js';

const ajv = new Ajv2020();
const topic = (words: string, sandbox = 'endpoints') => run(['topic', ...words.split(' '), '--sandbox', sandbox]);
const wanted = 'create orders-cluster --topic returns --partitions 6 --replication-factor 3';

describe('topic list', () => {
  test('shows names and partitions, the names alone, or a document', async () => {
    expect(await topic('list orders-cluster')).toMatchObject({
      exitCode: 0,
      stdout: 'orders    6 partitions, replication factor 3\npayments  3 partitions, replication factor 3\n',
    });
    expect((await topic('list orders-cluster --quiet')).stdout).toBe('orders\npayments\n');
    const document: unknown = JSON.parse((await topic('list orders-cluster --output json')).stdout);
    expect(ajv.validate(listSchema, document), ajv.errorsText()).toBe(true);
  });

  test.each([
    {
      name: 'a cluster that is not there',
      words: 'list other',
      sandbox: 'endpoints',
      exitCode: 2,
      sentence: /MSK cluster not found in eu-west-1: other\./,
    },
    {
      name: 'Serverless',
      words: 'list orders-cluster',
      sandbox: 'serverless',
      exitCode: 2,
      sentence: /MSK Serverless has no API to list topics/,
    },
    {
      name: 'topics that may not be read',
      words: 'list orders-cluster',
      sandbox: 'works-half-readable',
      exitCode: 3,
      sentence: /could not be read.*\n.*kafka:ListTopics/,
    },
  ])('$name', async ({ words, sandbox, exitCode, sentence }) => {
    const ran = await topic(words, sandbox);
    expect([ran.exitCode, ran.stdout]).toEqual([exitCode, '']);
    expect(ran.stderr).toMatch(sentence);
  });
});

describe('topic create', () => {
  test('--dry-run shows the call and makes none', async () => {
    const ran = await topic(`${wanted} --config retention.ms=1000 --dry-run`);
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toMatch(
      /aws kafka create-topic --cluster-arn arn:\S+ --topic-name returns --partition-count 6 --replication-factor 3 --configs \S+ --region eu-west-1\n$/,
    );
  });

  test('--yes makes it and waits until it is ACTIVE', async () => {
    const ran = await topic(`${wanted} --yes --output json`);
    const document = JSON.parse(ran.stdout) as { changed: number; topic: { status: string } };
    expect(ajv.validate(createSchema, document), ajv.errorsText()).toBe(true);
    expect([ran.exitCode, document.changed, document.topic.status]).toEqual([0, 1, 'ACTIVE']);
  });

  test('an equal one that is there changes nothing; one that differs says how', async () => {
    expect(
      await topic('create orders-cluster --topic orders --partitions 6 --replication-factor 3 --yes'),
    ).toMatchObject({ exitCode: 0, stdout: 'The topic orders already exists with these settings.\n' });
    expect(
      await topic('create orders-cluster --topic orders --partitions 9 --replication-factor 3 --yes'),
    ).toMatchObject({
      exitCode: 1,
      stdout: 'The topic orders already exists, but the number of partitions is 6, not 9.\n',
    });
  });

  test.each([
    {
      name: 'nobody to confirm',
      words: wanted,
      sandbox: 'endpoints',
      exitCode: 2,
      sentence: /not a terminal: pass --yes/,
    },
    {
      name: 'no name',
      words: 'create orders-cluster --partitions 1 --replication-factor 1',
      sandbox: 'endpoints',
      exitCode: 2,
      sentence: /missing required flag: --topic\n/,
    },
    {
      name: 'nothing at all',
      words: 'create orders-cluster',
      sandbox: 'endpoints',
      exitCode: 2,
      sentence: /missing required flags: --topic, --partitions, --replication-factor\n/,
    },
    {
      name: 'no number',
      words: `${wanted} --partitions many`,
      sandbox: 'endpoints',
      exitCode: 2,
      sentence: /whole number/,
    },
    {
      name: 'more copies than brokers',
      words: wanted.replace('factor 3', 'factor 5'),
      sandbox: 'endpoints',
      exitCode: 2,
      sentence: /the replication factor 5 is greater than the number of brokers, 3\./,
    },
    {
      name: 'configuration without a value',
      words: `${wanted} --config retention`,
      sandbox: 'endpoints',
      exitCode: 2,
      sentence: /NAME=VALUE/,
    },
    { name: 'Serverless', words: wanted, sandbox: 'serverless', exitCode: 2, sentence: /Serverless/ },
  ])('$name', async ({ words, sandbox, exitCode, sentence }) => {
    const ran = await topic(words, sandbox);
    expect([ran.exitCode, ran.stdout]).toEqual([exitCode, '']);
    expect(ran.stderr).toMatch(sentence);
  });
});

test.each([
  ['list orders-cluster', { topics: null }],
  [`${wanted} --yes`, { changed: 0, topic: null }],
])('%s, where topics may not be read: a document that says nothing more', async (words, document) => {
  const ran = await topic(`${words} --output json`, 'works-half-readable');
  expect([ran.exitCode, JSON.parse(ran.stdout)]).toMatchObject([3, document]);
});
