import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PassThrough } from 'node:stream';
import { createIo } from '../../src/cli/io.js';
import { buildProgram } from '../../src/cli/program.js';
import { run } from '../../src/cli/commands/doctor/run.js';
import doctorCommand from '../../src/cli/commands/doctor/definition.js';
import type { Call } from '../../src/cli/define-command.js';
import type { DoctorOptions } from '../../src/cli/commands/doctor/options.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { accountWith, functionArn, value } from '../accounts/account.js';
import { runInProcess } from './in-process.js';

type Document = DoctorDocument & {
  changed?: number;
  waited?: { mapping: string; outcome: string }[];
  fix?: { mapping: string };
};

/** Time that passes only while one sleeps. */
function fastClock() {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: async (milliseconds: number) => {
      ahead += milliseconds;
    },
  };
}

/** As `runInProcess`, with a clock that needs no time. */
async function runFast(words: readonly string[]): Promise<{ exitCode: number; document: Document; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const io = createIo({
    stdout: { write: (text: string) => (written.stdout += text) },
    stderr: { write: (text: string) => (written.stderr += text) },
    stdin: new PassThrough(),
    env: {},
    signal: new AbortController().signal,
  });
  let exitCode = -1;
  const command = {
    ...(doctorCommand as object),
    load: async () => async (call: Call<DoctorOptions>) => run(call, fastClock()),
  } as never;
  await buildProgram(io, (code) => (exitCode = code), [command]).parseAsync(['doctor', '--output', 'json', ...words], {
    from: 'user',
  });
  return { exitCode, document: JSON.parse(written.stdout) as Document, stderr: written.stderr };
}

const broken = sandboxAccounts
  .filter(({ healthy }) => !healthy)
  .map(({ name, firstCause, verdict }) => [name, firstCause, verdict] as const);

describe('doctor --fix --yes --wait', () => {
  test.each(broken)('%s: what calls can mend is mended', async (name, firstCause, verdict) => {
    const { exitCode, document } = await runFast(['--sandbox', name, '--fix', '--yes', '--wait']);
    const [mapping] = document.mappings;
    if (document.fix === null || firstCause === null) {
      // By hand only, or a risk: nothing is touched, and the cause is named as before.
      const untouched = verdict === 'at-risk' ? 0 : 3;
      expect([document.changed ?? 0, exitCode, mapping!.causes[0]?.check ?? null]).toEqual([
        0,
        firstCause === null ? untouched : 1,
        firstCause,
      ]);
      return;
    }
    expect(document.fix).toMatchObject({ check: firstCause, error: null });
    expect(document.changed).toBe(document.fix!.changes.length);
    const failing = mapping!.findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
    expect(failing).not.toContain(firstCause);
    if (failing.length === 0)
      expect([exitCode, mapping!.observed.error, document.waited?.[0]?.outcome]).toEqual([0, null, 'good']);
    else expect(exitCode).toBe(1);
  });
});

describe('doctor --fix', () => {
  test('--dry-run tells the calls and makes none', async () => {
    const { exitCode, document } = await runFast(['--sandbox', 'managed-policy-only', '--fix', '--dry-run']);
    expect([exitCode, document.changed, document.mappings[0]!.causes[0]?.check]).toEqual([
      1,
      0,
      'access.kafka-connect',
    ]);
    expect(document.fix?.changes).toMatchObject([
      { service: 'iam', operation: 'PutRolePolicy', outcome: 'not-made', undo: { operation: 'DeleteRolePolicy' } },
    ]);
  });

  test('without a terminal and without --yes it is wrong usage', async () => {
    const { exitCode, stdout, stderr } = await runInProcess(['doctor', '--sandbox', '--fix']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/Give --yes to go ahead, or --dry-run/);
  });

  test('of an account that works, nothing', async () => {
    const { exitCode, document, stderr } = await runFast(['--sandbox', 'nat', '--fix', '--yes']);
    expect([exitCode, document.changed, document.fix]).toEqual([0, 0, null]);
    expect(stderr).toMatch(/nothing to fix/);
  });

  test('says for people what was done and what takes it back', async () => {
    const { stdout, stderr, exitCode } = await runInProcess([
      'doctor',
      '--sandbox',
      'no-self-reference',
      '--fix',
      '--yes',
    ]);
    expect(stdout).toMatch(/^Done: .*\n(.*\n)*? {2}To take it back:\n {4}aws ec2 /);
    expect(stderr).toMatch(/--wait watches until it shows another/);
    // The old text outlives the repair.
    expect(exitCode).toBe(1);
  });
});

test('doctor --fix --wait over several waits for none that the fix left as it was', async () => {
  const { document } = await runFast(['--sandbox', 'several', '--fix', '--yes', '--wait']);
  expect(
    document.mappings.filter(({ findings }) => findings.some(({ status }) => status === 'fail')).length,
  ).toBeGreaterThan(1);
  expect(document.waited).toMatchObject([{ mapping: document.fix!.mapping, outcome: 'good' }]);
});

