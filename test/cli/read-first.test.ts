/** Flags that are wrong are refused before AWS is asked. */
import { expect, test } from 'vitest';
import { openAccount } from '../../src/sandbox/index.js';
import { startDouble } from '../wire/double.js';
import { runInProcess } from './in-process.js';

test.each([
  ['--check', 'nosuch'],
  ['--yes'],
  ['--dry-run'],
  ['--allow-risky'],
  ['--change-owned'],
  ['--choose', '1'],
  ['--all', 'order-handler'],
])('doctor %s %s asks nothing', async (...words) => {
  const double = await startDouble(openAccount('endpoints')!.answer);
  const { exitCode } = await runInProcess(['doctor', '--region', 'eu-west-1', '--endpoint-url', double.url, ...words]);
  await double.close();
  expect(exitCode).toBe(2);
  expect(double.requests).toEqual([]);
});
