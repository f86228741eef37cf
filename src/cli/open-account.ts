/** Opens the account that a command reads (AWS, a sandbox or a snapshot file) and returns it as it was read. */
import { readFile } from 'node:fs/promises';
import type { Trouble } from '../account/failure.js';
import type { ReadRequest } from '../account/scopes/account.js';
import type { ClientOptions, Clients } from '../account/clients.js';
import { visible } from '../text/visible.js';
import { isOk } from '../snapshot/read.js';
import type { Sandbox } from '../sandbox/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Io } from './io.js';
import { isHttpAddress } from './option-values.js';
import type { SourceOptions } from './shared-options.js';
import { profileSetting } from './profile-setting.js';
import { startProgress } from './progress.js';
import { limitTime } from './time-limit.js';
import { UsageError } from '../errors.js';
import { tool } from './version.js';

export interface Source {
  snapshot: Snapshot;
  /** Why AWS could not be asked at all; then the exit code is 3. */
  trouble: Trouble | null;
}

/** The services that almost every diagnosis asks after its first call. */
const askedNext = ['kafka', 'iam', 'ec2', 'cloudwatch'] as const;

/**
 * Everything about the targets, or about all MSK mappings of the region if none is named. Throws `UsageError` for a
 * target that does not exist. `loads`: loads modules that are needed after the read, while AWS is still answering.
 */
export async function readSource(
  targets: readonly string[],
  options: SourceOptions,
  io: Io,
  request: Partial<ReadRequest> = {},
  loads: readonly (() => Promise<unknown>)[] = [],
): Promise<Source> {
  if (options.snapshot !== undefined) {
    const { loadSnapshot } = await import('./load-snapshot.js');
    return {
      snapshot: await loadSnapshot(options.snapshot, targets, { ...request, signal: io.signal }),
      trouble: null,
    };
  }
  const clients = await openClients(options, io);
  clients.whileWaiting?.(async () => clients.prepare?.(askedNext), ...loads);
  const progress = startProgress(io, 'Reading the account');
  try {
    const { readAccount } = await import('../account/scopes/account.js');
    const source = await readAccount({
      clients,
      targets,
      tool,
      now: new Date(),
      secretValues: options.secretValues,
      onProgress: ({ calls, mappings, of }) =>
        progress.say(of > 1 ? `${mappings} of ${of} mappings, ${calls} calls` : `${calls} calls`),
      ...request,
    });
    io.signal.throwIfAborted();
    sayTrouble(io, source.trouble);
    return source;
  } finally {
    progress.stop();
  }
}

/** Reports on stderr why AWS could not be asked. */
export function sayTrouble(io: Io, trouble: Trouble | null): void {
  if (trouble !== null) io.stderr.write(`error: ${visible(trouble.sentence)}\n  ${visible(trouble.hint)}\n`);
}

/** Reports on stderr which targets could not be read, and why; returns the sentences. */
export function sayUnread(io: Io, { targets, mappings }: Snapshot): string[] {
  const unread = targets.flatMap((target) => {
    const read = mappings[target];
    return read === undefined || isOk(read) ? [] : [`${target} could not be read: ${read.action}: ${read.error}`];
  });
  for (const sentence of unread) io.stderr.write(`error: ${visible(sentence)}\n`);
  return unread;
}

/** Clients for AWS or the sandbox. */
export const openClients = (options: ClientSource & Pick<SourceOptions, 'timeout'>, io: Io): Promise<Clients> =>
  openUnlimitedClients(options, io, limitTime(options.timeout, io.signal));

type ClientSource = Pick<SourceOptions, 'region' | 'profile' | 'endpointUrl' | 'sandbox' | 'debug'> & {
  /** Milliseconds for one request, where it may take longer than a read. */
  requestTimeout?: number;
};

