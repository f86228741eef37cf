/** How answers look where people see them: narrow and wide terminals, colours wanted or not, pipes, and Ctrl-C. */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import type { Answerer } from '../../../src/account/clients.js';
import { openAccount } from '../../../src/sandbox/index.js';
import { uuid } from '../../accounts/account.js';
import { startDouble, type Double } from '../../wire/double.js';
import { launcher, run } from '../program.js';
import { keys, sitDown, type Person, type Terminal } from './person.js';

let person: Person | undefined;
let double: Double | undefined;
afterEach(async () => {
  person?.leave();
  await double?.close();
  [person, double] = [undefined, undefined];
});

async function show(
  words: string,
  terminal: Terminal = {},
): Promise<{ exitCode: number; raw: string; lines: string[]; screen: string }> {
  const user = (person = sitDown(words.split(' '), terminal));
  const exitCode = await user.ends();
  return { exitCode, raw: user.raw(), lines: user.all().split('\n'), screen: user.all() };
}

const answers: [words: string, exitCode: number][] = [
  ['doctor --sandbox', 1],
  ['doctor --sandbox scram', 0],
  ['doctor --sandbox --verbose', 1],
  ['list --sandbox several', 0],
  ['inspect --sandbox', 0],
  ['network --sandbox', 1],
  ['network --sandbox --explain', 1],
  ['broker orders-cluster --sandbox', 0],
  ['explain network.aws-path', 0],
  ['explain --list', 0],
  ['sandbox list', 0],
  ['--help', 0],
  ['doctor --help', 0],
];
/** A line to copy, a word that cannot be broken (after its bullet or sign), YAML. */
const mayBeLong = (line: string) =>
  line.trim().split(/\s+/).length <= 2 ||
  /^\s*(aws |kafka-acls|--|\$ )| --|\\$/.test(line) ||
  /^\s*[\w-]+: /.test(line);

describe.each([60, 200])('%d columns', (columns) => {
  const tooLong = (lines: string[]) => lines.filter((line) => stringWidth(line) > columns && !mayBeLong(line));

  test.each(answers)('%s', async (words, exitCode) => {
    const ran = await run(words.split(' '), { columns });
    expect(ran.exitCode).toBe(exitCode);
    expect(tooLong(stripVTControlCharacters(ran.stdout).split('\n'))).toEqual([]);
  });

  test('on a screen, the cause, its evidence and the fix are all there', async () => {
    const { screen, lines } = await show('doctor --sandbox', { columns });
    expect(tooLong(lines)).toEqual([]);
    expect(screen.replaceAll(/\s+/g, ' ')).toMatch(
      /✗ order-handler ← orders: .*cannot reach Lambda or STS.*Lambda reports: .*Why: .*\(blackhole: deleted\).*msk-lambda doctor [0-9a-f-]+ --fix/,
    );
  });
});

