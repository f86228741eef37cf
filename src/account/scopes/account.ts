/** Reads what the checks need about some mappings, with as few consecutive round trips as the data allow. */
import { isSecretType } from '../../aws/msk.js';
import { accountOf, serviceOf } from '../../aws/arn.js';
import { defaultLogGroup } from '../../aws/function-arn.js';
import * as z from 'zod/mini';
import { pollerGroupOf } from '../../snapshot/provisioned.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { beginSnapshot } from './begin-snapshot.js';
import type { Clients } from '../clients.js';
import { credentialsTrouble, type Trouble } from '../failure.js';
import { readDestination, readRegistry } from '../read/destination.js';
import { readGrantsOnKey, readPolicyOfCluster } from '../read/grants.js';
import { readClusters, readEventSource } from '../read/kafka.js';
import {
  listMappings,
  manyFunctions,
  readConcurrency,
  readFunction,
  readFunctionsWhole,
  readPublishedVersion,
} from '../read/lambda.js';
import { readMetrics } from '../read/metrics.js';
import { wantedMetrics } from '../read/wanted-metrics.js';
import { readNetwork } from '../read/network.js';
import { readPollerGroups } from '../read/poller-groups.js';
import { readPollerLog } from '../read/poller-log.js';
import { manyRoles, readRoles } from '../read/roles.js';
import { readKey, readSecret } from '../read/secret.js';
import { keep, Reader } from '../reader.js';
import { resolveTargets } from '../targets.js';

export interface ReadRequest {
  clients: Clients;
  /** As the user named them. Empty: all MSK mappings of the region. */
  targets: readonly string[];
  tool: Snapshot['tool'];
  now: Date;
  /** Whether the values of secrets may be read, to profile them. */
  secretValues: boolean;
  /** Mappings that do not exist yet. They are diagnosed together with the targets. */
  planned?: readonly Mapping[];
  /** Whether the answer lists mappings on self-managed Kafka. If not, naming one is an error. */
  nameLeftOut?: boolean;
  onProgress?: (progress: { calls: number; mappings: number; of: number }) => void;
}

export interface ReadResult {
  snapshot: Snapshot;
  trouble: Trouble | null;
}

/**
 * AWS errors are recorded, never thrown. Throws `TargetNotFound`, and `RegionUnusable` where no region is
 * configured.
 */
export async function readAccount(request: ReadRequest): Promise<ReadResult> {
  const snapshot = await beginSnapshot(request.clients, request);
  const progress = { calls: 0, mappings: 0, of: 0 };
  const reader = new Reader(request.clients, (calls) => request.onProgress?.(Object.assign(progress, { calls })));
  const planned = request.planned ?? [];
  for (const mapping of planned) snapshot.mappings[mapping.UUID] = { outcome: 'ok', value: mapping };
  const identity = readIdentity(reader, snapshot);
  const named =
    planned.length > 0 && request.targets.length === 0
      ? []
      : await resolveTargets(reader, snapshot, request.targets, request);
  snapshot.targets = [...named, ...planned.map((mapping) => mapping.UUID)];
  const valuesOf = (reads: Snapshot['mappings'], uuids: readonly string[]): Mapping[] =>
    uuids.flatMap((uuid) => {
      const read = reads[uuid];
      return read !== undefined && isOk(read) ? [read.value] : [];
    });
  // Planned mappings share one UUID.
  const mappings = [...valuesOf(snapshot.mappings, named), ...planned];
  const selfManaged = valuesOf(snapshot.selfManagedMappings, snapshot.selfManagedTargets);
  progress.of = mappings.length + selfManaged.length;
  const done = (): void => {
    progress.mappings++;
  };
  await Promise.all([
    identity,
    readSiblings(reader, snapshot, mappings, planned.length > 0),
    readAll(reader, snapshot, [...mappings, ...selfManaged], request.secretValues, done),
  ]);
  // A function is in the account of its mappings, whoever asks.
  snapshot.account ??= accountOf((mappings[0] ?? selfManaged[0])?.FunctionArn);
  snapshot.reads = reader.records();
  return { snapshot, trouble: troubleOf(reader, snapshot) };
}

