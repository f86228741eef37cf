/** The text of a secret from a file or stdin, reduced to a profile at once. */
import { readFile, stat } from 'node:fs/promises';
import { redactErrors } from './redact-errors.js';
import { profileSecret } from '../../../secrets/profile.js';
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import type { Io } from '../../io.js';
import { mostInputBytes, readStdin as readAllOfStdin } from '../../read-stdin.js';
import { NotASecretId, UsageError } from '../../../errors.js';
import { isSecretId } from '../../../aws/secret-arn.js';
import { visible } from '../../../text/visible.js';

/** Null for a name that is not a file. Throws `UsageError` for a file that cannot be read. */
export async function readSecretFile(name: string, io: Io): Promise<SecretProfile | null> {
  if (name === '-') return profileOf(await readStdin(io));
  if (name.startsWith('arn:')) return null;
  try {
    const { size } = await stat(name);
    if (size > mostInputBytes) throw new UsageError(`${name} is too large for a secret`);
    return profileOf(await readFile(name, 'utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    // A secret's name may look like a path: if there is no such file, it is looked up in the account.
    if (code === 'ENOENT' && looksLikeFile(name))
      throw new UsageError(
        `file not found: ${visible(name)}`,
        'For a secret whose name looks like a file name, give the ARN.',
      );
    const gone = code === 'ENOENT' || code === 'ENOTDIR';
    if (code === 'ENAMETOOLONG' || (gone && !isSecretId(name))) throw new NotASecretId();
    if (gone) return null;
    throw new UsageError(whyUnreadable(name, error), undefined, { cause: error });
  }
}

/** A path, or a name with the extension of a file that may hold a secret. */
const looksLikeFile = (name: string): boolean =>
  !/[\n"{]/.test(name) && (/^(\.{0,2}[/\\]|~)/.test(name) || /\.(json|ya?ml|txt|pem|env|secret)$/i.test(name));

export const profileOf = (text: string): SecretProfile => redactErrors(() => profileSecret({ text }));

/** All of stdin. Throws `UsageError` where it does not end. */
export const readStdin = (io: Pick<Io, 'stdin' | 'signal'>): Promise<string> =>
  readAllOfStdin(io, 'standard input is too large for a secret');
