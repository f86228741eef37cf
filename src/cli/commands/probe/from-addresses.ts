/** A probe of bootstrap addresses: no AWS call, unless a secret is named or the login is IAM. */
import type { Clients } from '../../../account/clients.js';
import { UsageError } from '../../../errors.js';
import type { HostPort } from '../../../probe/probe-input.js';
import { addressText, inferAuth, parseAddresses } from './addresses.js';
import { methodOfContent, type LoginSecret } from './login-secret.js';
import { prepareLogin, readAccountSecret } from './login.js';
import type { ProbeOptions } from './options.js';
import type { ProbePlan } from './plan.js';

/** Throws `UsageError` for flags that contradict each other: then nothing is sent. */
export async function planOfAddresses(
  list: string,
  options: ProbeOptions,
  file: LoginSecret | null,
  open: (region?: string) => Promise<Clients>,
): Promise<ProbePlan> {
  const bootstrap = parseAddresses(list);
  let opened: Promise<Clients> | undefined;
  const region = options.region ?? regionOfBrokers(bootstrap);
  const clients = (): Promise<Clients> => (opened ??= open(region));
  const given = options.auth ?? (options.assumeRole === undefined ? undefined : 'iam');
  const early = given ?? (options.secret === undefined ? authOf(bootstrap, file) : null);
  // Before AWS is asked for anything.
  if (options.assumeRole !== undefined && early !== null && early !== 'iam')
    throw new UsageError(`--assume-role is for IAM, and the authentication method is ${early}`);
  const secret = options.secret === undefined ? file : await readAccountSecret(await clients(), options.secret);
  const auth = early ?? authOf(bootstrap, secret);
  const login = await prepareLogin(auth, {
    secret,
    assumeRole: options.assumeRole,
    executionRole: null,
    clients,
    region: async () => region ?? (await (await clients()).region()),
    mappingUuid: null,
    clusterArn: null,
  });
  const [first, ...others] = bootstrap.map(addressText);
  return {
    label: `${first}${others.length === 0 ? '' : ` and ${others.length} more`}`,
    region: region ?? '',
    bootstrap,
    auth,
    credentials: login.credentials,
    hidden: login.hidden,
    topic: options.topic ?? null,
    group: options.group ?? null,
    context: {
      clusterArn: null,
      mappingUuid: null,
      secret: login.secret,
      identity: login.identity,
      hasPollers: false,
      roleFindings: [],
    },
    clients: null,
  };
}

function authOf(bootstrap: readonly HostPort[], secret: LoginSecret | null): ProbePlan['auth'] {
  if (secret === null) return inferAuth(bootstrap, null);
  const method = methodOfContent(secret);
  if (method === null)
    throw new UsageError(
      'the secret does not show the authentication method: it has neither user name and password nor certificate and key, or both',
      'Pass --auth scram or --auth mtls.',
    );
  return inferAuth(bootstrap, method);
}

/** The region in the names of MSK brokers: `….kafka.eu-west-1.amazonaws.com`. */
function regionOfBrokers(bootstrap: readonly HostPort[]): string | undefined {
  for (const { host } of bootstrap) {
    const labels = host.toLowerCase().split('.');
    const at = labels.findIndex((label) => label === 'kafka' || label === 'kafka-serverless');
    if (at > 0 && labels[at + 2] === 'amazonaws') return labels[at + 1];
  }
  return undefined;
}
