import { serviceOf } from '../../aws/arn.js';
import { onlyPublishedState, publishedVersionArn, unqualifiedArn } from '../../aws/function-arn.js';
import * as z from 'zod/mini';
import { isOk, type Read, type ReadFailure } from '../../snapshot/read.js';
import {
  concurrencySchema,
  functionSchema,
  mappingSchema,
  type FunctionConfiguration,
  type Mapping,
} from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, type Reader } from '../reader.js';

const lambda = (operation: string, resource?: string) => ({ service: 'lambda', operation, resource });

/** Whether a mapping reads from MSK, not from a stream, a queue or self-managed Kafka. */
export const isMskMapping = (mapping: Mapping): boolean => serviceOf(mapping.EventSourceArn) === 'kafka';
export const isSelfManaged = (mapping: Mapping): boolean => mapping.SelfManagedEventSource !== undefined;

/** Reads one mapping by its UUID into `mappings`. */
export async function readMapping(reader: Reader, snapshot: Snapshot, uuid: string): Promise<Mapping | null> {
  const read = keep(
    await reader.call('lambda', 'GetEventSourceMapping', { UUID: uuid }, uuid),
    mappingSchema,
    lambda('GetEventSourceMapping', uuid),
  );
  snapshot.mappings[uuid] = read;
  return isOk(read) ? read.value : null;
}

/** Mappings of a list, by kind of source. */
export interface ListedMappings {
  msk: Mapping[];
  selfManaged: Mapping[];
}

/**
 * The mappings of an event source, of a function, or of the whole region. Keeps those on MSK and lists them under
 * `key`.
 */
export async function listMappings(
  reader: Reader,
  snapshot: Snapshot,
  filter: { EventSourceArn?: string; FunctionName?: string },
  key: string,
): Promise<ListedMappings | ReadFailure> {
  const pages = await reader.pages('lambda', 'ListEventSourceMappings', filter);
  const list = keepList(pages, mappingSchema, lambda('ListEventSourceMappings'));
  if (!isOk(list)) {
    snapshot.mappingLists[key] = list;
    return list;
  }
  const mskMappings = list.value.filter(isMskMapping);
  for (const mapping of mskMappings) snapshot.mappings[mapping.UUID] ??= { outcome: 'ok', value: mapping };
  snapshot.mappingLists[key] = { outcome: 'ok', value: mskMappings.map((mapping) => mapping.UUID) };
  return { msk: mskMappings, selfManaged: list.value.filter(isSelfManaged) };
}

/** Reads the function that a mapping calls, once. Returns the ARN of its execution role. */
export async function readFunction(reader: Reader, snapshot: Snapshot, arn: string): Promise<string | null> {
  const read = snapshot.functions[arn] ?? (await readConfiguration(reader, arn));
  snapshot.functions[arn] = read;
  return isOk(read) && read.value.Role !== '' ? (read.value.Role ?? null) : null;
}

/** The version that Lambda invokes in place of `$LATEST` on Lambda Managed Instances, where the mapping names `$LATEST`. */
export async function readPublishedVersion(reader: Reader, snapshot: Snapshot, functionArn: string): Promise<void> {
  const read = snapshot.functions[functionArn];
  const published = publishedVersionArn(functionArn);
  if (read === undefined || !isOk(read) || read.value.State !== onlyPublishedState) return;
  if (functionArn !== unqualifiedArn(functionArn) || snapshot.functions[published] !== undefined) return;
  snapshot.functions[published] = await readConfiguration(reader, published);
}

async function readConfiguration(reader: Reader, arn: string): Promise<Read<FunctionConfiguration>> {
  const answer = await reader.call('lambda', 'GetFunctionConfiguration', { FunctionName: arn }, arn);
  return keep(answer, functionSchema, lambda('GetFunctionConfiguration', arn));
}

/** Reserved concurrency, which belongs to the function, not to an alias or version. */
export async function readConcurrency(reader: Reader, snapshot: Snapshot, functionArn: string): Promise<void> {
  const unqualified = unqualifiedArn(functionArn);
  if (snapshot.concurrency[unqualified] !== undefined) return;
  const read = await reader.call('lambda', 'GetFunctionConcurrency', { FunctionName: unqualified }, unqualified);
  snapshot.concurrency[unqualified] = keep(read, concurrencySchema, lambda('GetFunctionConcurrency', unqualified));
}

/** With this many functions, each is read with GetFunction, where that is allowed. */
export const manyFunctions = 10;

const wholeSchema = z.object({ Configuration: functionSchema, Concurrency: z.optional(concurrencySchema) });

/**
 * Configuration and reserved concurrency of many functions by GetFunction, for which Lambda allows 100 requests a
 * second (15 for the two others: Lambda quotas, control plane requests). ListFunctions would need fewer calls, but
 * leaves out State and LastUpdateStatus. Where GetFunction is refused or contradicts the other two, these are called
 * later.
 */
export async function readFunctionsWhole(
  reader: Reader,
  snapshot: Snapshot,
  functionArns: readonly string[],
): Promise<void> {
  const [probe, ...others] = functionArns.filter((arn) => !isQualified(arn));
  if (probe !== undefined && (await readWhole(reader, snapshot, probe)))
    await Promise.all(others.map((arn) => readWhole(reader, snapshot, arn)));
}

/** With an alias or version GetFunction does not return the concurrency, which belongs to the function. */
const isQualified = (arn: string): boolean => unqualifiedArn(arn) !== arn;

async function readWhole(reader: Reader, snapshot: Snapshot, arn: string): Promise<boolean> {
  const read = keep(
    await reader.call('lambda', 'GetFunction', { FunctionName: arn }, arn),
    wholeSchema,
    lambda('GetFunction', arn),
  );
  if (!isOk(read)) return false;
  snapshot.functions[arn] = { outcome: 'ok', value: read.value.Configuration };
  snapshot.concurrency[arn] = { outcome: 'ok', value: read.value.Concurrency ?? {} };
  return true;
}
