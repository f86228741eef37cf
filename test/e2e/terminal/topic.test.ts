import { afterEach, expect, test } from 'vitest';
import { keys, sitDown, type Person } from './person.js';

let person: Person | undefined;
afterEach(() => person?.leave());

const start = (): Person =>
  (person = sitDown([
    'topic',
    'create',
    'orders-cluster',
    '--topic',
    'returns',
    '--partitions',
    '6',
    '--replication-factor',
    '3',
    '--sandbox',
    'endpoints',
  ]));

test('a topic is made after a yes', async () => {
  const user = start();
  await user.sees('Create the topic returns with 6 partitions and replication factor 3 in orders-cluster?');
  user.types('y', keys.enter);
  expect(await user.ends()).toBe(0);
  expect(user.all()).toContain('The topic returns is active.');
});

test('and not after a no', async () => {
  const user = start();
  await user.sees('Create the topic returns');
  user.types(keys.enter);
  expect(await user.ends()).toBe(0);
  expect(user.all()).toContain('Nothing was changed.');
});

test('nor after Ctrl-C', async () => {
  const user = start();
  await user.sees('Create the topic returns');
  user.types(keys.interrupt);
  expect(await user.ends()).toBe(130);
});

test('Ctrl-C while it is waited for says that it stays', async () => {
  const user = start();
  await user.sees('Create the topic returns');
  user.types('y', keys.enter);
  await user.sees('Creating the topic');
  user.types(keys.interrupt);
  expect(await user.ends()).toBe(130);
  expect(user.all()).toMatch(/The topic returns is being created/);
});
