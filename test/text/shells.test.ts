/** Commands in the syntax of PowerShell and cmd, read back by the rules of both and of the C library on Windows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandLine } from '../../src/report/command-line.js';
import { cmdWord } from '../../src/text/cmd.js';
import { tokensOf } from '../../src/text/posix-words.js';
import { shell, shellCommand, type ShellCommand } from '../../src/text/shell.js';
import { currentShell, inShell, piecesInShell, sentenceInShell } from '../../src/text/shells.js';
import { argumentsOf, cmdLine, nativeCommandLine } from './windows-shells.js';

const special = fc.constantFrom(...'"\\\'‘’ %^&|<>()!`$;,{}[]@#~*?-='.split(''), 'a', 'PATH', '%PATH%', '\\"', 'é');
const word = fc
  .array(fc.oneof(special, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 8 })
  .map((parts) => parts.join('').replaceAll(/[\0\r\n]/g, ''));
const command = fc.array(word, { maxLength: 6 }).map((words) => ['aws', ...words]);
const runs = { numRuns: 1000 };

test('a command is read back into its words', () =>
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (words) => {
      expect(tokensOf(shellCommand(...words))).toEqual(words.map((text) => ({ word: text })));
    }),
    runs,
  ));

test('an operator is one only without quotes', () => {
  expect(tokensOf(shell`openssl x509 -in ${'|'} | openssl sha256`)).toContainEqual({ operator: '|' });
  expect(tokensOf(shellCommand('&&', '|'))).toEqual([{ word: '&&' }, { word: '|' }]);
});

describe('a program on Windows receives the words', () => {
  test.each(['5.1', '7.2', '7.4'] as const)('from PowerShell %s', (version) =>
    fc.assert(
      fc.property(command, (words) => {
        const line = inShell(shellCommand(...words), 'powershell');
        expect(argumentsOf(nativeCommandLine(line, version))).toEqual(words);
      }),
      runs,
    ),
  );

  test('from cmd', () =>
    fc.assert(
      fc.property(command, (words) => {
        const line = inShell(shellCommand(...words), 'cmd');
        expect(argumentsOf(cmdLine(line, { PATH: 'C:\\bin', a: '" & echo' }))).toEqual(words);
      }),
      runs,
    ));

  test('from a broken line', () => {
    const words = ['aws lambda', '--filters \'{"a": ["b c"]}\'', "--name '%PATH%'"];
    const expected = ['aws', 'lambda', '--filters', '{"a": ["b c"]}', '--name', '%PATH%'];
    const broken = (name: 'powershell' | 'cmd') => commandLine(words, { columns: 20, shell: name });
    expect(argumentsOf(nativeCommandLine(broken('powershell'), '7.4'))).toEqual(expected);
    expect(argumentsOf(cmdLine(broken('cmd'), { PATH: 'x' }))).toEqual(expected);
    expect(commandLine(['aws x', '--y z'], { columns: 5 })).toBe('    aws x \\\n      --y z');
    expect(commandLine(['aws x', '--y z'], { columns: 5, shell: 'powershell' })).toBe('    aws x `\n      --y z');
    expect(commandLine(['aws x', '--y z'], { columns: 5, shell: 'cmd' })).toBe('    aws x ^\n      --y z');
  });
});

test.each([
  ['a b', "'a b'", '"a b"'],
  ["it's", "'it''s'", `"it's"`],
  ['a,b', "'a,b'", 'a,b'],
  ['arn:aws:kafka:eu-west-1:111122223333:cluster/a/b', undefined, undefined],
  ['{"a":1}', `'{\\"a\\":1}'`, String.raw`^"{\^"a\^":1}^"`],
  ['%PATH%', "'%PATH%'", '^"^%^PATH^%^"'],
])('%s', (text, powershell = text, cmd = text) => {
  expect(inShell(shell`aws x ${text}`, 'powershell')).toContain(`aws x ${powershell}`);
  expect(inShell(shell`aws x ${text}`, 'cmd')).toBe(`aws x ${cmd}`);
  expect(inShell(shell`aws x ${text}`)).toBe(shell`aws x ${text}`);
});

test('what cmd cannot express is refused', () => {
  expect(cmdWord('a\nb', 'aws')).toBeNull();
  expect(piecesInShell([shellCommand('aws', 'a\nb')], 'cmd')).toBeNull();
  expect(inShell(shellCommand('aws', 'a\nb'), 'cmd')).toContain('--shell bash');
  // The batch file of npm reads the words again.
  expect(cmdWord('{"a":"<b>"}', 'msk-lambda')).toBeNull();
  expect(cmdWord('{"a":"<b>"}', 'aws')).not.toBeNull();
});

test('operators', () => {
  const both = `${shellCommand('aws', 'a')} && ${shellCommand('aws', 'b c')} && openssl x | openssl y` as ShellCommand;
  expect(inShell(both, 'powershell')).toBe("aws a; if ($?) { aws 'b c'; if ($?) { openssl x | openssl y } }");
  expect(inShell(both, 'cmd')).toBe('aws a && aws "b c" && openssl x | openssl y');
});

test('commands in a sentence', () => {
  const sentence = `Undo: \`${shellCommand('msk-lambda', 'undo', "it's `x` y.json")}\`. See \`--help\`.`;
  expect(sentenceInShell(sentence, 'powershell')).toBe("Undo: `msk-lambda undo 'it''s `x` y.json'`. See `--help`.");
  expect(sentenceInShell(sentence)).toBe(sentence);
});

const modules = String.raw`C:\Program Files\WindowsPowerShell\Modules;C:\WINDOWS\system32\WindowsPowerShell\v1.0\Modules`;
const folders = { ProgramFiles: String.raw`C:\Program Files`, SystemRoot: String.raw`C:\WINDOWS`, ComSpec: 'cmd.exe' };
test.each([
  ['linux', {}, 'bash'],
  ['darwin', { SHELL: '/bin/zsh' }, 'bash'],
  ['linux', { PSModulePath: '/home/ann/.local/share/powershell/Modules' }, 'bash'],
  ['win32', {}, 'cmd'],
  ['win32', { ...folders, PSModulePath: modules }, 'cmd'],
  [
    'win32',
    { ...folders, PSModulePath: String.raw`C:\Users\ann\Documents\WindowsPowerShell\Modules;${modules}` },
    'powershell',
  ],
  [
    'win32',
    { ...folders, PSModulePath: String.raw`C:\Users\ann\OneDrive\Dokumente\PowerShell\Modules;${modules}` },
    'powershell',
  ],
  ['win32', { ...folders, PSModulePath: modules, SHELL: '/usr/bin/bash' }, 'bash'],
] as const)('the shell on %s with %j is %s', (platform, env, expected) =>
  expect(currentShell(env, platform)).toBe(expected),
);
