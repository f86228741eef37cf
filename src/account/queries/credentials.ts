/** Credentials to sign Kafka logins with: the caller's, or those of a role that the caller may assume. */
import { ok, type Read } from '../../snapshot/read.js';
import type { Clients } from '../clients.js';
import type { AwsCredentials } from '../credentials.js';
import { notAsDocumented, toFailure } from '../failure.js';
import { Reader } from '../reader.js';

const call = { service: 'sts', operation: 'AssumeRole' } as const;

/** From the SDK's default chain: environment, profile, IAM Identity Center, container or instance. */
export async function callerCredentials(clients: Clients): Promise<Read<AwsCredentials>> {
  try {
    if (clients.credentials === undefined) throw new Error('these clients have no credentials');
    return ok(await clients.credentials());
  } catch (error) {
    return toFailure(error, { service: 'sts', operation: 'GetCallerIdentity' });
  }
}

/** Temporary credentials of a role, for 15 minutes, the least that STS gives. */
export function roleCredentials(clients: Clients, roleArn: string): Promise<Read<AwsCredentials>> {
  const input = { RoleArn: roleArn, RoleSessionName: 'msk-lambda-probe', DurationSeconds: 900 };
  return new Reader(clients).profiled(call.service, call.operation, input, roleArn, async (output) => {
    const { AccessKeyId, SecretAccessKey, SessionToken } =
      (output as { Credentials?: Record<string, unknown> }).Credentials ?? {};
    if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') throw notAsDocumented('Credentials');
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: typeof SessionToken === 'string' ? SessionToken : undefined,
    };
  });
}
