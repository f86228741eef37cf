import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { UndoFile } from '../../src/plan/undo/undo-file.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { runInProcess } from './in-process.js';
import { runDoctor, undoFolder } from './support/run-doctor.js';

const broken = sandboxAccounts.filter(({ healthy }) => !healthy).map(({ name }) => name);
const outcomes = (document: Awaited<ReturnType<typeof runDoctor>>['document']) =>
  document.plan!.steps.filter(({ isChosen }) => isChosen).map(({ outcome }) => outcome);

describe('doctor --plan', () => {
  test.each(broken)('%s: the plan changes nothing, and the exit code is that of doctor', async (name) => {
    const [plain, planned] = await Promise.all([
      runDoctor(['--sandbox', name]),
      runDoctor(['--sandbox', name, '--plan']),
    ]);
    expect(planned.exitCode).toBe(plain.exitCode);
    const { plan, ...rest } = planned.document;
    expect({ ...rest, capturedAt: '' }).toEqual({ ...plain.document, capturedAt: '' });
    for (const step of plan!.steps) expect(step).not.toHaveProperty('outcome');
    expect(planned.document).not.toHaveProperty('changed');
  });

  test('as text: steps with safety, cost and undo; choices; the simulation', async () => {
    const { exitCode, stdout } = await runInProcess(['doctor', '--sandbox', 'nat-blackhole', '--plan']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^Repair plan for order-handler ← orders: 3 steps\n\n {2}1 {2}Create an interface endpoint for/,
    );
    expect(stdout).toMatch(/review first, billed per hour, can be undone/);
    expect(stdout).toMatch(/\n {4}--choose 1 {2}Create interface endpoints .*chosen\)/s);
    expect(stdout).toMatch(/\n\nSimulated: after this plan every check passes\.\n$/);
    expect(stdout).not.toMatch(/aws ec2/);
  });

  test('of a snapshot file it is the same', async () => {
    const file = join(undoFolder(), 'account.json');
    await runInProcess(['snapshot', '--sandbox', 'nat-blackhole', '--output-file', file]);
    const [live, read] = await Promise.all(
      [
        ['--sandbox', 'nat-blackhole'],
        ['--snapshot', file],
      ].map((words) => runDoctor([...words, '--plan'])),
    );
    expect(read!.document.plan).toEqual(live!.document.plan);
    expect(read!.document.plan!.simulated.failing).toEqual([]);
  });

  test('--choose takes another option', async () => {
    const { document } = await runDoctor(['--sandbox', 'nat-blackhole', '--plan', '--choose', '2']);
    expect(document.plan).toMatchObject({
      choices: [{ chosen: 1 }],
      steps: [{ operation: 'UpdateEventSourceMapping', isChosen: true }],
    });
  });

  test('--output jsonl: the plan is the last line', async () => {
    const { stdout } = await runDoctor(['--sandbox', 'nat-blackhole', '--plan', '--output', 'jsonl']);
    const lines = stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      region: 'eu-west-1',
      plan: { choices: [{ chosen: 0 }], simulated: { failing: [] } },
    });
  });

  test('of an account that works, nothing', async () => {
    const { exitCode, stdout } = await runInProcess(['doctor', '--sandbox', 'nat', '--plan']);
    expect([exitCode, stdout]).toEqual([0, 'Repair plan: nothing to repair.\n']);
  });
});

describe('doctor --fix --yes --wait', () => {
  test.each(broken)('%s: what calls can repair is repaired in one round', async (name) => {
    const planned = (await runDoctor(['--sandbox', name, '--plan'])).document;
    const chosen = planned.plan!.steps.filter(({ isChosen }) => isChosen);
    const { exitCode, document } = await runDoctor([
      '--sandbox',
      name,
      '--fix',
      '--yes',
      '--wait',
      '--allow-risky',
      '--change-owned',
    ]);
    expect(document.changed).toBe(chosen.length);
    expect(outcomes(document)).toEqual(chosen.map(() => 'made'));
    expect(document.undoFile === null).toBe(chosen.length === 0);
    if (chosen.length === 0 || planned.plan!.simulated.failing.length > 0 || planned.plan!.byHand.length > 0) return;
    expect(
      document.mappings.flatMap(({ findings }) =>
        findings.filter(({ status }) => status === 'fail').map(({ check }) => check),
      ),
    ).toEqual([]);
    if (planned.plan!.simulated.verdict === 'healthy')
      expect([exitCode, document.mappings.map(({ verdict }) => verdict)]).toEqual([
        0,
        document.mappings.map(() => 'healthy'),
      ]);
  });
});

