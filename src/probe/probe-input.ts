/** What a probe connects to, and as whom. Secret values stay in this value and in the connections made from it. */
import type { AuthMethod } from '../aws/msk.js';
import type { Dialer } from '../kafka/dial.js';

export interface HostPort {
  host: string;
  port: number;
}

/** How the probe logs in. */
export type ProbeCredentials =
  /** TLS without authentication, and plaintext. */
  | { kind: 'none' }
  | { kind: 'scram'; username: string; password: string }
  /** PEM texts; `passphrase` opens an encrypted key. */
  | { kind: 'mtls'; certificate: string; privateKey: string; passphrase: string | null }
  | { kind: 'iam'; region: string; mechanism: 'OAUTHBEARER' | 'AWS_MSK_IAM'; credentials: IamCredentials };

export interface IamCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
}

export interface ProbeInput {
  bootstrap: readonly HostPort[];
  auth: AuthMethod;
  credentials: ProbeCredentials;
  /** PEM of an additional certificate authority; null: the ones that Node trusts. */
  certificateAuthority: string | null;
  /** Null: the probe ends after `metadata`. */
  topic: string | null;
  group: string | null;
  /** Milliseconds for each step and for the whole probe. */
  limits: { step: number; whole: number };
  /** Whether the content of the fetched record is part of the result. */
  showRecord: boolean;
  /** Opens TCP connections; through a proxy where the user named one. */
  dial: Dialer;
  signal: AbortSignal;
}
