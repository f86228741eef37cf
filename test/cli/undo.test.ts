import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatUndoFile, newUndoFile, type UndoFile, type UndoStep } from '../../src/plan/undo/undo-file.js';
import type { UndoDocument } from '../../src/report/documents/undo.js';
import { secretArn } from '../../src/sandbox/healthy.js';
import { runInProcess } from './in-process.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undo-'));
});
afterAll(() => rm(folder, { recursive: true }));

const restored: UndoStep = {
  id: 'step-1',
  resource: secretArn,
  reason: 'The secret is scheduled for deletion.',
  call: { service: 'secretsmanager', operation: 'RestoreSecret', input: { SecretId: secretArn } },
  undo: {
    service: 'secretsmanager',
    operation: 'DeleteSecret',
    input: { SecretId: secretArn, RecoveryWindowInDays: 7 },
  },
  outcome: 'made',
  undoneAt: null,
};

let files = 0;
async function write(change: Partial<UndoFile> | string = {}): Promise<string> {
  const path = join(folder, `${(files += 1)}.json`);
  const file = newUndoFile({
    account: '111122223333',
    region: 'eu-west-1',
    at: '2026-11-24T10:00:00.000Z',
    steps: [restored],
    ...(typeof change === 'string' ? {} : change),
  });
  await writeFile(path, typeof change === 'string' ? change : formatUndoFile({ ...file, ...change }));
  return path;
}

const undo = async (path: string, ...words: string[]) => {
  const ran = await runInProcess(['undo', path, '--sandbox', 'scram', '--output', 'json', ...words]);
  return { ...ran, document: (ran.stdout === '' ? null : JSON.parse(ran.stdout)) as UndoDocument | null };
};

describe('undo', () => {
  test('--dry-run shows the calls and makes none; --yes makes them, and a second run finds nothing', async () => {
    const path = await write();
    const before = await readFile(path, 'utf8');
    const shown = await undo(path, '--dry-run');
    expect([shown.exitCode, shown.document]).toMatchObject([
      0,
      { changed: 0, outcome: 'planned', steps: [{ outcome: 'planned', undo: { operation: 'DeleteSecret' } }] },
    ]);
    expect(await readFile(path, 'utf8')).toBe(before);

    const made = await undo(path, '--yes');
    expect([made.exitCode, made.document]).toMatchObject([
      0,
      { changed: 1, outcome: 'done', message: '1 change undone.', steps: [{ outcome: 'reverted', because: null }] },
    ]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      steps: [{ undoneAt: expect.any(String) as string }],
    });

    const again = await undo(path, '--yes');
    expect([again.exitCode, again.document]).toMatchObject([
      0,
      { changed: 0, outcome: 'nothing-to-do', message: 'Nothing was changed. Nothing is left to undo.', steps: [] },
    ]);
  });

  test('for people: what is undone, with its command', async () => {
    const { exitCode, stdout } = await runInProcess(['undo', await write(), '--sandbox', 'scram', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^1 change undone\.\n\n {2}1 {2}Undone: RestoreSecret on\s+arn:.*\n {4}aws secretsmanager /);
  });

  test('what has changed since is left as it is', async () => {
    const gone = { ...restored.call, input: { SecretId: 'AmazonMSK_gone' } };
    const path = await write({
      steps: [
        restored,
        { ...restored, id: 'step-2', resource: 'AmazonMSK_gone', call: gone },
        {
          ...restored,
          id: 'step-3',
          resource: 'orders',
          call: { ...gone, operation: 'CreateTopic', service: 'kafka' },
          undo: null,
        },
      ],
    });
    const { exitCode, document } = await undo(path, '--yes');
    expect([exitCode, document]).toMatchObject([
      1,
      {
        changed: 1,
        outcome: 'failed',
        message: '1 change undone. 1 change not undone. 1 change cannot be undone.',
        steps: [
          { id: 'step-3', outcome: 'cannot', because: 'No call can undo CreateTopic on orders.' },
          { id: 'step-2', outcome: 'changed', because: 'AmazonMSK_gone does not exist any more.' },
          { id: 'step-1', outcome: 'reverted' },
        ],
      },
    ]);
  });

  test('an operation that no fix makes is not called', async () => {
    const other = { service: 'iam', operation: 'AttachUserPolicy', input: { UserName: 'somebody' } };
    const { exitCode, document } = await undo(await write({ steps: [{ ...restored, undo: other }] }), '--yes');
    expect([exitCode, document?.changed, document?.steps[0]?.outcome]).toEqual([3, 0, 'unread']);
  });

  test('steps that were not made are left out', async () => {
    const steps = [
      { ...restored, outcome: 'not-made' as const },
      { ...restored, outcome: 'refused' as const },
    ];
    const { exitCode, document } = await undo(await write({ steps }), '--yes');
    expect([exitCode, document?.steps]).toEqual([0, []]);
  });

  test.each<[string, Partial<UndoFile> | string, RegExp]>([
    [
      'another account',
      { account: '999988887777' },
      /is for account 999988887777; your credentials are for account 1111/,
    ],
    ['another region', { region: 'us-east-1' }, /is for us-east-1, not for eu-west-1/],
    ['no JSON', 'undo', /is not an undo file: it is not JSON/],
    ['another JSON', '[]', /is not an undo file of msk-lambda/],
    ['another version', { schemaVersion: 2 } as never, /was written by another version/],
    ['a damaged one', { steps: [{}] } as never, /is damaged: steps\.0/],
  ])('%s is wrong usage, and nothing is changed', async (_, file, sentence) => {
    const { exitCode, stdout, stderr } = await undo(await write(file), '--yes');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });

  test('a file that is not there, and nobody to confirm', async () => {
    expect(await undo(join(folder, 'none.json'), '--yes')).toMatchObject({ exitCode: 2 });
    const path = await write();
    const { exitCode, stderr } = await undo(path);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('Confirmation needed, but this is not a terminal: pass --yes or --dry-run.'),
    ]);
    expect((await undo(path, '--region', 'eu-west-2', '--yes')).exitCode).toBe(2);
  });

  test('the file keeps its mode', async () => {
    const path = await write();
    const { mode } = await stat(path);
    await undo(path, '--yes');
    expect((await stat(path)).mode).toBe(mode);
  });
});
