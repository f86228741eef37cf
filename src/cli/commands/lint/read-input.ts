/** The files that `lint` reads. */
import { readFileSync, realpathSync, statSync, readdirSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../../errors.js';
import type { TemplateSource } from '../../../template/cloudformation/read-templates.js';
import type { TemplateFormat } from '../../../template/resource.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { readStdin } from '../../read-stdin.js';
import type { Io } from '../../io.js';

/** A template larger than this cannot be deployed (CloudFormation quota: 1 MB), other files are larger. */
const mostBytes = 20_000_000;
const templateEndings = new Set(['.yaml', '.yml', '.json', '.template']);
/** Folders without templates of this project. */
const leftOut = new Set(['node_modules', '.git', '.terraform', '.venv']);

/** Throws `UsageError` for a path that cannot be read. In folders, files that are no template are left out. */
export async function readInput(
  paths: readonly string[],
  format: TemplateFormat | undefined,
  io: Io,
): Promise<TemplateSource[]> {
  const sources: TemplateSource[] = [];
  for (const path of paths.length === 0 ? ['.'] : paths)
    if (path === '-')
      sources.push({
        path: '-',
        text: await readStdin(io, 'standard input is too long for a template'),
        format: format ?? 'cloudformation',
      });
    else if (isFolder(path))
      for (const file of filesIn(path)) {
        const text = readText(file);
        if (isTemplate(text)) sources.push({ path: file, text, format: format ?? 'cloudformation' });
      }
    else sources.push({ path, text: readText(path), format: format ?? 'cloudformation' });
  return sources;
}

const isTemplate = (text: string): boolean => /^\s*"?Resources"?\s*:/m.test(text);

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      // A link may lead out of the folder.
      if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : filesIn(path);
      return entry.isFile() && templateEndings.has(extname(entry.name)) ? [path] : [];
    });

function readText(path: string): string {
  try {
    if (statSync(path).size > mostBytes) throw new UsageError(`${path} is larger than ${mostBytes / 1_000_000} MB`);
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
}

/** Reads a file beside a template; null for one outside the folders of the input, also by a link. */
export function besideReader(paths: readonly string[]): (path: string) => string | null {
  const folders = (paths.length === 0 ? ['.'] : paths)
    .filter((path) => path !== '-')
    .map((path) => realpathSync(isFolder(path) ? path : resolve(path, '..')));
  return (path) => {
    try {
      const real = realpathSync(path);
      const isInside = folders.some(
        (folder) => !relative(folder, real).startsWith('..') && real.startsWith(folder + sep),
      );
      return isInside ? readText(real) : null;
    } catch {
      return null;
    }
  };
}