const identitySchema = z.object({ Account: z.optional(z.string()), Arn: z.optional(z.string()) });

export async function readIdentity(reader: Reader, snapshot: Snapshot): Promise<void> {
  const identity = keep(await reader.call('sts', 'GetCallerIdentity', {}), identitySchema, {
    service: 'sts',
    operation: 'GetCallerIdentity',
  });
  if (!isOk(identity)) return;
  snapshot.account = identity.value.Account ?? null;
  snapshot.caller = identity.value.Arn ?? null;
}

/** A custom consumer group, a poller group, or a mapping not made yet, must be compared with every other mapping of the region. */
async function readSiblings(
  reader: Reader,
  snapshot: Snapshot,
  mappings: readonly Mapping[],
  always: boolean,
): Promise<void> {
  const custom = (mapping: Mapping) =>
    (mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID) !== mapping.UUID;
  if (always || mappings.some((mapping) => custom(mapping) || pollerGroupOf(mapping) !== null))
    await listMappings(reader, snapshot, {}, '*');
  await readPollerGroups(reader, snapshot, mappings);
}

/** Everything around the mappings. `done`: called after each; metrics are read only with it. */
export async function readAll(
  reader: Reader,
  snapshot: Snapshot,
  mappings: readonly Mapping[],
  secretValues: boolean,
  done: (() => void) | null,
): Promise<void> {
  const clustersListed = readClusters(
    reader,
    snapshot,
    mappings.flatMap((mapping) => mapping.EventSourceArn ?? []),
  );
  const sources = mappings.map((mapping) => readEventSource(reader, snapshot, mapping, clustersListed));
  // One call for the metrics of all mappings, as soon as every cluster is known.
  const metrics = Promise.all(sources.map((source) => source.placement)).then((placements) =>
    done === null
      ? undefined
      : readMetrics(
          reader,
          snapshot,
          wantedMetrics(mappings.map((mapping, index) => ({ mapping, cluster: placements[index]!.cluster }))),
        ),
  );
  // One call for the subnets of all clusters too, and one for each kind of resource in their VPCs.
  const network = Promise.all(sources.map((source) => source.placement)).then((placements) =>
    readNetwork(
      reader,
      snapshot,
      placements.flatMap(({ subnetIds }) => subnetIds),
    ),
  );
  const functionArns = [...new Set(mappings.flatMap((mapping) => mapping.FunctionArn ?? []))];
  const functionsRead =
    functionArns.length < manyFunctions ? Promise.resolve() : readFunctionsWhole(reader, snapshot, functionArns);
  const readRoleOf = rolesOf(reader, snapshot, functionArns, functionsRead);
  await Promise.all(
    mappings.map(async (mapping, index) => {
      const callee = functionsRead
        .then(() => readFunctionOf(reader, snapshot, mapping, readRoleOf))
        .then(() => readPolicyOfCluster(reader, snapshot, mapping));
      const beside = Promise.all(readBeside(reader, snapshot, mapping, secretValues));
      await Promise.all([sources[index]!.all, callee, beside]);
      await readGrantsOnKey(reader, snapshot, mapping);
      done?.();
    }),
  );
  await Promise.all([metrics, network]);
}

type ReadRoleOf = (functionArn: string) => Promise<void>;

/**
 * Few functions: each role is read as soon as its ARN is known. Many: all roles together, once every function is
 * known.
 */
function rolesOf(
  reader: Reader,
  snapshot: Snapshot,
  functionArns: readonly string[],
  functionsRead: Promise<void>,
): ReadRoleOf {
  const roleOf = (arn: string) => reader.once(`function ${arn}`, () => readFunction(reader, snapshot, arn));
  const readEach = (arns: readonly (string | null)[]) =>
    readRoles(
      reader,
      snapshot,
      arns.filter((arn) => arn !== null),
    );
  if (functionArns.length < manyRoles) return async (arn) => readEach([await roleOf(arn)]);
  const together = functionsRead.then(() => Promise.all(functionArns.map(roleOf))).then(readEach);
  return () => together;
}