describe('doctor --fix', () => {
  test('--dry-run tells the calls and makes none', async () => {
    const { exitCode, document } = await runDoctor(['--sandbox', 'managed-policy-only', '--fix', '--dry-run']);
    expect([exitCode, document.changed, document.undoFile]).toEqual([1, 0, null]);
    expect(document.plan!.steps).toMatchObject([
      { service: 'iam', operation: 'PutRolePolicy', outcome: 'not-made', undo: { operation: 'DeleteRolePolicy' } },
    ]);
    const { stdout } = await runInProcess(['doctor', '--sandbox', 'managed-policy-only', '--fix', '--dry-run']);
    expect(stdout).toMatch(
      /^Repair plan for .*\n(.*\n)* {4}aws iam put-role-policy [^]*\n\nNothing was changed \(--dry-run\)\.\n$/,
    );
  });

  test('the role that has only the managed policy is one step and one round', async () => {
    const { exitCode, document, stderr } = await runDoctor(['--sandbox', 'managed-policy-only', '--fix', '--yes']);
    expect([exitCode, document.changed, outcomes(document)]).toEqual([0, 1, ['made']]);
    expect(stderr).toMatch(/Simulated: after this plan every check passes\.\n\n✓ 1\/1 Add inline policy/);
  });

  test('without a terminal and without --yes it is wrong usage', async () => {
    const { exitCode, stdout, stderr } = await runInProcess(['doctor', '--sandbox', '--fix']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/Confirmation needed, but this is not a terminal: pass --yes or --dry-run\./);
  });

  test('of an account that works, nothing', async () => {
    const { exitCode, document, stderr } = await runDoctor(['--sandbox', 'nat', '--fix', '--yes']);
    expect([exitCode, document.changed, document.undoFile, document.plan!.steps]).toEqual([0, 0, null, []]);
    expect(stderr).toMatch(/nothing to repair/);
  });

  test('says for people what was made and how to undo it', async () => {
    const { stdout, exitCode } = await runInProcess(['doctor', '--sandbox', 'no-self-reference', '--fix', '--yes']);
    expect(stdout).toMatch(
      /^Made 1 of 1 step\. Lambda has not reported a new result yet[^✓]*doctor --wait[^✓]*\n {2}✓ Allow inbound TCP .*\nUndo: msk-lambda undo \/.*msk-lambda-undo-\d{8}T\d{6}Z(-\d+)?\.json\n/,
    );
    // Every step was made and no check fails, although Lambda still shows the old text.
    expect(exitCode).toBe(0);
  });

  test('the undo file: absolute, for its owner only, with the calls', async () => {
    const { document } = await runDoctor(['--sandbox', 'no-self-reference', '--fix', '--yes']);
    const path = document.undoFile!;
    expect(path.startsWith(`${undoFolder()}/msk-lambda-undo-`)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const file = JSON.parse(await readFile(path, 'utf8')) as UndoFile;
    expect(file).toMatchObject({
      kind: 'msk-lambda undo',
      account: '111122223333',
      region: 'eu-west-1',
      steps: [
        {
          outcome: 'made',
          call: { operation: 'AuthorizeSecurityGroupIngress' },
          undo: { operation: 'RevokeSecurityGroupIngress' },
          undoneAt: null,
        },
      ],
    });
    // A file that exists is kept.
    const again = await runInProcess([
      'doctor',
      '--sandbox',
      'no-self-reference',
      '--fix',
      '--yes',
      '--undo-file',
      path,
    ]);
    expect([again.exitCode, again.stdout]).toEqual([2, '']);
    expect(again.stderr).toMatch(/exists already/);
    const unwritable = await runInProcess([
      'doctor',
      '--sandbox',
      'no-self-reference',
      '--fix',
      '--yes',
      '--undo-file',
      '/nowhere/a.json',
    ]);
    expect([unwritable.exitCode, unwritable.stdout]).toEqual([2, '']);
  });
});

describe('what --fix --yes does not do', () => {
  test('a misspelt topic is not created', async () => {
    const { exitCode, document } = await runDoctor(['--sandbox', 'topic-misspelt', '--fix', '--yes', '--wait']);
    expect([exitCode, document.changed, document.undoFile, document.plan!.steps]).toEqual([1, 0, null, []]);
    expect(document.plan!.byHand).toMatchObject([
      { command: expect.stringContaining('msk-lambda recreate') as string },
    ]);
  });

  test('a permissions boundary needs --allow-risky', async () => {
    const { exitCode, document, stderr } = await runDoctor(['--sandbox', 'permissions-boundary', '--fix', '--yes']);
    expect([exitCode, document.changed, document.undoFile]).toEqual([1, 0, null]);
    expect(document.plan!.steps).toMatchObject([
      { safety: 'risky', outcome: 'not-made', because: 'Needs --allow-risky: --yes does not cover this step.' },
    ]);
    expect(stderr).toMatch(/Needs --allow-risky/);
    const allowed = await runDoctor(['--sandbox', 'permissions-boundary', '--fix', '--yes', '--allow-risky']);
    expect([allowed.exitCode, allowed.document.changed]).toEqual([0, 1]);
  });

  test('a mapping that a user disabled stays disabled among others', async () => {
    const { document } = await runDoctor(['--sandbox', 'several', '--fix', '--yes']);
    const parked = document.mappings.filter(({ observed }) => observed.state === 'Disabled');
    expect(parked.length).toBeGreaterThan(0);
    for (const { uuid } of parked)
      expect(document.plan!.steps.filter(({ input }) => input['UUID'] === uuid)).toEqual([]);
  });
});
