import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { capturedAt } from '../../src/sandbox/healthy.js';
import { readThrough } from '../account/support/read.js';

const read = async (name: string) => {
  const { answer, snapshot } = openAccount(name, () => new Date(capturedAt))!;
  return (await readThrough(answer, {}, { region: snapshot().region })).snapshot;
};

describe('accounts that ship with the tool', () => {
  test.each(sandboxAccounts.map((account) => [account.name, account] as const))('%s', async (name, { healthy, firstCause }) => {
    const [mapping] = diagnose(await read(name)).mappings;
    const failing = mapping!.findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
    if (healthy) {
      expect(failing).toEqual([]);
      expect(mapping!.findings.filter(({ status }) => status === 'warn').map(({ check }) => check)).toEqual([]);
      expect(mapping!.verdict).toBe('healthy');
    } else {
      expect(mapping!.causes.map(({ check }) => check)[0], failing.join()).toBe(firstCause);
      expect(mapping!.verdict).toBe('broken');
    }
  });
});
