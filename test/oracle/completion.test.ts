/** Completion in the shells themselves. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from './left-out.js';

const program = fileURLToPath(new URL('../../bin/msk-lambda.js', import.meta.url));
const missing = ['bash', 'zsh', 'fish'].filter((shell) => spawnSync(shell, ['--version']).error !== undefined);
const isLeftOut = leftOut('completion', missing.length === 0 ? null : `${missing.join(', ')} not installed`);

/** The folder in which the packages `tree-sitter-powershell` and `web-tree-sitter` are installed. */
const grammar = process.env['MSK_LAMBDA_POWERSHELL'];
const hasNoGrammar = leftOut(
  'the grammar of PowerShell',
  grammar === undefined ? 'MSK_LAMBDA_POWERSHELL names no folder' : null,
);

let folder: string;
let environment: Record<string, string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'work'));
  writeFileSync(join(folder, 'work', 'snapshot of monday.json'), '{}');
  const command = join(folder, 'bin', 'msk-lambda');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(command, 0o755);
  environment = {
    PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: folder,
    XDG_CACHE_HOME: folder,
    LC_ALL: 'C.UTF-8',
    TERM: 'xterm',
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (
  shell: string,
  script: string,
  words = [...(shell === 'bash' ? ['--norc'] : []), '-c', script],
): string[] =>
  execFileSync(shell, words, {
    cwd: join(folder, 'work'),
    env: environment,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((line) => line !== '');

describe.skipIf(isLeftOut)('completion', () => {
  describe('bash', () => {
    const words = (...typed: string[]): string[] =>
      run(
        'bash',
        `source <(msk-lambda completion bash)
        COMP_WORDS=(msk-lambda ${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length}
        _msk_lambda; printf '%s\\n' "\${COMPREPLY[@]}"`,
      );
    test('commands, values after a blank and after =, names and files', () => {
      expect(words('doc')).toEqual(['doctor']);
      expect(words('doctor', '--fail-on', 'd')).toEqual(['disabled']);
      expect(words('doctor', '--fail-on', '=', 'd')).toEqual(['disabled']);
      expect(words('doctor', '--sandbox', 'scram', 'order')).toEqual(['order-handler', 'orders-cluster']);
      expect(words('doctor', '--snapshot', 'snap')).toEqual(['snapshot of monday.json']);
    });
  });

  describe('fish', () => {
    const words = (line: string): string[] =>
      run('fish', `msk-lambda completion fish | source; complete -C '${line}'`).map((found) => found.split('\t')[0]!);
    test('commands, values after a blank and after =, names and files', () => {
      expect(words('msk-lambda doc')).toEqual(['doctor']);
      expect(words('msk-lambda doctor --fail-on d')).toEqual(['disabled']);
      expect(words('msk-lambda doctor --fail-on=d')).toEqual(['--fail-on=disabled']);
      expect(words('msk-lambda doctor --sandbox scram order').toSorted()).toEqual(['order-handler', 'orders-cluster']);
      expect(words('msk-lambda doctor --snapshot snap')).toEqual(['snapshot of monday.json']);
    });
  });

  describe('zsh', () => {
    test.each([
      { typed: 'docto\t', shown: 'msk-lambda doctor' },
      { typed: 'doctor --fail-on=dis\t', shown: '--fail-on=disabled' },
      { typed: 'doctor --sandbox scram order-\t', shown: 'scram order-handler' },
      { typed: 'doctor --snapshot snap\t', shown: 'snapshot\\ of\\ monday.json' },
    ])('$typed', async ({ typed, shown }) => {
      const terminal = spawn('zsh', ['-f', '-i'], { cols: 200, rows: 20, cwd: join(folder, 'work'), env: environment });
      let screen = '';
      const until = (text: string) =>
        new Promise<void>((done) => {
          if (screen.includes(text)) return done();
          const listener = terminal.onData(() => {
            if (screen.includes(text)) {
              listener.dispose();
              done();
            }
          });
        });
      terminal.onData((text) => void (screen += text));
      terminal.write('autoload -U compinit; compinit -u -D; source <(msk-lambda completion zsh); echo read""y\r');
      await until('ready');
      terminal.write(`msk-lambda ${typed}`);
      await until(shown);
      terminal.kill();
    });
  });
});

/** Parts of `web-tree-sitter` that are used here. */
interface TreeNode {
  type: string;
  text: string;
  hasError: boolean;
  descendantsOfType(type: string): TreeNode[];
  namedChildren: TreeNode[];
}
interface Grammar {
  Parser: {
    init(): Promise<void>;
    new (): { setLanguage(language: unknown): void; parse(text: string): { rootNode: TreeNode } };
  };
  Language: { load(path: string): Promise<unknown> };
}

describe.skipIf(hasNoGrammar)('PowerShell, by its grammar', () => {
  const modules = (path: string) => join(grammar!, 'node_modules', path);
  const scriptOf = (...flags: string[]) =>
    run(process.execPath, '', [program, 'completion', 'powershell', ...flags]).join('\n');
  let parse: (text: string) => TreeNode;
  beforeAll(async () => {
    const { Parser, Language } = (await import(modules('web-tree-sitter/web-tree-sitter.js'))) as Grammar;
    await Parser.init();
    const parser = new Parser();
    parser.setLanguage(await Language.load(modules('tree-sitter-powershell/tree-sitter-powershell.wasm')));
    parse = (text) => parser.parse(text).rootNode;
  });

  test.each([[[]], [['--no-cache']]])('the script %j has no syntax error', (flags) => {
    const root = parse(scriptOf(...flags));
    expect(root.hasError).toBe(false);
    expect(root.descendantsOfType('command_name').map(({ text }) => text)).toContain('Register-ArgumentCompleter');
    // The grammar finds an error that is made.
    expect(parse(scriptOf(...flags).replace(') {', ' {')).hasError).toBe(true);
  });

  /** What the script block runs for a line, with its variables as PowerShell sets them. */
  function answersTo(line: string): string[] {
    const asks = parse(scriptOf())
      .descendantsOfType('command')
      .find(({ text }) => text.startsWith('& msk-lambda'));
    const parts = asks!.text
      .replace(/ 2>\$null.*$/s, '')
      .split(' ')
      .slice(2);
    const typed = line.split(' ').slice(1);
    const word = typed.pop()!;
    const words = parts.flatMap((part) =>
      part === '@words' ? typed : [part.replace(/^"(.*)"$/, '$1').replace('$wordToComplete', word)],
    );
    return run(process.execPath, '', [program, ...words]).map((found) => found.split('\t', 1)[0]!);
  }
  test.each([
    ['msk-lambda doc', ['doctor', ':none']],
    ['msk-lambda doctor --fail-on d', ['disabled', ':none']],
    ['msk-lambda doctor --fail-on=d', ['--fail-on=disabled', ':none']],
    ['msk-lambda completion ', ['bash', 'zsh', 'fish', 'powershell', ':none']],
    ['msk-lambda doctor --snapshot snap', [':files']],
    ['msk-lambda lint --dir ', [':folders']],
  ])('%s', (line, expected) => expect(answersTo(line)).toEqual(expected));
});
