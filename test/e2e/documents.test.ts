/** Every line of the documents and of the help that can run without an account is run, as it stands, by the built program. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shownInDocuments, shownInHelp } from '../guards/command-lines.js';
import { looksLikeTrace, spawnProgram } from './program.js';

/** Where lines that write a file and lines that read it meet. */
const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const offline = (words: readonly string[]) =>
  words.some((word) => ['--sandbox', '--snapshot', '--help'].includes(word)) ||
  words[0] === 'explain' ||
  words[0] === 'sandbox';

describe.each([
  ['documents', shownInDocuments()],
  ['help', shownInHelp()],
])('%s', (_, shown) => {
  test.each(
    shown.filter(({ words }) => offline(words)).map(({ words, where }) => [words.join(' '), where, words] as const),
  )('msk-lambda %s (%s)', async (_line, _where, words) => {
    const ran = await spawnProgram(words, { cwd: folder });
    expect(looksLikeTrace(ran)).toBe(false);
    // A problem that is found is an answer; wrong usage is none.
    expect([0, 1], ran.stderr).toContain(ran.exitCode);
  });
});
