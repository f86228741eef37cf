/** The names of mappings, functions and clusters in the account that a half-typed line chooses. */
import { clusterNameOf } from '../../aws/event-source.js';
import { functionNameOf } from '../../aws/function-arn.js';
import { listMappings } from '../../account/queries/mappings.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Io } from '../io.js';
import { openClients, regionOf } from '../open-account.js';
import type { AccountNames } from './candidates.js';
import { cachedNames } from './names-cache.js';
import type { HalfTypedLine } from './read-line.js';

/** A Tab waits this long for AWS, in seconds. */
const longestWait = 3;

/** `cache`: false neither reads nor writes names in a file. Never throws: completion without names is still useful. */
export async function accountNames(flags: HalfTypedLine['flags'], io: Io, cache: boolean): Promise<AccountNames> {
  const text = (flag: string): string | undefined => {
    const value = flags.get(flag);
    return typeof value === 'string' ? value : undefined;
  };
  const sandbox = flags.get('--sandbox');
  const options = {
    profile: text('--profile'),
    region: text('--region'),
    endpointUrl: text('--endpoint-url'),
    sandbox: typeof sandbox === 'string' ? sandbox : sandbox === true ? (true as const) : undefined,
    timeout: longestWait,
  };
  const read = async (): Promise<AccountNames | null> => {
    try {
      const mappings = await listMappings(await openClients(withoutAbsent(options), io));
      return isOk(mappings) ? namesOf(mappings.value) : null;
    } catch {
      return null;
    }
  };
  if (sandbox !== undefined || !cache) return (await read()) ?? { mappings: [], functions: [], clusters: [] };
  const { env } = io;
  const key = {
    profile: options.profile ?? (env['AWS_PROFILE'] || env['AWS_ACCESS_KEY_ID'] || ''),
    region: regionOf(withoutAbsent({ region: options.region }), io) ?? '',
    endpoint: options.endpointUrl ?? env['AWS_ENDPOINT_URL'] ?? '',
  };
  return cachedNames(key, env, read);
}

/** Options as commander gives them: absent where they were not typed. */
const withoutAbsent = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };

function namesOf(mappings: readonly Mapping[]): AccountNames {
  const onMsk = mappings.filter(({ EventSourceArn: source }) => clusterNameOf(source) !== null);
  return {
    mappings: onMsk.map(({ UUID, FunctionArn, Topics }) => ({
      value: UUID,
      description: `${functionNameOf(FunctionArn) ?? 'mapping'} ← ${Topics?.join(', ') ?? ''}`,
    })),
    functions: onMsk.flatMap(({ FunctionArn }) => candidate(functionNameOf(FunctionArn), 'function')),
    clusters: onMsk.flatMap(({ EventSourceArn }) => candidate(clusterNameOf(EventSourceArn), 'cluster')),
  };
}

const candidate = (value: string | null, description: string) => (value === null ? [] : [{ value, description }]);
