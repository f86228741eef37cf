/** What the temporary function receives and returns: JSON in both directions. */
import type { SecretMethod } from '../../aws/msk.js';
import type { ProbeCredentials, ProbeInput } from '../probe-input.js';
import type { ProbeResult } from '../probe-result.js';

/** An address at which an AWS service answers. */
export interface ServiceAddress {
  /** `lambda`, `sts`, `secretsmanager`, or that of the destination. */
  service: string;
  host: string;
  port: number;
}

/** How the function gets its login. */
export type RemoteLogin =
  | { kind: 'none' }
  /** IAM with the credentials of the function itself, which are those of its execution role. */
  | { kind: 'role'; region: string }
  /** The function reads the secret with its own credentials. */
  | { kind: 'secret'; method: SecretMethod; id: string; region: string; address: ServiceAddress }
  /** Only where the function cannot read the secret, or the user gave another one. */
  | { kind: 'given'; credentials: ProbeCredentials };

export interface RemoteEvent {
  probe: Omit<ProbeInput, 'credentials' | 'dial' | 'signal'>;
  login: RemoteLogin;
  services: readonly ServiceAddress[];
}

/** A service that was called from the subnet: DNS, TCP and TLS, without a request. */
export interface ServiceReach {
  service: string;
  host: string;
  status: 'ok' | 'failed';
  /** The step that failed; null where all three succeeded. */
  step: 'dns' | 'tcp' | 'tls' | null;
  name: string | null;
  because: string | null;
  /** Milliseconds for all steps. */
  ms: number;
}

/** Why the function has no secret. */
export interface SecretFailure {
  /** AWS's error name, or Node's code where no answer came. */
  name: string;
  /** One sentence without a period. */
  because: string;
  /** Whether Secrets Manager answered. */
  answered: boolean;
}

export interface RemoteAnswer {
  /** Null where the secret could not be read. */
  result: ProbeResult | null;
  secret: SecretFailure | null;
  services: ServiceReach[];
}