/** The same without the time limit for reading, for commands that wait for AWS: only Ctrl-C stops them. */
export async function openUnlimitedClients(
  options: ClientSource,
  io: Io,
  signal: AbortSignal = io.signal,
): Promise<Clients> {
  const { createClients } = await import('../account/clients.js');
  const common = {
    signal,
    ...(options.requestTimeout === undefined ? {} : { requestTimeout: options.requestTimeout }),
    ...(options.debug === true ? { debug: (line: string) => void io.stderr.write(`${visible(line)}\n`) } : {}),
  };
  if (options.sandbox !== undefined) {
    const open = io.host?.sandbox ?? (await import('./open-sandbox.js')).openSandbox;
    return sandboxClients(await open(options.sandbox), common);
  }
  const { sayJournals } = await import('./change/journal.js');
  await sayJournals(io);
  const { profile, endpointUrl } = options;
  const region = regionOf(options, io);
  await refuseMissingProfile({ profile, region }, io);
  if (endpointUrl === undefined) refuseEndpoint(io);
  const authorities = await readAuthorities(options, io);
  const clients = createClients({
    ...common,
    ...(authorities === undefined ? {} : { authorities }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  });
  // Reported once, before anything is read; otherwise each read would fail separately.
  if (region === undefined) await clients.region();
  return clients;
}

/** Clients for an account of the sandbox that is open already, such as one whose brokers run. */
export const sandboxClients = async (
  { answer, snapshot, credentials }: Sandbox,
  common: Pick<ClientOptions, 'signal' | 'debug' | 'requestTimeout'>,
): Promise<Clients> => {
  const { createClients } = await import('../account/clients.js');
  const clients = createClients({ ...common, region: snapshot().region, answerer: answer });
  return { ...clients, credentials: async () => credentials };
};

/**
 * Throws `UsageError` for a profile that no configuration file has. The one of AWS_PROFILE may be missing where
 * credentials and region come from elsewhere: a container may inherit the variable without the files.
 */
export async function refuseMissingProfile(
  {
    profile,
    region,
    sandbox,
  }: { profile?: string | undefined; region: string | undefined; sandbox?: ClientSource['sandbox'] },
  { env }: Pick<Io, 'env'>,
): Promise<void> {
  const hasCredentials = (env['AWS_ACCESS_KEY_ID'] ?? '') !== '' && (env['AWS_SECRET_ACCESS_KEY'] ?? '') !== '';
  const named = profile ?? (hasCredentials && region !== undefined ? '' : (env['AWS_PROFILE'] ?? ''));
  if (named === '' || sandbox !== undefined) return;
  const { hasProfile } = await import('../account/profiles.js');
  if (!hasProfile(named, env))
    throw new UsageError(
      `the profile “${visible(named)}” does not exist`,
      'See the profiles with `aws configure list-profiles`.',
    );
}

/**
 * As in the AWS CLI: the flag, AWS_REGION, AWS_DEFAULT_REGION; undefined leaves it to the profile. The SDK does not
 * read the third.
 */
export const regionOf = ({ region }: Pick<SourceOptions, 'region'>, { env }: Pick<Io, 'env'>): string | undefined =>
  region ?? [env['AWS_REGION'], env['AWS_DEFAULT_REGION']].find((value) => value !== undefined && value !== '');

/** Throws `UsageError` for an invalid address, as the flag does. */
function refuseEndpoint({ env }: Pick<Io, 'env'>): void {
  const address = env['AWS_ENDPOINT_URL'] ?? '';
  if (address === '' || isHttpAddress(address) || env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true')
    return;
  throw new UsageError(
    'AWS_ENDPOINT_URL is not a valid address',
    'It must begin with http:// or https://. Correct or unset the variable.',
  );
}

/** Runs that were already warned that AWS_CA_BUNDLE cannot be read: each region is opened separately. */
const warned = new WeakSet<Io>();

/**
 * The file of AWS_CA_BUNDLE, otherwise of the profile’s `ca_bundle`; the AWS CLI reads both and the SDK neither. A
 * file that cannot be read only gives a warning, as with NODE_EXTRA_CA_CERTS: a container image may set the variable
 * and lack the file.
 */
async function readAuthorities({ profile }: Pick<ClientSource, 'profile'>, io: Io): Promise<string | undefined> {
  const variable = io.env['AWS_CA_BUNDLE'] ?? '';
  const path = variable === '' ? await profileSetting('ca_bundle', profile, io.env) : variable;
  if (path === undefined || path === '') return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const source = variable === '' ? 'The profile’s ca_bundle' : 'AWS_CA_BUNDLE';
    if (!warned.has(io))
      io.stderr.write(
        `Note: ${source} names ${visible(path)}, which cannot be read (${(error as NodeJS.ErrnoException).code}): using the certificate authorities of Node.js instead.\n`,
      );
    warned.add(io);
    return undefined;
  }
}
