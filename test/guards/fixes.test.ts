/** Fixes as they are shown: every command to copy is one that the AWS CLI takes. */
import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { costOf, costs } from '../../src/fixes/cost.js';
import type { Fix } from '../../src/fixes/fix.js';
import { isOk } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { canReplay, replayAll } from '../../src/simulate/simulate.js';
import { renderCli } from '../../src/fixes/render-cli.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { faultOf } from './aws-cli.js';

const found = sandboxAccounts.flatMap((account) => {
  const snapshot = account.build();
  return diagnose(snapshot).mappings.flatMap(({ findings }) =>
    findings.map((finding) => ({ account: account.name, snapshot, finding })),
  );
});
const fixes = found.flatMap(({ finding }) => finding.fixes);
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

test('a free fix comes before one that AWS bills, and what removes a setting comes last', () => {
  const removes = ({ title }: Fix) => /^Remove the (destination|filter|schema registry)/.test(title);
  for (const { account, finding } of found) {
    const byCall = finding.fixes.filter(({ changes }) => changes.length > 0);
    const kept = byCall.filter((fix) => !removes(fix)).map((fix) => costs.indexOf(costOf(fix)));
    expect(kept, `${account}: ${finding.check}`).toEqual(kept.toSorted((a, b) => a - b));
    expect(byCall.slice(kept.length).every(removes), `${account}: ${finding.check}`).toBe(true);
  }
});

/** What is made has no value before; what was deleted is gone; what Lambda or IAM would refuse cannot be set back. */
const withoutUndo = new Set([
  'CreateVpcEndpoint',
  'DeleteVpcEndpoints',
  'DeleteNetworkInterface',
  // With a topic its records are deleted.
  'CreateTopic',
  // What invokes the version by then would fail.
  'PublishVersion',
]);

test('every other call has an undo', () => {
  const missing = fixes.flatMap(({ title, changes }) =>
    changes.flatMap(({ operation, undo }) =>
      undo === null && !withoutUndo.has(operation) ? [`${operation}: ${title}`] : [],
    ),
  );
  expect([...new Set(missing)]).toEqual([]);
});

test('an undo brings back what was there', () => {
  const shape = (snapshot: Snapshot) => {
    const copy = structuredClone(snapshot);
    for (const read of Object.values(copy.mappings))
      if (isOk(read)) {
        // When and by whom it was changed is another matter.
        delete read.value.LastModified;
        delete read.value.StateTransitionReason;
      }
    for (const policy of Object.keys(copy.managedPolicies))
      // A policy of AWS's own is known once it was attached.
      if (policy.includes(':aws:policy/')) delete copy.managedPolicies[policy];
    // The day of a deletion is another one.
    for (const read of Object.values(copy.secrets))
      if (isOk(read) && read.value.DeletedDate !== undefined) read.value.DeletedDate = 'some day';
    for (const read of Object.values(copy.keys))
      if (isOk(read) && read.value.DeletionDate !== undefined) read.value.DeletionDate = 'some day';
    return copy;
  };
  for (const { account, snapshot, finding } of found)
    for (const { title, changes } of finding.fixes)
      if (changes.length > 0 && changes.every(({ undo }) => undo !== null)) {
        const undone = replayAll(
          replayAll(snapshot, changes),
          changes.toReversed().flatMap(({ undo }) => undo ?? []),
        );
        expect(shape(undone), `${account}: ${title}`).toEqual(shape(snapshot));
      }
});

/** Checks whose faults a command repairs, if only with a name that a person fills in. */
const withCommand =
  /^secret\.|^cluster\.(acl|auth|broker|state|topic)$|^mapping\.(conflict|consumer-group|destination|filter|provisioned-pollers|source-access|starting-position)$/;

test('a manual fix names the command that does it', () => {
  const bare = found.flatMap(({ account, finding }) =>
    finding.fixes.flatMap(({ title, safety, commands = [] }) =>
      safety === 'by-hand' && commands.length === 0 && withCommand.test(finding.check)
        ? [`${account}: ${finding.check}: ${title}`]
        : [],
    ),
  );
  expect(bare).toEqual([]);
});

test('no command is left that a call makes: where one repairs a finding, it is a call', () => {
  for (const { account, finding } of found) {
    const [first] = finding.fixes;
    if (first === undefined || first.safety !== 'by-hand') continue;
    const lines = (first.commands ?? []).filter((line) => line.startsWith('msk-lambda update'));
    // A choice, or a value that is not known, is a person's.
    const complete = lines.filter((line) => !/\b[A-Z]{3,}(_[A-Z]+)*\b/.test(line.replace(/AmazonMSK_\S+/, 'X')));
    expect(complete.length === 1 && (first.commands ?? []).length === 1, `${account}: ${finding.check}`).toBe(false);
  }
});
