/** The undo file of a repair. */
import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../../errors.js';
import { formatUndoFile, type UndoFile } from '../../../plan/undo/undo-file.js';
import { writeWhole } from '../../print-answer.js';

/** The absolute path for a new file: the user's, or `./msk-lambda-undo-20261124T100000Z.json`, with a number where that exists. */
export async function undoPath(named: string | undefined, folder: string, at: Date): Promise<string> {
  if (named !== undefined) {
    if (await exists(resolve(folder, named)))
      throw new UsageError(`${named} exists already`, 'It may be needed to undo another repair. Nothing was changed.');
    return resolve(folder, named);
  }
  const name = `msk-lambda-undo-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  for (let number = 1; ; number++) {
    const path = resolve(folder, `${name}${number === 1 ? '' : `-${number}`}.json`);
    if (!(await exists(path))) return path;
  }
}

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined)) !== undefined;

/** A file that lists no change is of no use. */
export const removeUndoFile = (path: string): Promise<void> => rm(path, { force: true });

/** Only its owner can read it. Throws `UsageError` where it cannot be written. */
export const writeUndoFile = (path: string, file: UndoFile): Promise<void> => writeWhole(path, formatUndoFile(file));
