/** No command with a value in it is built but by src/text/shell.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const src = new URL('../../src/', import.meta.url);
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
/** A template that begins like a command, or has one in backquotes, and a value in it. */
const unquoted =
  /(?<!shell)(?:`|\\`|: )(?:aws (?!\$)|msk-lambda [a-z]|openssl |kafka-[a-z]+ |keytool |curl )[^`\n]*\$\{(?!shell)/;

test('every command in a template is quoted', () => {
  const found = files.flatMap((file) =>
    readFileSync(new URL(file, src), 'utf8')
      .split('\n')
      .flatMap((line, index) => (unquoted.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found, 'build it with shell`…` of src/text/shell.ts').toEqual([]);
});

test('the guard finds what it looks for', () => {
  for (const line of [
    '`aws logs tail ${group}`',
    '`Go on: \\`msk-lambda doctor ${uuid}\\``',
    '`To change it: msk-lambda update ${uuid}`',
  ])
    expect(unquoted.test(line), line).toBe(true);
  expect(unquoted.test('shell`aws logs tail ${group}`')).toBe(false);
});
