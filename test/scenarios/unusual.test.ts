import { describe, expect, test } from 'vitest';
import { accountWith, capturedAt } from '../accounts/account.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { MappingDiagnosis } from '../../src/diagnosis/diagnosis.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { readThrough } from '../account/support/read.js';
import { says, type Story } from './parts.js';
import { brokenAccounts } from './unusual-broken.js';
import { unusualAccounts } from './unusual-healthy.js';

const make = ({ text, change, options = {} }: { text?: string; change: Story; options?: object }): Snapshot =>
  accountWith((snapshot) => {
    if (text !== undefined) says(text)(snapshot);
    change(snapshot);
  }, options);

const first = (snapshot: Snapshot): MappingDiagnosis => diagnose(snapshot).mappings[0]!;
const failing = ({ findings }: MappingDiagnosis): string[] =>
  findings.filter(({ status }) => status === 'fail').map(({ check, title }) => `${check}: ${title}`);

describe('nothing fails in an unusual account that works:', () => {
  test.each(unusualAccounts.filter(({ asRead }) => asRead !== true))(
    '$name',
    ({ verdict = 'healthy', warns = [], ...account }) => {
      const mapping = first(make(account));
      const complaints = mapping.findings.filter(({ status }) => status === 'fail' || status === 'warn');
      expect(complaints.map(({ check }) => check).toSorted()).toEqual(warns.toSorted());
      expect(mapping.verdict).toBe(verdict);
    },
  );
});

const read = unusualAccounts.filter(({ verdict }) => verdict !== 'disabled');

describe('and as it is read:', () => {
  test.each(read)('$name', async ({ verdict = 'healthy', ...account }) => {
    const { answer } = createSandbox(make(account), { now: () => new Date(capturedAt) });
    const { snapshot } = await readThrough(answer);
    const mapping = diagnose(snapshot).mappings.find(({ verdict }) => verdict !== 'disabled')!;
    expect(failing(mapping)).toEqual([]);
    expect(mapping.verdict).toBe(verdict);
  });
});

describe('the cause comes first in an account that is broken:', () => {
  test.each(brokenAccounts)('$name', ({ verdict = 'broken', first: cause, only = false, ...account }) => {
    const mapping = first(make(account));
    const causes = mapping.causes.map(({ check }) => check);
    expect(causes[0] ?? null, failing(mapping).join('\n')).toBe(cause);
    if (only) expect(causes).toHaveLength(1);
    expect(mapping.verdict).toBe(verdict);
  });
});
