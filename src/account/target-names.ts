/** How a user may name a mapping, or those of a function or of a cluster. */
import { accountOf } from '../aws/arn.js';
import { clusterNameOf, isCluster, parseEventSource } from '../aws/event-source.js';
import { parseFunctionArn, qualifiedNameOf, unqualifiedArn } from '../aws/function-arn.js';
import type { Mapping } from '../snapshot/resources/index.js';

/** How many candidates a sentence can hold. */
const mostCandidates = 8;

/** The UUID of a mapping that is named by it or by its ARN, in small letters; null for anything else. */
export const mappingUuidOf = (target: string): string | null =>
  /(?:^|:event-source-mapping:)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(target)?.[1]?.toLowerCase() ??
  null;

/** By ARN, partial ARN, name, each with or without alias or version; without one, every alias and version counts. */
export function callsFunction(mapping: Mapping, target: string): boolean {
  const called = parseFunctionArn(mapping.FunctionArn);
  if (called === null) return false;
  const { account, name, qualifier } = called;
  const spellings = [unqualifiedArn(mapping.FunctionArn!), `${account}:function:${name}`, `function:${name}`, name];
  return spellings.some(
    (spelling) => target === spelling || (qualifier !== null && target === `${spelling}:${qualifier}`),
  );
}

/** By name or ARN of the cluster, or ARN of the VPC connection, which holds account and name of the cluster behind it. */
export function readsCluster(mapping: Mapping, target: string): boolean {
  const arn = mapping.EventSourceArn ?? '';
  if (target === arn || target === clusterNameOf(arn)) return true;
  const source = parseEventSource(arn);
  return (
    source?.kind === 'vpc-connection' &&
    isCluster(target) &&
    accountOf(target) === source.clusterAccount &&
    clusterNameOf(target) === source.clusterName
  );
}

/** Names of functions and clusters that have mappings, those that share most with the target first. */
export function candidatesFor(target: string, mappings: readonly Mapping[]): string[] {
  const names = mappings.flatMap((mapping) => [
    qualifiedNameOf(mapping.FunctionArn) ?? '',
    clusterNameOf(mapping.EventSourceArn) ?? '',
  ]);
  const likeness = (name: string) =>
    commonStart(name.toLowerCase(), target.toLowerCase()) +
    (name.includes(target) || target.includes(name) ? target.length : 0);
  return [...new Set(names)]
    .filter((name) => name !== '')
    .toSorted((a, b) => likeness(b) - likeness(a) || (a < b ? -1 : 1))
    .slice(0, mostCandidates);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
