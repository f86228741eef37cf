/** Schema files that flags name. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { readSchema, type ReadText } from '../event/schema/read-schema.js';
import type { Schema } from '../event/schema/schema.js';
import { whyUnreadable } from '../text/file-errors.js';
import { visible } from '../text/visible.js';

/** Undefined for a file that does not exist. */
const readSchemaFile: ReadText = async (path) => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new UsageError(visible(whyUnreadable(path, error)), undefined, { cause: error });
  }
};

/** The schemas of words such as `FILE`, `ID=FILE` and `FILE.proto#MESSAGE`. Throws `UsageError` for one that is none. */
export async function readSchemas(words: readonly string[] = []): Promise<Schema[]> {
  const schemas: Schema[] = [];
  for (const word of words) schemas.push(await readSchema(word, readSchemaFile));
  return schemas;
}
