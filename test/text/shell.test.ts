import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shell, shellCommand, shellQuote } from '../../src/text/shell.js';

const isWindows = process.platform === 'win32';
/** The words as a shell reads them. */
const words = (command: string, program = 'sh') =>
  spawnSync(program, ['-c', `set -- ${command}; for word do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
    .stdout.split('\0')
    .slice(0, -1);

const text = fc.string({ unit: 'binary', minLength: 1 }).map((raw) => raw.replaceAll(/\0|\p{Surrogate}/gu, '') || 'x');

test.skipIf(isWindows)('a shell reads every word as it was', () =>
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (list) => {
      expect(words(shellCommand(...list))).toEqual(list);
    }),
    { numRuns: 30 },
  ),
);

test.each([
  ['$(touch X)', `aws logs tail '$(touch X)' --since 1h`],
  ["it's", String.raw`aws logs tail 'it'\''s' --since 1h`],
  ['~root', "aws logs tail '~root' --since 1h"],
  ['a!b', "aws logs tail 'a!b' --since 1h"],
  ['', "aws logs tail '' --since 1h"],
  ['--endpoint-url=http://example.com', 'aws logs tail NAME --since 1h'],
  ['plain-name', 'aws logs tail plain-name --since 1h'],
])('%s as a value', (value, expected) => expect(shell`aws logs tail ${value} --since 1h`).toBe(expected));

test('a dash after an option is joined to it', () => {
  expect(shell`kafka-acls --topic ${'--list'} --add`).toBe('kafka-acls --topic=--list --add');
  expect(shell`kafka-acls --topic ${'a b'}`).toBe("kafka-acls --topic 'a b'");
  expect(shell`a prefix-${'-x'}`).toBe('a prefix--x');
  expect(shellQuote('a\nb')).toBe("'a\nb'");
});
