/** What is known besides the answers of the brokers, so that a failed step becomes the finding of the right check. */
import type { Finding } from '../../checks/run.js';
import type { SecretProfile } from '../../snapshot/resources/index.js';
import type { SecretUse } from '../../checks/support/secret-use.js';

/** The machine or subnet that the probe ran from. */
export type ProbeOrigin = { kind: 'here'; subnet: null } | { kind: 'subnet'; subnet: string };

/** The secret of the login, without its values. */
export interface ProbeSecret {
  use: SecretUse;
  profile: SecretProfile;
  /** What the checks say about its content, as `secret check` does. */
  findings: readonly Finding[];
}

/** Whose IAM credentials the probe signed with. */
export interface ProbeIdentity {
  /** Of the user or role; null where it is not known. */
  arn: string | null;
  /** Whether it is the mapping's execution role: only then a refusal is one of the role. */
  isExecutionRole: boolean;
}

export interface ProbeContext {
  from: ProbeOrigin;
  /** ARN of the cluster or VPC connection; null where only bootstrap addresses were given. */
  clusterArn: string | null;
  /** Where only this mapping is probed; null for a cluster and for bootstrap addresses. */
  mappingUuid: string | null;
  /** Whether the user gave a certificate authority of the brokers. */
  hasAuthority: boolean;
  /** Null where the login needs none. */
  secret: ProbeSecret | null;
  /** Null for every login but IAM. */
  identity: ProbeIdentity | null;
  /** Whether members of the consumer group are the mapping's own pollers: those of an enabled mapping. */
  hasPollers: boolean;
  /** What the checks say about the execution role's permissions, where it was read. */
  roleFindings: readonly Finding[];
}

/** `from this machine`, or `from subnet-0a1b…`. */
export const originWords = ({ kind, subnet }: ProbeOrigin): string =>
  kind === 'here' ? 'from this machine' : `from ${subnet}`;
