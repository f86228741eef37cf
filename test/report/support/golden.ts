/** Compares the text of command lines with files, at three widths, plain and coloured. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { runInProcess } from '../../cli/in-process.js';

const looks = [60, 80, 120].flatMap((columns) =>
  (['plain', 'coloured'] as const).map((look) => [columns, look] as const),
);

/** Several command lines run one after another. `replace`: what differs in each run, such as a path; `before`: runs
 * before each; `input`: standard input. */
export function compareWithFiles(
  invocations: Record<string, readonly (readonly string[])[]>,
  {
    replace = (text) => text,
    before = () => {},
    input = '',
  }: { replace?: (text: string) => string; before?: () => void; input?: string } = {},
): void {
  describe.each(Object.entries(invocations))('%s', (name, lines) => {
    test.each(looks)('%i columns, %s', async (columns, look) => {
      before();
      let text = '';
      for (const words of lines) {
        const { stdout, stderr } = await runInProcess(words, {
          columns,
          stdin: new PassThrough().end(input),
          colour: new Chalk({ level: look === 'plain' ? 0 : 1 }),
        });
        text = `${stdout}${stderr}`;
      }
      // oxlint-disable-next-line no-control-regex -- escapes are written so that the files can be read
      const readable = replace(text).replaceAll('\u001b', '\\e');
      const path = join(import.meta.dirname, '..', 'golden', `${name}.${columns}.${look}.txt`);
      await expect(readable).toMatchFileSnapshot(path);
    });
  });
}
