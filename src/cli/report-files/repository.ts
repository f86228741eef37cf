/** The repository around a folder. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The nearest folder upwards that has `.git`, a folder or, in a worktree, a file; null where there is none. */
export function repositoryOf(folder: string): string | null {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (existsSync(join(path, '.git'))) return path;
    if (dirname(path) === path) return null;
  }
}