describe('colours', () => {
  // oxlint-disable-next-line no-control-regex -- the escape is what is looked for
  const paint = /\u001b\[\d+m/;
  test('at a terminal, unless they are not wanted', async () => {
    expect((await show('doctor --sandbox')).raw).toMatch(paint);
    expect((await show('doctor --sandbox', { env: { NO_COLOR: '1' } })).raw).not.toMatch(paint);
    expect((await show('doctor --sandbox --no-color')).raw).not.toMatch(paint);
    expect((await show('doctor --sandbox', { env: { CI: 'true' } })).raw).not.toContain('\u001b');
    expect((await show('doctor --sandbox', { kind: 'dumb' })).raw).not.toContain('\u001b');
  });

  test('where both variables are set, FORCE_COLOR wins as in Node, without its warning; --no-color wins over both', async () => {
    const env = { NO_COLOR: '1', FORCE_COLOR: '1' };
    const forced = await show('doctor --sandbox', { env });
    const none = await show('doctor --sandbox --no-color', { env });
    expect(forced.raw).toMatch(paint);
    expect(none.raw).not.toMatch(paint);
    for (const { raw } of [forced, none]) expect(raw).not.toContain('env is ignored');
  });

  test('through a pipe only where they are forced, and never in JSON', async () => {
    expect((await run(['doctor', '--sandbox'])).stdout).not.toContain('\u001b');
    expect((await run(['doctor', '--sandbox'], { env: { FORCE_COLOR: '1' } })).stdout).toMatch(paint);
    expect(
      (await run(['doctor', '--sandbox', '--output', 'json'], { env: { FORCE_COLOR: '1' } })).stdout,
    ).not.toContain('\u001b');
  });

  test('the words are the same with and without', async () => {
    const plain = await run(['doctor', '--sandbox']);
    const painted = await run(['doctor', '--sandbox'], { env: { FORCE_COLOR: '1' } });
    expect(stripVTControlCharacters(painted.stdout)).toBe(plain.stdout);
    expect([plain.stderr, painted.stderr]).toEqual(['', '']);
  });
});

describe('progress', () => {
  test('is seen while AWS is read, and gone when the answer is there', async () => {
    const { answer } = openAccount('no-self-reference')!;
    let goOn = () => {};
    const seen = new Promise<void>((resolve) => (goOn = resolve));
    double = await startDouble(async (call) => {
      if (call.operation === 'ListTopics') await seen;
      return answer(call);
    });
    const user = (person = sitDown(['doctor', uuid], { env: aws(double) }));
    await user.sees('Reading the account');
    goOn();
    await user.ends();
    expect(user.all()).not.toContain('Reading');
    expect(user.all()).toMatch(/^✗ order-handler ← orders: /);
  });
});

const aws = ({ url }: Double) => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'made-up',
  AWS_SECRET_ACCESS_KEY: 'made-up',
  AWS_REGION: 'eu-west-1',
});

describe('Ctrl-C while AWS keeps silent', () => {
  // Without it the reading would go on for minutes.
  const patient = ['--timeout', '600'];
  test.each([['doctor'], ['inspect'], ['network'], ['snapshot'], ['list'], ['broker']])(
    '%s ends with 130, says so, and leaves the screen clean',
    async (command) => {
      double = await startDouble(openAccount('endpoints')!.answer as Answerer, () => 'hung');
      const user = (person = sitDown([command, uuid, ...patient], { env: aws(double) }));
      while (double.requests.length === 0) await new Promise((done) => setTimeout(done, 20));
      user.types(keys.interrupt);
      expect(await user.ends()).toBe(130);
      // The terminal itself may echo the key.
      expect(user.all().replace('^C', '').trim()).toBe('interrupted');
      // A cursor that was hidden is shown again.
      expect(user.raw().lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(user.raw().lastIndexOf('\u001b[?25l'));
    },
  );

  test('without a terminal too, with no half answer', async () => {
    const silent = (double = await startDouble(openAccount('endpoints')!.answer as Answerer, () => 'hung'));
    const child = spawn(process.execPath, [launcher, 'doctor', uuid, ...patient, '--output', 'json'], {
      env: { ...process.env, ...aws(silent) },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    while (silent.requests.length === 0) await new Promise((done) => setTimeout(done, 20));
    child.kill('SIGINT');
    const exitCode = await new Promise((done) => child.on('close', done));
    expect([exitCode, stdout, stderr]).toEqual([130, '', 'interrupted\n']);
  });
});

test.each([
  ['doctor --sandbox', 1],
  ['snapshot --sandbox several', 0],
  ['explain --list', 0],
  ['inspect --sandbox several --output json', 0],
])('%s into a pipe that nobody reads: no complaint', async (words, exitCode) => {
  const child = spawn('bash', [
    '-c',
    `"$0" "$1" ${words} | true; echo "\${PIPESTATUS[0]}"`,
    process.execPath,
    launcher,
  ]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await new Promise((done) => child.on('close', done));
  expect([stdout, stderr]).toEqual([`${exitCode}\n`, '']);
});
