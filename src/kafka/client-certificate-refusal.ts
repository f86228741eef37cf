/** Alerts of TLS by which a broker refuses the client's certificate. */
import type { WireError } from './wire-error.js';

/**
 * Ends of OpenSSL's codes. Brokers on Java answer with bad_certificate to a missing certificate and with
 * certificate_unknown to one that they do not trust; Kafka 2.8 sends its alert under keys that the client no longer
 * uses, which ends as a bad record.
 */
const refusals = [
  'ALERT_BAD_CERTIFICATE',
  'ALERT_CERTIFICATE_UNKNOWN',
  'ALERT_CERTIFICATE_REQUIRED',
  'ALERT_CERTIFICATE_EXPIRED',
  'ALERT_CERTIFICATE_REVOKED',
  'ALERT_UNSUPPORTED_CERTIFICATE',
  'ALERT_NO_CERTIFICATE',
  'ALERT_UNKNOWN_CA',
  'ALERT_ACCESS_DENIED',
  'ALERT_DECRYPT_ERROR',
];

/** Plain ends of a connection, which mean a refusal only right after a certificate was shown. */
const ends = ['CLOSED', 'ECONNRESET', 'EPIPE'];

/**
 * Whether an error means that the broker refuses the client's certificate. `shown`: a certificate was sent, and
 * nothing has been read since; the broker may then only close the connection.
 */
export function refusesClientCertificate({ label }: WireError, shown: boolean): boolean {
  if (refusals.some((ending) => label.endsWith(ending))) return true;
  return shown && (ends.includes(label) || label.endsWith('DECRYPTION_FAILED_OR_BAD_RECORD_MAC'));
}
