/** The configuration file, suppressions and the baseline, from the command line. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccount } from '../../src/sandbox/index.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import type { LintDocument } from '../../src/report/documents/lint.js';
import { healthy, toYaml } from '../template/support/healthy.js';
import { runInProcess } from './in-process.js';

const root = mkdtempSync(join(tmpdir(), 'msk-lambda-project-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const inRoot = (...path: string[]) => join(root, ...path);
const config = inRoot('.msk-lambda.yaml');
const folder = inRoot('inner', 'deep');
const run = (...words: string[]) => runInProcess(words, { folder });
const snapshotOf = (name: string, text?: string) => {
  const snapshot = openAccount(name)!.snapshot();
  for (const read of Object.values(snapshot.mappings))
    if (text !== undefined && read.outcome === 'ok') read.value.LastProcessingResult = text;
  const file = inRoot(`${name}${text === undefined ? '' : '-working'}.json`);
  writeFileSync(file, formatSnapshot(snapshot));
  return file;
};
const suppress = (...entries: Record<string, string>[]) =>
  writeFileSync(
    config,
    JSON.stringify({ suppress: entries.map((entry) => ({ reason: 'planned', until: '2099-01-01', ...entry })) }),
  );
const doctor = async (...words: string[]) => {
  const { exitCode, stdout, stderr } = await run('doctor', '--output', 'json', ...words);
  return { exitCode, stderr, document: JSON.parse(stdout) as DoctorDocument };
};

let broken: string;
let working: string;
beforeAll(() => {
  mkdirSync(inRoot('.git'));
  mkdirSync(folder, { recursive: true });
  broken = snapshotOf('nat-blackhole');
  working = snapshotOf('nat-blackhole', 'OK');
});

describe('suppressions', () => {
  test('a failure of a mapping that works: the verdict is without it, and it is counted and shown', async () => {
    suppress({ check: 'network.*', resource: 'order-handler' });
    const { exitCode, document } = await doctor('--snapshot', working);
    expect([exitCode, document.mappings[0]!.verdict]).toEqual([0, 'healthy']);
    expect(document.suppressed).toMatchObject([
      { check: 'network.aws-path', status: 'fail', reason: 'planned', until: '2099-01-01', isHidden: true },
      { check: 'network.subnet-capacity', status: 'warn' },
    ]);
    expect(document.mappings[0]!.findings.some(({ check }) => check === 'network.aws-path')).toBe(false);
    const { stdout } = await run('doctor', '--snapshot', working);
    expect(stdout).toContain('Suppressed: 2\n');
  });

  test('--plan and --fix leave alone what is accepted', async () => {
    suppress({ check: 'access.*', resource: 'order-handler' });
    const { exitCode, stdout, stderr } = await run(
      'doctor',
      '--fix',
      '--yes',
      '--no-wait',
      '--output',
      'json',
      '--sandbox',
      'group-forgotten',
    );
    const document = JSON.parse(stdout) as DoctorDocument;
    expect([exitCode, document.changed, document.plan!.steps]).toEqual([1, 0, []]);
    expect(document.plan!.simulated).toMatchObject({ verdict: 'broken', failing: ['access.kafka-group'] });
    expect(stderr).toContain('The configuration file accepts access.kafka-group');
    const planned = await run('doctor', '--plan', '--snapshot', working, '--output', 'json');
    expect((JSON.parse(planned.stdout) as DoctorDocument).plan!.simulated.verdict).not.toBe('broken');
    suppress({ check: 'network.*', resource: 'order-handler' });
    const accepted = await run('doctor', '--plan', '--snapshot', working);
    expect(accepted.stdout).toBe('Repair plan: nothing to repair.\n');
  });

  test('where Lambda shows an error, the mapping stays broken with its cause', async () => {
    suppress({ check: '*', resource: '*' });
    const { exitCode, document } = await doctor('--snapshot', broken);
    expect([exitCode, document.mappings[0]!.verdict, document.mappings[0]!.causes[0]!.check]).toEqual([
      1,
      'broken',
      'network.aws-path',
    ]);
    expect(document.suppressed!.every(({ isHidden }) => !isHidden)).toBe(true);
  });

  test('one resource of several is not enough', async () => {
    suppress({ check: 'network.aws-path', resource: 'subnet-0a1b2c3d4e5f6000a' });
    const { exitCode, document } = await doctor('--snapshot', working);
    expect([exitCode, document.suppressed]).toEqual([1, []]);
  });

  test('one that has expired or matches nothing is a warning', async () => {
    suppress(
      { check: 'network.*', resource: 'order-handler', until: '2020-01-01' },
      { check: 'access.trust', resource: '*' },
      { check: 'access.trust', resource: '*', command: 'lint' },
    );
    const { exitCode, document, stderr } = await doctor('--snapshot', working);
    expect(exitCode).toBe(1);
    expect(document.warnings).toEqual([
      expect.stringContaining('the suppression of network.* for order-handler expired on 2020-01-01.'),
      expect.stringContaining('the suppression of access.trust for * matches no finding in eu-west-1.'),
    ]);
    expect(stderr.match(/^warning: /gm)).toHaveLength(2);
    // A part of the account cannot show that one is not needed.
    expect((await doctor('order-handler', '--snapshot', working)).document.warnings).toHaveLength(1);
  });

  test('of a template, by the same file', async () => {
    const template = healthy();
    template.Resources['Role']!.Properties['Policies'] = [];
    template.Resources['Role']!.Properties['ManagedPolicyArns'] = [];
    const file = inRoot('template.yaml');
    writeFileSync(file, toYaml(template));
    suppress(
      { check: 'access.*', resource: 'Mapping' },
      { check: 'network.nacl', resource: 'Mapping' },
      { check: 'network.nacl', resource: 'arn:aws:kafka:*' },
    );
    const { exitCode, stdout } = await run('lint', file, '--output', 'json');
    const document = JSON.parse(stdout) as LintDocument;
    expect([exitCode, document.summary.broken, document.summary.suppressed > 5]).toEqual([0, 0, true]);
    expect(document.findings.map(({ check, title }) => [check, title])).toEqual([
      ['template.suppression', 'The suppression of network.nacl matches no finding'],
    ]);
    expect(document.findings[0]!.location.file).toContain('.msk-lambda.yaml');
  });
});

describe('the configuration file', () => {
  test('targets, checks and reports count where no flag says otherwise', async () => {
    writeFileSync(
      config,
      JSON.stringify({ targets: ['order-handler'], checks: ['network'], report: { jsonl: 'out.jsonl' } }),
    );
    const { document } = await doctor('--snapshot', broken);
    expect(document.scope!.run.every((check) => check.startsWith('network.'))).toBe(true);
    expect(readFileSync(inRoot('out.jsonl'), 'utf8')).toContain('"verdict":"broken"');
    expect((await doctor('--snapshot', broken, '--check', 'access')).document.scope!.run[0]).toMatch(/^access\./);
    const { scope } = (await doctor('--snapshot', broken, '--check', '*')).document;
    expect([scope!.run.length > 0, scope!.leftOut]).toEqual([true, []]);
    expect((await run('doctor', '--snapshot', broken, '--check', '*')).stdout).not.toContain('left out');
    writeFileSync(config, JSON.stringify({ targets: ['no-such-function'] }));
    expect((await run('doctor', '--snapshot', broken)).exitCode).toBe(2);
    expect((await run('network', '--snapshot', broken)).exitCode).toBe(2);
    expect((await run('doctor', '--all', '--snapshot', broken)).exitCode).toBe(1);
  });

  test('output is the usual format, and a flag takes precedence', async () => {
    writeFileSync(config, 'output: sarif');
    const first = async (...words: string[]) => (await run(...words, '--snapshot', broken)).stdout.split('\n', 1)[0];
    const text = /^✗ order-handler/;
    expect(await first('doctor')).toBe('{');
    expect(await first('network')).toBe('{');
    expect(await first('doctor', '--output', 'text')).toMatch(text);
    expect(await first('doctor', '--output', 'junit')).toMatch(/^<\?xml/);
    expect(await first('doctor', '--quiet')).toMatch(/ broken network\.aws-path$/);
    expect(await first('doctor', '--plan-format', 'shell')).toMatch(/^#!/);
    // Of commands that do not have the format, it is no matter.
    expect(await first('list')).toMatch(/^ +FUNCTION/);
  });

  test('checks of templates count for lint only', async () => {
    const file = inRoot('open.yaml');
    writeFileSync(file, toYaml(healthy()));
    writeFileSync(config, 'skip: [template.open-to-world, network]');
    expect((await doctor('--snapshot', broken)).document.scope!.leftOut).toContain('network.nacl');
    expect((await run('lint', file)).exitCode).toBe(0);
    writeFileSync(config, 'checks: [template]');
    expect((await run('lint', file)).exitCode).toBe(0);
    const { exitCode, stderr } = await run('doctor', '--snapshot', broken);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('.msk-lambda.yaml: checks has only checks of templates'),
    ]);
    expect((await run('doctor', '--snapshot', broken, '--check', 'access')).exitCode).not.toBe(2);
  });

  test('baseline update and watch neither write nor check the files of reports', async () => {
    writeFileSync(config, 'report: { json: missing/out.json, sarif: ../out.sarif }');
    const file = inRoot('unbothered.json');
    expect((await run('baseline', 'update', file, '--snapshot', broken)).exitCode).toBe(0);
    expect((await run('watch', '--sandbox', 'private-zones', '--until', 'healthy')).exitCode).toBe(0);
    expect((await run('doctor', '--snapshot', broken)).exitCode).toBe(2);
  });

  test.each([
    ['an unknown key', 'supress: []', '.msk-lambda.yaml:1: the configuration has an unknown key “supress”'],
    ['a report outside the folder', 'report: {sarif: ../out.sarif}', 'outside the folder'],
  ])('%s is incorrect usage', async (_, text, sentence) => {
    writeFileSync(config, text);
    const { exitCode, stdout, stderr } = await run('doctor', '--sandbox');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  test('--config names another one, which must exist', async () => {
    writeFileSync(config, 'supress: []');
    writeFileSync(inRoot('other.yaml'), 'skip: [network]');
    expect((await run('doctor', '--snapshot', broken, '--config', inRoot('other.yaml'))).exitCode).toBe(1);
    expect((await run('doctor', '--snapshot', broken, '--config', inRoot('none.yaml'))).exitCode).toBe(2);
    rmSync(config);
  });
});

describe('the baseline', () => {
  const file = inRoot('baseline.json');
  const update = (...words: string[]) => run('baseline', 'update', file, ...words);

  test('what is known does not fail, and is shown', async () => {
    expect((await update('--snapshot', broken)).exitCode).toBe(0);
    const before = readFileSync(file, 'utf8');
    await update('--snapshot', broken);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const { exitCode, document } = await doctor('--snapshot', broken, '--baseline', file);
    expect([exitCode, document.mappings[0]!.verdict]).toEqual([0, 'broken']);
    expect(document).toMatchObject({ baseline: { known: [{ check: 'network.aws-path' }, {}], new: [] } });
    expect((await run('doctor', '--snapshot', broken, '--baseline', file)).stdout).toContain(
      'Compared with the baseline: 2 known, 0 new\n',
    );
  });

  test('a new finding, a new resource and a new error fail', async () => {
    const known = JSON.parse(readFileSync(file, 'utf8')) as {
      doctor: { subjects: object[]; findings: { resources: string[] }[] };
    };
    const failsWith = async (change: (copy: typeof known) => void) => {
      const copy = structuredClone(known);
      change(copy);
      writeFileSync(inRoot('changed.json'), JSON.stringify(copy));
      return (await run('doctor', '--snapshot', broken, '--baseline', inRoot('changed.json'))).exitCode;
    };
    expect(await failsWith(() => {})).toBe(0);
    expect(await failsWith(({ doctor: { findings } }) => void findings.shift())).toBe(1);
    expect(await failsWith(({ doctor: { findings } }) => void findings[0]!.resources.pop())).toBe(1);
    expect(await failsWith(({ doctor: { subjects } }) => Object.assign(subjects[0]!, { error: null }))).toBe(1);
    expect(await failsWith(({ doctor: { subjects } }) => Object.assign(subjects[0]!, { verdict: 'at-risk' }))).toBe(1);
  });

  test('the part of templates stays beside that of the account', async () => {
    const template = healthy();
    template.Resources['Role']!.Properties['Policies'] = [];
    const path = inRoot('template.yaml');
    writeFileSync(path, toYaml(template));
    expect((await update('--lint', path)).exitCode).toBe(0);
    expect((await run('lint', path)).exitCode).toBe(1);
    expect((await run('lint', path, '--baseline', file)).exitCode).toBe(0);
    expect((await run('doctor', '--snapshot', broken, '--baseline', file)).exitCode).toBe(0);
    template.Resources['Mapping']!.Properties['BatchSize'] = 50_000;
    writeFileSync(path, toYaml(template));
    expect((await run('lint', path, '--baseline', file)).exitCode).toBe(1);
  });

  test('of another account, it is incorrect usage', async () => {
    const other = inRoot('other-account.json');
    const written = JSON.parse(readFileSync(file, 'utf8')) as { doctor: { account: string } };
    expect(written.doctor.account).toMatch(/^\d{12}$/);
    writeFileSync(other, JSON.stringify({ ...written, doctor: { ...written.doctor, account: '999999999999' } }));
    const { exitCode, stdout, stderr } = await run('doctor', '--snapshot', broken, '--baseline', other);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('the baseline is of account 999999999999');
    // One that is written again is of this account.
    expect((await run('baseline', 'update', other, '--snapshot', broken)).exitCode).toBe(0);
    expect((await run('doctor', '--snapshot', broken, '--baseline', other)).exitCode).toBe(0);
  });

  test('a file that is no baseline is not written over', async () => {
    const notes = inRoot('notes.json');
    writeFileSync(notes, 'mine');
    const { exitCode, stderr } = await run('baseline', 'update', notes, '--snapshot', broken);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Move the file away')]);
    expect(readFileSync(notes, 'utf8')).toBe('mine');
  });

  test.each([
    ['missing', null],
    ['no JSON', '{'],
    ['of another form', '{"schemaVersion": 2}'],
  ])('a file that is %s is incorrect usage', async (_, text) => {
    const bad = inRoot('bad.json');
    rmSync(bad, { force: true });
    if (text !== null) writeFileSync(bad, text);
    const { exitCode, stdout, stderr } = await run('doctor', '--snapshot', broken, '--baseline', bad);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('msk-lambda baseline update');
  });
});
