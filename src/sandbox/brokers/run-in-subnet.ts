/** The temporary function of `probe --from-vpc` in a sandbox: the same probe, from a subnet of the account. */
import type { RemoteAnswer, RemoteEvent, ServiceAddress } from '../../probe/function/remote-event.js';
import { runRemoteProbe, type Surroundings } from '../../probe/function/run-remote-probe.js';
import { isOk } from '../../snapshot/read.js';
import type { Identities } from '../identities.js';
import { secretsmanager } from '../services/secretsmanager.js';
import { roleAllows } from './authorizer.js';
import { reachesService } from './reach.js';
import { startBrokers, type BrokerAccount } from './start-brokers.js';

/** Runs in this process; the brokers of the account answer on loopback while it does. */
export async function runInSubnet(
  event: RemoteEvent,
  { roleArn, subnet }: { roleArn: string; subnet: string },
  account: BrokerAccount & { identities: Identities },
  now: () => Date,
): Promise<RemoteAnswer> {
  const brokers = startBrokers(account, now);
  const reached = (service: string): boolean => reachesService(account.snapshot(), roleArn, subnet, service);
  const { accessKeyId, secretAccessKey, sessionToken } = account.identities.issue(roleArn);
  const authorities = [event.probe.certificateAuthority, brokers.certificateAuthority].filter((pem) => pem !== null);
  try {
    return await runRemoteProbe(
      { ...event, probe: { ...event.probe, certificateAuthority: authorities.join('\n') } },
      { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
      {
        dial: brokers.dialFrom(subnet),
        checkService: async (address, limit) => checkService(address, limit, reached(address.service)),
        readSecret: async ({ id, limit }) =>
          reached('secretsmanager')
            ? readSecret(id, roleArn, account)
            : { failure: { name: 'TIMEOUT', because: noAnswer(limit), answered: false } },
      },
    );
  } finally {
    await brokers.stop();
  }
}

/** Security groups and routes drop packets; the sandbox does not wait. `limit`: milliseconds. */
const noAnswer = (limit: number): string => `no answer within ${limit / 1000} s (simulated)`;

const checkService = (
  { service, host }: ServiceAddress,
  limit: number,
  reached: boolean,
): Awaited<ReturnType<Surroundings['checkService']>> =>
  reached
    ? { service, host, status: 'ok', step: null, name: null, because: null, ms: 1 }
    : { service, host, status: 'failed', step: 'tcp', name: 'TIMEOUT', because: noAnswer(limit), ms: 1 };

/** Answers as Secrets Manager does, with the permissions of the role. */
function readSecret(
  id: string,
  roleArn: string,
  { snapshot, contentOf }: BrokerAccount,
): Awaited<ReturnType<Surroundings['readSecret']>> {
  const policy = snapshot().secretPolicies[id];
  const action = 'secretsmanager:GetSecretValue';
  const document = policy !== undefined && isOk(policy) ? policy.value : null;
  if (!roleAllows(snapshot(), roleArn, { action, resource: id, policy: document }))
    return {
      failure: {
        name: 'AccessDeniedException',
        because: `${roleArn} is not authorized to perform: ${action} on resource: ${id}`,
        answered: true,
      },
    };
  try {
    const answer = secretsmanager(contentOf, new Map())['GetSecretValue']!({ SecretId: id }, snapshot());
    return { text: (answer as { SecretString: string }).SecretString };
  } catch (error) {
    const { name, message } = error as Error;
    return { failure: { name, because: message.replace(/\.$/, ''), answered: true } };
  }
}
