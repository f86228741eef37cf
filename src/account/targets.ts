/** From what a user names (a mapping, a function or a cluster) to the UUIDs of mappings. */
import { TargetNotFound } from '../errors.js';
import { serviceOf } from '../aws/arn.js';
import { clusterNameOf } from '../aws/event-source.js';
import { isOnMsk } from '../aws/self-managed.js';
import { isOk, ok, type ReadFailure } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { selfManagedSource } from '../snapshot/self-managed-source.js';
import { isMskMapping, isSelfManaged, listMappings, readMapping } from './read/lambda.js';
import { readClustersOfSelfManaged } from './read/self-managed.js';
import type { Reader } from './reader.js';
import { refuseSelfManaged } from './self-managed-target.js';
import { callsFunction, candidatesFor, readsCluster, mappingUuidOf } from './target-names.js';

interface Choice {
  /**
   * Whether mappings on self-managed Kafka go into `selfManagedMappings`. If not, naming only such mappings is an
   * error.
   */
  nameLeftOut?: boolean;
}

/** The result for one target: UUIDs of mappings on MSK, and mappings on self-managed Kafka. */
interface Resolved {
  uuids: string[];
  selfManaged: Mapping[];
}

/** UUIDs in the order of the targets, without duplicates; all MSK mappings of the region if there is no target. */
export async function resolveTargets(
  reader: Reader,
  snapshot: Snapshot,
  targets: readonly string[],
  { nameLeftOut = false }: Choice = {},
): Promise<string[]> {
  if (targets.length === 0) {
    const all = await listMappings(reader, snapshot, {}, '*');
    if (!('msk' in all)) return [];
    if (nameLeftOut) await keepSelfManaged(reader, snapshot, all.selfManaged, false);
    return all.msk.map((mapping) => mapping.UUID);
  }
  const resolved = await Promise.all(targets.map((target) => resolve(reader, snapshot, target.trim())));
  for (const { uuids, selfManaged } of resolved)
    if (!nameLeftOut && uuids.length === 0 && selfManaged.length > 0) throw refuseSelfManaged(selfManaged);
  if (nameLeftOut)
    await keepSelfManaged(
      reader,
      snapshot,
      resolved.flatMap(({ selfManaged }) => selfManaged),
      true,
    );
  return [...new Set(resolved.flatMap(({ uuids }) => uuids))];
}

/** Checks run for those whose brokers are on MSK, and for all that the user named. */
async function keepSelfManaged(
  reader: Reader,
  snapshot: Snapshot,
  mappings: readonly Mapping[],
  named: boolean,
): Promise<void> {
  for (const mapping of mappings) snapshot.selfManagedMappings[mapping.UUID] = ok(mapping);
  snapshot.selfManagedTargets = Object.values(snapshot.selfManagedMappings).flatMap((read) =>
    isOk(read) && (named || isOnMsk(read.value)) ? [read.value.UUID] : [],
  );
  await readClustersOfSelfManaged(reader, snapshot, mappings);
}

async function resolve(reader: Reader, snapshot: Snapshot, target: string): Promise<Resolved> {
  const region = /^arn:[^:]+:(?:lambda|kafka):([^:]+):/.exec(target)?.[1];
  if (region !== undefined && region !== snapshot.region)
    throw new TargetNotFound(
      `“${target}” is in ${region}, but the command reads ${snapshot.region}.`,
      [],
      `Pass \`--region ${region}\`.`,
    );
  const uuid = mappingUuidOf(target);
  if (uuid !== null) return resolveMapping(reader, snapshot, uuid);
  const all = await listMappings(reader, snapshot, {}, '*');
  // The user named it, but it cannot be read: it is reported as unknown.
  if (!('msk' in all)) return keepUnread(snapshot, target, all);
  const [byFunction, byCluster] = [
    all.msk.filter((mapping) => callsFunction(mapping, target)),
    all.msk.filter((mapping) => readsCluster(mapping, target)),
  ];
  if (byFunction.length > 0 && byCluster.length > 0 && !target.startsWith('arn:'))
    throw new TargetNotFound(`“${target}” is the name of both a function and a cluster.`, [
      ...new Set([
        ...byFunction.map((mapping) => mapping.FunctionArn!),
        ...byCluster.map((mapping) => mapping.EventSourceArn!),
      ]),
    ]);
  const matches = [...byFunction, ...byCluster];
  const selfManaged = await selfManagedOf(reader, snapshot, target, all.selfManaged);
  if (matches.length + selfManaged.length === 0)
    throw new TargetNotFound(
      `No Amazon MSK event source mapping found for “${target}” in ${snapshot.region}.`,
      candidatesFor(target, all.msk),
    );
  return { uuids: matches.map((mapping) => mapping.UUID), selfManaged };
}

/** Those that call the named function, or read from the named MSK cluster. */
async function selfManagedOf(
  reader: Reader,
  snapshot: Snapshot,
  target: string,
  mappings: readonly Mapping[],
): Promise<Mapping[]> {
  await readClustersOfSelfManaged(reader, snapshot, mappings);
  return mappings.filter((mapping) => {
    const arn = selfManagedSource(snapshot, mapping).clusterArn;
    return callsFunction(mapping, target) || (arn !== null && (target === arn || target === clusterNameOf(arn)));
  });
}

async function resolveMapping(reader: Reader, snapshot: Snapshot, uuid: string): Promise<Resolved> {
  const mapping = await readMapping(reader, snapshot, uuid);
  const read = snapshot.mappings[uuid]!;
  if (!isOk(read) && read.outcome === 'not-found')
    throw new TargetNotFound(
      `Event source mapping ${uuid} not found in ${snapshot.region}${snapshot.account === null ? '' : ` of account ${snapshot.account}`}.`,
    );
  if (mapping !== null && isSelfManaged(mapping)) {
    delete snapshot.mappings[uuid];
    return { uuids: [], selfManaged: [mapping] };
  }
  if (mapping !== null && !isMskMapping(mapping))
    throw new TargetNotFound(
      `The event source mapping ${uuid} reads from ${serviceOf(mapping.EventSourceArn) ?? 'another source'}, not from Amazon MSK.`,
    );
  return { uuids: [uuid], selfManaged: [] };
}

function keepUnread(snapshot: Snapshot, target: string, failure: ReadFailure): Resolved {
  snapshot.mappings[target] = { ...failure, resource: target };
  return { uuids: [target], selfManaged: [] };
}
