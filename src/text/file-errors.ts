/** Errors of the file system in words. */
const reasons: Record<string, string> = {
  ENOENT: 'the folder does not exist',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of its path is a file, not a folder',
};

/** Why a file cannot be read, in a sentence. */
export const whyUnreadable = (path: string, error: unknown): string =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? `file not found: ${path}`
    : `cannot read ${path}: ${fileErrorReason(error)}`;

/** A file system error in words; its code where there are none. */
export const fileErrorReason = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return reasons[code] ?? (code === '' ? String(error) : code);
};
