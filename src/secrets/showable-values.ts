/** What may be shown of a secret in which values are in the wrong members. Pure. */
import type { SecretProfile } from '../snapshot/resources/index.js';
import { looksLikePassword, looksLikeUserName } from '../text/user-name.js';

/**
 * A user name may be shown if it looks like one and cannot be the password: there is a password that does not look
 * like a user name, or the secret holds only the user name.
 */
export const mayShowUserName = (
  username: string,
  password: string | undefined,
  { alone }: { alone: boolean },
): boolean =>
  looksLikeUserName(username) &&
  (password === undefined || password.trim() === '' ? alone : !looksLikeUserName(password));

export const areSwapped = (username: string | undefined, password: string | undefined): boolean =>
  username !== undefined && password !== undefined && looksLikePassword(username) && looksLikeUserName(password);

/** A shorter value occurs in any text by chance; it counts only as the complete text. */
const leastLetters = 4;

/**
 * The profile without any name that contains the value of a secret member: a password may be part of the user name,
 * of a certificate's subject, or of a member's name.
 */
export function withoutValues(profile: SecretProfile, secretValues: readonly unknown[]): SecretProfile {
  const values = secretValues
    .flatMap((value) => textsIn(value))
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text !== '');
  const tells = (shown: string): boolean => {
    const text = shown.toLowerCase();
    return values.some((value) => text === value || (value.length >= leastLetters && text.includes(value)));
  };
  const hide = (name: string): string => (tells(name) || tells(name.replace(/^\w+=/, '')) ? withheld : name);
  const { principal, certificate, misspelt, ...rest } = profile;
  const hidden = principal !== undefined && (tells(principal) || tells(principal.replace(/^User:/, '')));
  return {
    ...rest,
    misspelt: misspelt.filter(({ found }) => !tells(found)),
    otherMembers: rest.otherMembers + misspelt.filter(({ found }) => tells(found)).length,
    ...(principal === undefined || hidden ? {} : { principal }),
    ...(hidden ? { principalWithheld: true } : {}),
    ...(certificate === undefined
      ? {}
      : {
          certificate: {
            ...certificate,
            chain: certificate.chain.map((link) => ({
              ...link,
              subject: hide(link.subject),
              issuer: hide(link.issuer),
            })),
          },
        }),
  };
}

const withheld = '(a name that is not shown, because it holds a value of the secret)';

/** Every text inside a value, at any depth. A text that is JSON is not parsed: nothing of it is shown. */
function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null || depth > 5) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, depth + 1));
}
