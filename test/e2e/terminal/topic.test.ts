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
  const one = start();
  await one.sees('Create the topic returns with 6 partitions and replication factor 3 in orders-cluster?');
  one.types('y', keys.enter);
  expect(await one.ends()).toBe(0);
  expect(one.all()).toContain('The topic returns is there.');
});

test('and not after a no', async () => {
  const one = start();
  await one.sees('Create the topic returns');
  one.types(keys.enter);
  expect(await one.ends()).toBe(0);
  expect(one.all()).toContain('Nothing was changed.');
});

test('nor after Ctrl-C', async () => {
  const one = start();
  await one.sees('Create the topic returns');
  one.types(keys.interrupt);
  expect(await one.ends()).toBe(130);
});

test('Ctrl-C while it is waited for says that it stays', async () => {
  const one = start();
  await one.sees('Create the topic returns');
  one.types('y', keys.enter);
  await one.sees('Creating the topic');
  one.types(keys.interrupt);
  expect(await one.ends()).toBe(130);
  expect(one.all()).toMatch(/The topic returns is being created, and stays/);
});
