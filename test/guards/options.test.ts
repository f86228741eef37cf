/** A command cannot drift from its options: what a run reads and what is declared are one, or it does not compile. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsc = join(root, 'node_modules/typescript/bin/tsc');

/** A command whose files stand in one; each fault is one replacement in it. */
const command = `
import { defineCommand, type Call } from '${root}src/cli/define-command.js';
import { outputOptions } from '${root}src/cli/shared-options.js';
import { positive } from '${root}src/cli/option-values.js';
import { option, type OptionsOf } from '${root}src/cli/typed-option.js';

const probeOptions = () => [
  option('--wait-timeout <seconds>', 'limit', { default: 300, parse: positive('seconds') }),
  option('--fail-on <status>', 'status', { choices: ['warn', 'fail'], default: 'fail' }),
  option('--topic <name>', 'topic'),
  option('--chain <file...>', 'files'),
  option('--sandbox [name]', 'account', { conflicts: ['topic'] }),
  option('--wait', 'wait'),
  option('--no-wait', 'do not wait'),
  ...outputOptions(),
];

type ProbeOptions = OptionsOf<typeof probeOptions>;

async function run({ options }: Call<ProbeOptions>): Promise<number> {
  const limit: number = options.waitTimeout;
  const status: 'warn' | 'fail' = options.failOn;
  const topic: string | undefined = options.topic;
  const chain: string[] | undefined = options.chain;
  const sandbox: string | true | undefined = options.sandbox;
  const declined: boolean = options.wait === false;
  const color: boolean = options.color;
  const output: 'text' | 'json' = options.output;
  return [status, topic, chain, sandbox, declined, color, output].length + limit;
}

export default defineCommand({
  name: 'probe',
  group: 'Show',
  summary: 'probe',
  options: probeOptions,
  load: async () => run,
});
`;

const faults: readonly (readonly [what: string, from: string, to: string, message: string])[] = [
  ['a flag renamed in its declaration only', '--wait-timeout', '--wait-limit', "Property 'waitTimeout' does not exist"],
  ['a negated flag renamed', "'--no-wait'", "'--no-waiting'", 'no overlap'],
  ['a flag of a shared group renamed', '...outputOptions(),', '', "Property 'color' does not exist"],
  ['a value where a word is declared', '--topic <name>', '--topic [name]', 'is not assignable'],
  ['a choice that the run does not know', "['warn', 'fail']", "['warn', 'fail', 'info']", '"info"'],
  ['a default that is no choice', "default: 'fail'", "default: 'nothing'", 'is not assignable'],
  ['a default taken away', 'default: 300, ', '', "'number | undefined'"],
  ['a parser of another type', "positive('seconds')", '(word: string): string => word', 'is not assignable'],
  ['an excluded flag renamed', "conflicts: ['topic']", "conflicts: ['topics']", 'conflicts with topics'],
  ['a run of other options', 'options: probeOptions,', 'options: outputOptions,', 'is not assignable'],
];

let folder: string;
let complaints: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-options-'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
      include: ['*.mts'],
    }),
  );
  writeFileSync(join(folder, 'sound.mts'), command);
  for (const [index, [, from, to]] of faults.entries())
    writeFileSync(join(folder, `fault-${index}.mts`), command.replace(from, to));
  const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  complaints = stdout.split('\n');
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (file: string): string => complaints.filter((line) => line.includes(`${file}.mts`)).join('\n');

test('a run that reads what is declared compiles', () => expect(of('sound')).toBe(''));

test.each(faults.map(([what, , , message], index) => ({ what, message, index })))(
  '$what does not compile',
  ({ index, message }) => expect(of(`fault-${index}`)).toContain(message),
);
