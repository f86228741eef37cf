/** The values of `--ca-file` and `--assume-role`, checked before anything is sent. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '../../../errors.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { visible } from '../../../text/visible.js';

/** Whom a probe trusts besides the public authorities, and the role whose credentials it uses. */
export interface ProbeTrust {
  /** PEM; null for none. */
  authority: string | null;
  assumeRole: string | undefined;
}

/** Throws `UsageError`. */
export async function trustOf({ caFile, assumeRole }: { caFile?: string; assumeRole?: string }): Promise<ProbeTrust> {
  refuseRoleName(assumeRole);
  return { authority: caFile === undefined ? null : await readAuthority(caFile), assumeRole };
}

/** PEM of several authorities; null for none. */
export const joinAuthorities = (...authorities: (string | null)[]): string | null =>
  authorities.filter((pem) => pem !== null).join('\n') || null;

/** Throws `UsageError` for a file without a certificate. */
export async function readAuthority(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(whyUnreadable(visible(path), error), undefined, { cause: error });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new UsageError(
      `${visible(path)} has no PEM certificate`,
      'Expected -----BEGIN CERTIFICATE-----. To convert one: openssl x509 -inform DER -in ca.der -out ca.pem',
    );
  return text;
}

/** Throws `UsageError` for what is not the ARN of a role. */
export function refuseRoleName(role: string | undefined): void {
  if (role !== undefined && !/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(role))
    throw new UsageError(`“${visible(role)}” is not the ARN of a role`, 'Expected arn:aws:iam::ACCOUNT:role/NAME.');
}
