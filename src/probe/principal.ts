/** The principal as Kafka sees it, for ACLs. */
import { X509Certificate } from 'node:crypto';
import { distinguishedName } from '../secrets/distinguished-name.js';
import type { ProbeCredentials } from './probe-input.js';

/** `User:…`; null where it does not follow from the credentials: with IAM only AWS knows the ARN. */
export function principalOf(credentials: ProbeCredentials): string | null {
  switch (credentials.kind) {
    case 'none':
      return 'User:ANONYMOUS';
    case 'scram':
      return credentials.username === '' ? null : `User:${credentials.username}`;
    case 'mtls':
      return certificatePrincipal(credentials.certificate);
    case 'iam':
      return null;
  }
}

/** Null where the certificate cannot be parsed. The first certificate of the chain is the client's. */
function certificatePrincipal(pem: string): string | null {
  try {
    const name = distinguishedName(new X509Certificate(pem).raw, 'subject');
    return name === null ? null : `User:${name}`;
  } catch {
    return null;
  }
}
