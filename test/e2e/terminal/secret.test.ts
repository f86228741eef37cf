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

async function typesPasswords(user: Person, first: string, second: string): Promise<void> {
  await user.sees('Password of orders-reader');
  user.types(first, keys.enter);
  await user.sees('Repeat the password');
  user.types(second, keys.enter);
}

describe('secret create at a terminal', () => {
  test('asks for the password twice without showing it, then before each step', async () => {
    const user = start();
    await typesPasswords(user, 'marked-word', 'marked-word');
    await user.sees('Create the secret AmazonMSK_new-user?');
    user.types('y', keys.enter);
    await user.sees('Associate it with the cluster?');
    user.types('y', keys.enter);
    expect(await user.ends()).toBe(0);
    expect(user.all()).toContain('was created and associated');
    expect(user.all()).not.toContain('marked-word');
  });

  test('two passwords that differ make nothing', async () => {
    const user = start();
    await typesPasswords(user, 'marked-word', 'other-word');
    expect(await user.ends()).toBe(2);
    expect(user.all()).toContain('differ');
  });

  test('a no makes nothing; one at the second step says what was made, and how to go on', async () => {
    const user = start();
    await typesPasswords(user, 'marked-word', 'marked-word');
    await user.sees('Create the secret AmazonMSK_new-user?');
    user.types('y', keys.enter);
    await user.sees('Associate it with the cluster?');
    user.types('n', keys.enter);
    expect(await user.ends()).toBe(0);
    expect(user.all()).toMatch(/was created: arn:[\s\S]*was not associated[\s\S]*batch-associate-scram-secret/);
  });

  test('Ctrl-C at the second step says what was made', async () => {
    const user = start();
    await typesPasswords(user, 'marked-word', 'marked-word');
    await user.sees('Create the secret AmazonMSK_new-user?');
    user.types('y', keys.enter);
    await user.sees('Associate it with the cluster?');
    user.types(keys.interrupt);
    expect(await user.ends()).toBe(130);
    expect(user.all()).toMatch(/The secret was created: arn:/);
  });
});
