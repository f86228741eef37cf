/** Errors of the file system in words. */
const reasons: Record<string, string> = {
  ENOENT: 'its folder is not there',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EISDIR: 'it is a folder',
  ENOTDIR: 'its folder is a file',
};

/** Why a file cannot be read, in a sentence. */
export const whyUnreadable = (path: string, error: unknown): string =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? `there is no file ${path}`
    : `cannot read ${path}: ${fileErrorReason(error)}`;

/** A file system error in words; its code where there are none. */
export const fileErrorReason = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return reasons[code] ?? (code === '' ? String(error) : code);
};
