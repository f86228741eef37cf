/** Accounts that were written from AWS's documentation, without the program in view. */
import { describe, expect, test } from 'vitest';
import { accountWith } from '../../accounts/account.js';
import { nothingMeasured } from '../../checks/judging.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { MappingDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { says } from '../parts.js';
import { cannotAssume, cannotReach, connection, silent, unauthorized } from '../texts.js';
import { brokenMappings } from './broken-mappings.js';
import { brokenNetworks } from './broken-network.js';
import { brokenRights } from './broken-rights.js';
import { healthyMappings } from './healthy-mappings.js';
import { healthyNetworks } from './healthy-network.js';
import { healthyRights } from './healthy-rights.js';
import type { BrokenAccount } from './parts.js';
import { unreadAccounts } from './unread.js';

const of = ({ findings }: MappingDiagnosis, ...statuses: string[]): string[] =>
  findings
    .filter(({ status, severity }) => statuses.includes(status) && (status !== 'warn' || severity !== 'info'))
    .map(({ check, title }) => `${check}: ${title}`);

/** Blamed by elimination, where the text leaves nothing else. */
const byElimination: Record<string, RegExp> = { [unauthorized]: /^cluster\.acl:/, [cannotAssume]: /^access\.trust:/ };

describe('nothing is blamed:', () => {
  test.each([...healthyNetworks, ...healthyRights, ...healthyMappings])(
    '$name',
    ({ change, options, verdict = 'healthy', warns = [] }) => {
      const judged = (text: string | null) =>
        diagnose(
          accountWith((s) => {
            nothingMeasured(s);
            change(s);
            if (text !== null) says(text)(s);
          }, options),
        ).mappings[0]!;
      const working = judged(null);
      expect(of(working, 'fail', 'warn').filter((line) => !warns.includes(line.split(':')[0]!))).toEqual([]);
      expect(working.verdict).toBe(verdict);
      for (const text of [connection, cannotReach, unauthorized, cannotAssume, silent]) {
        const failing = of(judged(text), 'fail').filter((line) => byElimination[text]?.test(line) !== true);
        expect(
          failing.filter((line) => !warns.includes(line.split(':')[0]!)),
          text,
        ).toEqual([]);
      }
    },
  );
});

const findsFirst = ({ text, change, options, verdict = 'broken', first }: BrokenAccount): void => {
  const mapping = diagnose(
    accountWith((s) => {
      nothingMeasured(s);
      if (text !== undefined) says(text)(s);
      change(s);
    }, options),
  ).mappings[0]!;
  expect(mapping.causes[0]?.check ?? null, of(mapping, 'fail', 'unknown').join('\n')).toBe(first);
  expect(mapping.verdict).toBe(verdict);
};

describe('the cause comes first:', () => {
  test.each([...brokenNetworks, ...brokenRights, ...brokenMappings])('$name', findsFirst);
});

describe('what was not read is not guessed:', () => {
  test.each(unreadAccounts)('$name', findsFirst);
});
