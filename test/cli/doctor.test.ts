import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { accountWith, functionArn, value } from '../accounts/account.js';
import { runDoctor } from './support/run-doctor.js';
import { runInProcess } from './in-process.js';

describe('doctor --wait', () => {
  test('gives up after its limit, and says so', async () => {
    const { exitCode, document } = await runDoctor(['--sandbox', 'nat-blackhole', '--wait', '--wait-timeout', '60']);
    expect([exitCode, document.waited?.[0]?.outcome, document.mappings[0]!.causes[0]?.check]).toEqual([
      1,
      'still',
      'network.aws-path',
    ]);
  });

  test('waits for nothing where nothing is broken', async () => {
    const { exitCode, document } = await runDoctor(['--sandbox', 'nat', '--wait']);
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
    [['doctor', '--sandbox', '--plan', '--fix'], /cannot be used with option/],
    [['doctor', '--sandbox', '--plan', '--allow-risky'], /--allow-risky goes with --fix/],
    [['doctor', '--sandbox', '--choose', '1'], /--choose goes with --plan, --plan-format or --fix/],
    [['doctor', '--sandbox', '--plan', '--choose', '0'], /whole number from 1/],
    [['doctor', '--sandbox', '--plan', '--choose', '9'], /has 3 options, not 9/],
    [['doctor', '--wait-timeout', 'long', '--sandbox'], /number of seconds/],
    [['doctor', '--check', 'netwrk.*', '--sandbox'], /no check matches/],
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
    expect(stdout).toMatch(/skip +network\.\S+: Not applicable: /);
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
