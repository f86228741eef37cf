/** Fixes as they are shown: every command to copy is one that the AWS CLI takes. */
import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { canReplay } from '../../src/simulate/simulate.js';
import { renderCli } from '../../src/fixes/render-cli.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { faultOf } from './aws-cli.js';

const fixes = sandboxAccounts.flatMap((account) =>
  diagnose(account.build()).mappings.flatMap(({ findings }) => findings.flatMap((finding) => finding.fixes)),
);
const calls = fixes
  .flatMap(({ changes }) => changes)
  .flatMap(({ undo, ...call }) => (undo === null ? [call] : [call, undo]));

test('there are many of many kinds', () =>
  expect(new Set(calls.map(({ service, operation }) => `${service} ${operation}`)).size).toBeGreaterThan(8));

test('each is a command, with options that it has', () => {
  const lines = [...new Set(calls.map((call) => renderCli(call, { region: 'eu-west-1' })))];
  expect(lines.flatMap((line) => (faultOf(line) === undefined ? [] : [`${faultOf(line)!}: ${line}`]))).toEqual([]);
});

test('each can be played on a snapshot, so that it is proved there before it is applied', () =>
  expect([
    ...new Set(calls.filter((call) => !canReplay(call)).map(({ service, operation }) => `${service} ${operation}`)),
  ]).toEqual([]));

test('by hand means no changes, and every other fix has some', () => {
  for (const { safety, changes, title } of fixes) expect(changes.length > 0, title).toBe(safety !== 'by-hand');
});
