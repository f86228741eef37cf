/** From what a user names, a mapping, a function or a cluster, to the UUIDs of mappings. */
import { TargetNotFound } from '../errors.js';
import { serviceOf } from '../aws/arn.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { isMskMapping, listMappings, readMapping } from './read/lambda.js';
import type { Reader } from './reader.js';
import { callsFunction, candidatesFor, readsCluster, mappingUuidOf } from './target-names.js';

/** UUIDs in the order of the targets, each once; all MSK mappings of the region where none is named. */
export async function resolveTargets(
  reader: Reader,
  snapshot: Snapshot,
  targets: readonly string[],
): Promise<string[]> {
  if (targets.length === 0) {
    const all = await listMappings(reader, snapshot, {}, '*');
    return Array.isArray(all) ? all.map((mapping) => mapping.UUID) : [];
  }
  const uuids = await Promise.all(targets.map((target) => resolve(reader, snapshot, target.trim())));
  return [...new Set(uuids.flat())];
}

async function resolve(reader: Reader, snapshot: Snapshot, target: string): Promise<string[]> {
  const region = /^arn:[^:]+:(?:lambda|kafka):([^:]+):/.exec(target)?.[1];
  if (region !== undefined && region !== snapshot.region)
    throw new TargetNotFound(
      `“${target}” is in ${region}, and ${snapshot.region} is read.`,
      [],
      `Read that region: \`--region ${region}\`.`,
    );
  const uuid = mappingUuidOf(target);
  if (uuid !== null) return resolveMapping(reader, snapshot, uuid);
  const all = await listMappings(reader, snapshot, {}, '*');
  // Named, but not to be looked up: it keeps its place in the report, as unknown.
  if (!Array.isArray(all)) return keepUnread(snapshot, target, all);
  const [byFunction, byCluster] = [
    all.filter((mapping) => callsFunction(mapping, target)),
    all.filter((mapping) => readsCluster(mapping, target)),
  ];
  if (byFunction.length > 0 && byCluster.length > 0 && !target.startsWith('arn:'))
    throw new TargetNotFound(`“${target}” is the name of a function and of a cluster.`, [
      ...new Set([
        ...byFunction.map((mapping) => mapping.FunctionArn!),
        ...byCluster.map((mapping) => mapping.EventSourceArn!),
      ]),
    ]);
  const matches = [...byFunction, ...byCluster];
  if (matches.length === 0)
    throw new TargetNotFound(
      `No event source mapping on Amazon MSK belongs to “${target}” in ${snapshot.region}.`,
      candidatesFor(target, all),
    );
  return matches.map((mapping) => mapping.UUID);
}

async function resolveMapping(reader: Reader, snapshot: Snapshot, uuid: string): Promise<string[]> {
  const mapping = await readMapping(reader, snapshot, uuid);
  const read = snapshot.mappings[uuid]!;
  if (!isOk(read) && read.outcome === 'not-found')
    throw new TargetNotFound(
      `There is no event source mapping ${uuid} in ${snapshot.region}${snapshot.account === null ? '' : ` of account ${snapshot.account}`}.`,
    );
  if (mapping !== null && !isMskMapping(mapping)) {
    const service = serviceOf(mapping.EventSourceArn) ?? 'self-managed Kafka';
    throw new TargetNotFound(`The event source mapping ${uuid} reads from ${service}, not from Amazon MSK.`);
  }
  return [uuid];
}

function keepUnread(snapshot: Snapshot, target: string, failure: ReadFailure): string[] {
  snapshot.mappings[target] = { ...failure, resource: target };
  return [target];
}