describe('doctor --wait', () => {
  test('gives up after its limit, and says so', async () => {
    const { exitCode, document } = await runFast(['--sandbox', 'nat-blackhole', '--wait', '--wait-timeout', '60']);
    expect([exitCode, document.waited?.[0]?.outcome, document.mappings[0]!.causes[0]?.check]).toEqual([
      1,
      'still',
      'network.aws-path',
    ]);
  });

  test('waits for nothing where nothing is broken', async () => {
    const { exitCode, document } = await runFast(['--sandbox', 'nat', '--wait']);
    expect([exitCode, document.waited]).toEqual([0, []]);
  });
});

describe('what doctor is asked', () => {
  test.each([
    [['doctor', 'one', '--all', '--sandbox'], /--all takes no target/],
    [['doctor', '--sandbox', '--yes'], /--yes goes with --fix/],
    [['doctor', '--regions', 'here', '--sandbox'], /no name of a region/],
    [['doctor', '--regions', 'all', '--region', 'eu-west-1'], /cannot be used with option/],
    [['doctor', '--snapshot', 'a.json', '--fix'], /cannot be used with option/],
    [['doctor', '--wait-timeout', 'long', '--sandbox'], /number of seconds/],
    [['doctor', '--check', 'netwrk.*', '--sandbox'], /no check fits/],
    [['doctor', '--check', 'lag', '--skip', 'lag.*', '--sandbox'], /leave no check/],
  ])('%j is wrong usage', async (words, sentence) => {
    const { exitCode, stdout, stderr } = await runInProcess(words);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });

  test('the name of a group stands for its checks', async () => {
    const [group, pattern] = await Promise.all(
      ['lag', 'lag.*'].map((check) =>
        runInProcess(['doctor', '--sandbox', 'nat-blackhole', '--output', 'json', '--check', check]),
      ),
    );
    expect(group).toEqual(pattern);
    expect((JSON.parse(group!.stdout) as DoctorDocument).mappings[0]!.findings.map(({ check }) => check)).toEqual([
      'lag.traffic',
      'lag.trend',
      'lag.consumers',
    ]);
  });

  test('--all is the same as no target', async () => {
    const [all, none] = await Promise.all(
      [['--all'], []].map((words) => runInProcess(['doctor', '--sandbox', 'nat-blackhole', '--quiet', ...words])),
    );
    expect(all).toEqual(none);
  });

  test('--verbose names every check with its reason; --check and --skip leave the rest out', async () => {
    const { stdout } = await runInProcess([
      'doctor',
      '--sandbox',
      'nat',
      '--verbose',
      '--check',
      'network.*,function.state',
      '--skip',
      'network.nacl',
    ]);
    const named = [...stdout.matchAll(/^ {2}(?:pass|skip|warn|fail|unknown) +([\w.-]+)/gm)].map(([, id]) => id);
    expect(named).toContain('network.aws-path');
    expect(named).toContain('function.state');
    expect(named).not.toContain('network.nacl');
    expect(named.some((id) => id!.startsWith('access.'))).toBe(false);
    expect(stdout).toMatch(/skip +network\.\S+: Does not apply: /);
  });

  test('--fail-on warn counts a warning, by default it does not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    const file = join(folder, 'slow.json');
    await writeFile(
      file,
      formatSnapshot(accountWith((snapshot) => void (value(snapshot.functions, functionArn).Timeout = 900))),
    );
    const exitCode = async (...words: string[]) =>
      (await runInProcess(['doctor', '--snapshot', file, '--quiet', ...words])).exitCode;
    expect([
      await exitCode(),
      await exitCode('--fail-on', 'fail'),
      await exitCode('--fail-on', 'warn'),
      await exitCode('--fail-on', 'warn', '--skip', 'function.timeout'),
    ]).toEqual([0, 0, 1, 0]);
    await rm(folder, { recursive: true });
  });

  test('--output jsonl: a mapping a line, with its region', async () => {
    const { stdout } = await runInProcess(['doctor', '--sandbox', 'nat-blackhole', '--output', 'jsonl']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { region: string; verdict: string; findings: unknown[] });
    expect(lines).toMatchObject([{ region: 'eu-west-1', verdict: 'broken' }]);
    expect(lines[0]!.findings.length).toBeGreaterThan(40);
  });

  test('--debug: a line a call on stderr, and no input in it', async () => {
    const { stderr } = await runInProcess(['doctor', '--sandbox', 'scram', '--debug']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) expect(line).toMatch(/^[a-z0-9]+ \w+ \w+ \d+ ms$/);
  });
});
