/** Paths of files in reports that another machine reads. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `root`: the folder to which paths are relative. `folder`: the one in which the command ran. */
export interface Folders {
  root: string;
  folder: string;
}

/** The path below the root with slashes; null for a file outside it, and for standard input. */
export function pathBelowRoot(file: string, { root, folder }: Folders): string | null {
  if (file === '-') return null;
  const path = relative(root, resolve(folder, file));
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
    ? null
    : path.split(sep).join('/');
}

/** A relative URI below the root, otherwise a whole one. Standard input is the relative URI `stdin`. */
export function artifactUri(file: string, folders: Folders): { uri: string; isBelowRoot: boolean } {
  if (file === '-') return { uri: 'stdin', isBelowRoot: true };
  const path = pathBelowRoot(file, folders);
  return path === null
    ? { uri: pathToFileURL(resolve(folders.folder, file)).href, isBelowRoot: false }
    : { uri: path.split('/').map(encodePart).join('/'), isBelowRoot: true };
}

/** Half a letter has no encoding. */
const encodePart = (part: string): string => encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
