import { afterEach, describe, expect, test } from 'vitest';
import { keys, sitDown, type Person } from './person.js';

let person: Person | undefined;
afterEach(() => person?.leave());

const start = (): Person =>
  (person = sitDown([
    'secret',
    'create',
    'new-user',
    '--username',
    'orders-reader',
    '--kms-key',
    '0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b',
    '--cluster',
    'orders-cluster',
    '--sandbox',
    'scram',
  ]));

async function typesPasswords(one: Person, first: string, second: string): Promise<void> {
  await one.sees('Password of orders-reader');
  one.types(first, keys.enter);
  await one.sees('Once more');
  one.types(second, keys.enter);
}

describe('secret create at a terminal', () => {
  test('asks for the password twice without showing it, then before each step', async () => {
    const one = start();
    await typesPasswords(one, 'marked-word', 'marked-word');
    await one.sees('Make the secret AmazonMSK_new-user?');
    one.types('y', keys.enter);
    await one.sees('Associate it with the cluster?');
    one.types('y', keys.enter);
    expect(await one.ends()).toBe(0);
    expect(one.all()).toContain('was made and associated');
    expect(one.all()).not.toContain('marked-word');
  });

  test('two passwords that differ make nothing', async () => {
    const one = start();
    await typesPasswords(one, 'marked-word', 'other-word');
    expect(await one.ends()).toBe(2);
    expect(one.all()).toContain('differ');
  });

  test('a no makes nothing; one at the second step says what was made, and how to go on', async () => {
    const one = start();
    await typesPasswords(one, 'marked-word', 'marked-word');
    await one.sees('Make the secret AmazonMSK_new-user?');
    one.types('y', keys.enter);
    await one.sees('Associate it with the cluster?');
    one.types('n', keys.enter);
    expect(await one.ends()).toBe(0);
    expect(one.all()).toMatch(/was made: arn:[\s\S]*was not associated[\s\S]*batch-associate-scram-secret/);
  });

  test('Ctrl-C at the second step says what was made', async () => {
    const one = start();
    await typesPasswords(one, 'marked-word', 'marked-word');
    await one.sees('Make the secret AmazonMSK_new-user?');
    one.types('y', keys.enter);
    await one.sees('Associate it with the cluster?');
    one.types(keys.interrupt);
    expect(await one.ends()).toBe(130);
    expect(one.all()).toMatch(/The secret was made: arn:/);
  });
});
