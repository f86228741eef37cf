/** The material for a new secret: from flags, files, and a password prompt. */
import type { SecretMethod } from '../../../aws/msk.js';
import { readFile } from 'node:fs/promises';
import { buildClientSecret, needsPassword, UnfitMaterial } from '../../../secrets/build-client-secret.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { askPassword } from '../../single-prompts.js';
import type { SecretCreateOptions } from './create/options.js';
import type { Io } from '../../io.js';
import { UsageError } from '../../../errors.js';
import { readStdin } from './file.js';
import { redactErrors } from './redact-errors.js';

export interface Material {
  /** The JSON text to store; null where a dry run does not ask for the password. */
  text: string | null;
  /** How the material was changed. */
  notes: string[];
}

/** Throws `UsageError` for material that cannot become a working secret. */
export async function readMaterial(type: SecretMethod, options: SecretCreateOptions, io: Io): Promise<Material> {
  return type === 'scram' ? userMaterial(options, io) : clientMaterial(options, io);
}

async function userMaterial({ username = '', passwordStdin, dryRun }: SecretCreateOptions, io: Io): Promise<Material> {
  if (dryRun === true && passwordStdin !== true) return { text: null, notes: [] };
  const password =
    passwordStdin === true
      ? await passwordFromStdin(io)
      : await askPassword(io, `Password of ${username}`, {
          repeat: true,
          instead: 'Pass it on standard input with --password-stdin.',
        });
  if (password === '') throw new UsageError('the password is empty');
  return { text: JSON.stringify({ username, password }), notes: [] };
}

async function clientMaterial(
  { certificate = '', chain = [], privateKey: keyFile = '', passwordStdin }: SecretCreateOptions,
  io: Io,
): Promise<Material> {
  const [privateKey, ...certificates] = await Promise.all([keyFile, certificate, ...chain].map(readPemFile));
  const password =
    passwordStdin === true
      ? await passwordFromStdin(io)
      : redactErrors(() => needsPassword(privateKey!))
        ? await askPassword(io, `Password of the key in ${keyFile}`, {
            repeat: false,
            instead: 'Pass it on standard input with --password-stdin.',
          })
        : undefined;
  try {
    return redactErrors(() => buildClientSecret({ certificates, privateKey: privateKey!, password }));
  } catch (error) {
    if (error instanceof UnfitMaterial) throw new UsageError(error.message, error.hint?.replace('KEY_FILE', keyFile));
    throw error;
  }
}

async function readPemFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
}

/** The first line, without its line break. */
async function passwordFromStdin(io: Io): Promise<string> {
  const text = (await readStdin(io)).replace(/\r?\n$/, '');
  if (/[\r\n]/.test(text)) throw new UsageError('standard input has several lines, but one password is expected');
  return text;
}
