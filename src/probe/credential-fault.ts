/** Faults of the credentials that are certain before anything is sent. */
import { X509Certificate } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import { secureContext } from '../kafka/tls.js';
import { WireError, wireErrorOf } from '../kafka/wire-error.js';
import { profilePrivateKey } from '../secrets/private-key.js';
import type { ProbeInput } from './probe-input.js';

/** The step at which the probe stops, whatever the brokers answer. */
export interface CredentialFault {
  step: 'client-certificate' | 'sasl';
  error: WireError;
  /** True: this machine cannot use credentials that Lambda may be able to use, so nothing is known of the brokers. */
  unusableHere: boolean;
}

export interface PreparedCredentials {
  fault: CredentialFault | null;
  /** Null for plaintext, and where the certificate cannot be used. */
  context: SecureContext | null;
}

/** Node's own code for a value that is missing. */
const missing = (name: string): CredentialFault => ({
  step: 'sasl',
  error: new WireError('ERR_MISSING_ARGS', `the secret has no ${name}, so no authentication request was sent`),
  unusableHere: false,
});

/** Reads the credentials and makes the settings of TLS from them. `now`: in milliseconds since 1970. */
export function prepareCredentials(
  { auth, credentials, certificateAuthority }: Pick<ProbeInput, 'auth' | 'credentials' | 'certificateAuthority'>,
  now: number,
): PreparedCredentials {
  const plain = (): SecureContext | null =>
    auth === 'plaintext' ? null : secureContext({ certificateAuthority, client: null });
  if (credentials.kind === 'scram') {
    const fault =
      credentials.username === '' ? missing('user name') : credentials.password === '' ? missing('password') : null;
    return { fault, context: plain() };
  }
  if (credentials.kind !== 'mtls') return { fault: null, context: plain() };
  try {
    const context = secureContext({ certificateAuthority, client: credentials });
    const error = dateProblem(credentials.certificate, now);
    return { fault: error === null ? null : certificateFault(error), context };
  } catch (error) {
    // Of OpenSSL's error only the code is kept: messages of parsers may quote their input.
    const { label } = wireErrorOf(error);
    const unusableHere = cannotOpen(credentials);
    const because = unusableHere
      ? 'OpenSSL on this machine does not support the encryption of the private key, so the probe cannot log in'
      : describe(label);
    return { fault: certificateFault(new WireError(label, because), unusableHere), context: null };
  }
}

const certificateFault = (error: WireError, unusableHere = false): CredentialFault => ({
  step: 'client-certificate',
  error,
  unusableHere,
});

/** Old ciphers of PBES1, which Lambda supports: OpenSSL 3 refuses them whatever the password is. */
const cannotOpen = ({ privateKey, passphrase }: { privateKey: string; passphrase: string | null }): boolean =>
  profilePrivateKey(privateKey, { password: passphrase ?? undefined, certificate: undefined }).opens === 'cannot-tell';

function dateProblem(pem: string, now: number): WireError | null {
  const { validFrom, validTo } = new X509Certificate(pem);
  if (Date.parse(validTo) < now)
    return new WireError('CERT_HAS_EXPIRED', `the client certificate expired on ${new Date(validTo).toISOString()}`);
  if (Date.parse(validFrom) > now)
    return new WireError(
      'CERT_NOT_YET_VALID',
      `the client certificate is valid from ${new Date(validFrom).toISOString()}`,
    );
  return null;
}

function describe(label: string): string {
  if (label.endsWith('KEY_VALUES_MISMATCH')) return 'the private key does not belong to the client certificate';
  if (label.endsWith('BAD_DECRYPT') || label.endsWith('MAYBE_WRONG_PASSWORD'))
    return 'the password does not decrypt the private key';
  if (label.endsWith('BAD_PASSWORD_READ') || label === 'ERR_MISSING_PASSPHRASE')
    return 'the private key is encrypted, and its password is missing';
  return 'the client certificate or the private key cannot be read';
}
