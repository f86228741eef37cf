/** The values of `--what-if`: as typed, or the content of the named file. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '../../../errors.js';
import { whyUnreadable } from '../../../text/file-errors.js';

/** `file://PATH` and `@PATH` name a file. Throws `UsageError` if it cannot be read. */
export const readWhatIfTexts = (texts: readonly string[]): Promise<string[]> => Promise.all(texts.map(readText));

async function readText(text: string): Promise<string> {
  const [, path] = /^(?:file:\/\/|@)(.+)$/.exec(text.trim()) ?? [];
  if (path === undefined) return text.trim();
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
}
