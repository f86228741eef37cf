/** What is asked at a terminal before the account is changed. */
import { afterEach, describe, expect, test } from 'vitest';
import { uuid } from '../../../src/sandbox/healthy.js';
import { keys, sitDown, type Person } from './person.js';

let person: Person | undefined;
afterEach(() => person?.leave());
const start = (words: string): Person => (person = sitDown(words.split(' ')));

const payments =
  'create --function order-handler --cluster orders-cluster --topic payments --starting-position TRIM_HORIZON';

describe('create', () => {
  test('offers each fix that only adds what is needed, makes those agreed to, and then the mapping', async () => {
    const user = start(`${payments} --sandbox endpoints`);
    await user.sees(
      /Blocking problems[\s\S]*access\.kafka-topic[\s\S]*kafka-cluster:DescribeTopic[\s\S]*Apply this fix now\?/,
    );
    user.types('y', keys.enter);
    await user.sees(/access\.kafka-group[\s\S]*Apply this fix now\?/);
    user.types('y', keys.enter);
    await user.sees(/create {2}order-handler ← payments[\s\S]*Create this mapping\?/);
    user.types('y', keys.enter);
    expect(await user.ends()).toBe(0);
    expect(user.all().replace(/\s+/g, ' ')).toMatch(
      /Fixes made.*to undo it: aws iam delete-role-policy.*Lambda says OK/,
    );
  });

  test('makes nothing where a fix is declined that is needed', async () => {
    const user = start(`${payments} --sandbox endpoints`);
    await user.sees(/access\.kafka-topic[\s\S]*Apply this fix now\?/);
    user.types('n', keys.enter);
    expect(await user.ends()).toBe(1);
    expect(user.all().match(/Apply this fix now\?/g)).toHaveLength(1);
    expect(user.all()).toMatch(
      /Nothing was created\. 2 failing checks block it: access\.kafka-topic, access\.kafka-group/,
    );
  });

  test('makes nothing without a yes', async () => {
    const user = start(`${payments} --sandbox rights-by-wildcard`);
    await user.sees('Create this mapping?');
    user.types(keys.enter);
    expect(await user.ends()).toBe(0);
    expect(user.all()).toContain('Nothing was created.');
  });

  test('is left by Ctrl-C at a question, with nothing made', async () => {
    const user = start(`${payments} --sandbox rights-by-wildcard`);
    await user.sees('Create this mapping?');
    user.types(keys.interrupt);
    expect(await user.ends()).toBe(130);
  });
});

test.each([
  [`update ${uuid} --batch-size 7`, 'Update the mapping?', /batchSize: 100 → 7/],
  [`disable ${uuid}`, 'Disable the mapping?', /Disabled, as requested/],
  [`delete ${uuid}`, 'Delete the mapping?', /was deleted/],
  [`recreate ${uuid}`, 'Delete and recreate the mapping?', /was deleted\. The mapping \S+ was created/],
])('%s asks, and waits', async (words, question, sentence) => {
  const user = start(`${words} --sandbox rights-by-wildcard`);
  await user.sees(question);
  user.types('y', keys.enter);
  expect(await user.ends()).toBe(0);
  expect(user.all().replace(/\s+/g, ' ')).toMatch(sentence);
});
