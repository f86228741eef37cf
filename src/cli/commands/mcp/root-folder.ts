/** Files that an assistant names: only those inside the root folder of the server. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../../errors.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { visible } from '../../../text/visible.js';

/**
 * The real path, links followed. Throws `UsageError` for one outside the folder, whether or not it exists: an answer
 * must not tell which files the machine has.
 */
export async function insideRoot(root: string, path: string): Promise<string> {
  const wanted = resolve(root, path);
  if (!contains(root, wanted)) throw outside(path);
  let real;
  try {
    real = await realpath(wanted);
  } catch (error) {
    throw new UsageError(whyUnreadable(visible(path), error), undefined, { cause: error });
  }
  if (!contains(root, real)) throw outside(path);
  return real;
}

function contains(root: string, path: string): boolean {
  const from = relative(root, path);
  return from === '' || (from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from));
}

const outside = (path: string): UsageError =>
  new UsageError(
    `“${visible(path)}” is outside the root folder of the server`,
    'Start the server in the folder of the project, or with --root.',
  );