async function readFunctionOf(
  reader: Reader,
  snapshot: Snapshot,
  mapping: Mapping,
  readRoleOf: ReadRoleOf,
): Promise<void> {
  const arn = mapping.FunctionArn;
  if (arn === undefined) return;
  const configuration = reader.once(`function ${arn}`, () => readFunction(reader, snapshot, arn));
  const logs =
    mapping.LoggingConfig?.SystemLogLevel === undefined
      ? undefined
      : configuration.then(() => readPollerLog(reader, snapshot, mapping.UUID, logGroupOf(snapshot, arn)));
  const published = configuration.then(() =>
    reader.once(`published ${arn}`, () => readPublishedVersion(reader, snapshot, arn)),
  );
  await Promise.all([readConcurrency(reader, snapshot, arn), readRoleOf(arn), published, logs]);
}

/** Reads that depend neither on the cluster nor on the function: secrets, destination, schema registry. */
function readBeside(reader: Reader, snapshot: Snapshot, mapping: Mapping, values: boolean): Promise<void>[] {
  const reads: Promise<void>[] = [];
  const secrets = mapping.SourceAccessConfigurations.filter(({ Type: type }) => isSecretType(type));
  for (const { URI: uri = '' } of secrets)
    if (uri !== '')
      reads.push(
        reader.once(`secret ${uri}`, () =>
          readSecret(reader, snapshot, uri, { values, account: accountOf(mapping.FunctionArn) }),
        ),
      );
  const destination = mapping.DestinationConfig?.OnFailure?.Destination ?? '';
  if (destination !== '')
    reads.push(reader.once(`destination ${destination}`, () => readDestination(reader, snapshot, destination)));
  const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
  const filterKey = mapping.KMSKeyArn ?? '';
  if (filterKey !== '') reads.push(reader.once(`key ${filterKey}`, () => readKey(reader, snapshot, filterKey)));
  for (const { URI: uri = '' } of mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.AccessConfigs ??
    [])
    if (uri !== '')
      reads.push(
        reader.once(`registry secret ${uri}`, () =>
          readSecret(reader, snapshot, uri, { values, account: accountOf(mapping.FunctionArn) }),
        ),
      );
  if (serviceOf(registry) === 'glue')
    reads.push(reader.once(`registry ${registry}`, () => readRegistry(reader, snapshot, registry)));
  return reads;
}

function logGroupOf(snapshot: Snapshot, functionArn: string): string {
  const read = snapshot.functions[functionArn];
  const configured = read !== undefined && isOk(read) ? read.value.LoggingConfig?.LogGroup : undefined;
  return configured ?? defaultLogGroup(functionArn);
}

/** Why the read could not even start; null where AWS answered. */
export function troubleOf(reader: Reader, snapshot: Snapshot): Trouble | null {
  const error = reader.credentialsError;
  const list = snapshot.mappingLists['*'];
  // If one call was answered, the credentials are not the cause; each failed read says what it lacked.
  if (error !== undefined && !reader.anyAnswered)
    return credentialsTrouble(`${error.name}: ${error.message}`, reader.profile);
  const { noAnswer } = reader;
  if (noAnswer !== undefined)
    return {
      sentence: `AWS does not respond: ${noAnswer}.`,
      hint: 'Check the network, the proxy and the region, or increase --timeout.',
    };
  if (snapshot.targets.length + snapshot.selfManagedTargets.length === 0 && list !== undefined && !isOk(list))
    return {
      sentence: `The event source mappings of ${snapshot.region} could not be listed: ${list.error}.`,
      hint:
        list.outcome === 'denied'
          ? `Your credentials need ${list.action}.`
          : 'Check the region and the network connection, and run the command again.',
    };
  return null;
}
