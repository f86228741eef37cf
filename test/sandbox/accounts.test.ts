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
  test.each(sandboxAccounts.map((account) => [account.name, account] as const))(
    '%s',
    async (name, { healthy, verdict, firstCause, warnings }) => {
      const [mapping] = diagnose(await read(name)).mappings;
      const failing = mapping!.findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
      const warned = mapping!.findings.filter(({ status }) => status === 'warn').map(({ check }) => check);
      if (healthy) {
        expect(failing).toEqual([]);
        expect(warned).toEqual([]);
        expect(mapping!.verdict).toBe('healthy');
      } else {
        expect(mapping!.causes[0]?.check ?? null, failing.join()).toBe(firstCause);
        expect(mapping!.verdict).toBe(verdict);
        if (warnings !== undefined) expect(warned).toEqual(warnings);
      }
    },
  );
});

test('a region with several mappings has one in every condition', async () => {
  const { summary, mappings } = diagnose(await read('several'));
  expect(summary).toEqual({ healthy: 2, atRisk: 1, broken: 2, disabled: 1, unknown: 0 });
  expect(new Set(mappings.map(({ functionArn }) => functionArn)).size).toBe(4);
  expect(mappings.map(({ verdict, causes: [cause] }) => [verdict, cause?.check])).toEqual([
    ['broken', 'cluster.topic'],
    ['broken', 'access.kafka-group'],
    ['disabled', 'mapping.state'],
    ['at-risk', undefined],
    ['healthy', undefined],
    ['healthy', undefined],
  ]);
});

test('what could not be read is said, and does not become a fault', async () => {
  const [working] = diagnose(await read('works-half-readable')).mappings;
  expect(
    working!.findings.filter(({ status }) => status === 'unknown').flatMap(({ missingActions }) => missingActions),
  ).toContain('iam:GetRole');
  expect([working!.verdict, working!.causes]).toEqual(['healthy', []]);
});
