/** The login that the JSON text of a secret holds. */
import type { SecretMethod } from '../aws/msk.js';
import type { ProbeCredentials } from './probe-input.js';

/** The members of a secret's text; null for a text that is not a JSON object. */
export function membersOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Empty members where the secret lacks them: the probe then stops before it sends a login. */
export function credentialsOf(method: SecretMethod, { text }: { text: string }): ProbeCredentials {
  const members = membersOf(text) ?? {};
  if (method === 'scram')
    return { kind: 'scram', username: textOf(members['username']), password: textOf(members['password']) };
  const passphrase = members['privateKeyPassword'];
  return {
    kind: 'mtls',
    certificate: textOf(members['certificate']),
    privateKey: textOf(members['privateKey']),
    passphrase: typeof passphrase === 'string' ? passphrase : null,
  };
}
