/** The code of the temporary function, as the build wrote it beside the program. */
import { readFile } from 'node:fs/promises';
import { NotReadable } from '../errors.js';
import { zipOf } from './zip.js';

/** Beside the program in `dist/`; from the sources, in the folder of the last build. */
const places = ['./probe-function.js', '../../dist/probe-function.js'];

/** The zip that Lambda receives. Throws `NotReadable` where the program was not built or is not complete. */
export async function functionZip(): Promise<Buffer> {
  for (const path of places) {
    const code = await readFile(new URL(path, import.meta.url)).catch(() => null);
    if (code !== null) return zipOf('index.mjs', code);
  }
  throw new NotReadable('The file probe-function.js of this program is missing.', 'Install msk-lambda again.');
}
