/**
 * Changes to mappings and to reserved concurrency. A change is complete at once here; only the sandbox has
 * intermediate states.
 */
import { functionNameOf, publishedVersionArn, unqualifiedArn } from '../aws/function-arn.js';
import { createHash } from 'node:crypto';
import { ok } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { changeMapping, newMapping } from './mapping.js';
import { need, refusal, type Input, type Replays } from './replays.js';

export const lambda: Replays = {
  CreateEventSourceMapping: (snapshot, input) => addMapping(snapshot, newMapping(snapshot, input, uuidFor(input))),
  UpdateEventSourceMapping: (snapshot, { UUID: uuid, ...input }) => {
    const { mappings, selfManagedMappings } = snapshot;
    changeMapping(snapshot, need(Object.hasOwn(mappings, uuid) ? mappings : selfManagedMappings, uuid), input);
  },
  DeleteEventSourceMapping: (snapshot, { UUID: uuid }) => {
    need(snapshot.mappings, uuid);
    delete snapshot.mappings[uuid];
    snapshot.targets = snapshot.targets.filter((target) => target !== uuid);
    for (const list of Object.values(snapshot.mappingLists))
      if (list.outcome === 'ok') list.value = list.value.filter((target) => target !== uuid);
  },
  PutFunctionConcurrency: (snapshot, { FunctionName: name, ReservedConcurrentExecutions: reserved }) => {
    snapshot.concurrency[unqualifiedArn(functionArn(snapshot.functions, name))] = ok({
      ReservedConcurrentExecutions: reserved,
    });
  },
  DeleteFunctionConcurrency: (snapshot, { FunctionName: name }) => {
    snapshot.concurrency[unqualifiedArn(functionArn(snapshot.functions, name))] = ok({});
  },
  UpdateFunctionConfiguration: (snapshot, { FunctionName: name, ...input }) => {
    Object.assign(need(snapshot.functions, functionArn(snapshot.functions, name)), input);
  },
  // Only for a function on Lambda Managed Instances. Lambda chooses the numbers of other versions.
  PublishVersion: (snapshot, { FunctionName: name, PublishTo: to }) => {
    if (to !== 'LATEST_PUBLISHED') throw refusal('InvalidParameterValueException', `PublishTo ${String(to)}`);
    const arn = functionArn(snapshot.functions, name);
    const published = publishedVersionArn(arn);
    snapshot.functions[published] = ok({
      ...need(snapshot.functions, arn),
      FunctionArn: published,
      Version: '$LATEST.PUBLISHED',
      State: 'Active',
    });
  },
};

/** Adds a mapping to the collection and to its lists. */
export function addMapping(snapshot: Snapshot, mapping: Mapping): void {
  snapshot.mappings[mapping.UUID] = ok(mapping);
  snapshot.targets.push(mapping.UUID);
  for (const key of ['*', mapping.EventSourceArn ?? '']) {
    const list = snapshot.mappingLists[key];
    if (list?.outcome === 'ok') list.value.push(mapping.UUID);
  }
}

/** The same for the same input: a simulation must not be random. */
function uuidFor(input: Input): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([input['EventSourceArn'], input['FunctionName'], input['Topics']]))
    .digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}

/** A function by name or ARN. */
const functionArn = (functions: Record<string, unknown>, name: string): string =>
  Object.keys(functions).find((arn) => arn === name || functionNameOf(arn) === name) ?? name;
