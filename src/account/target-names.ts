/** The ways a user may name a mapping, the mappings of a function, or those of a cluster. */
import { accountOf } from '../aws/arn.js';
import { clusterNameOf, isCluster, parseEventSource } from '../aws/event-source.js';
import { parseFunctionArn, qualifiedNameOf, unqualifiedArn } from '../aws/function-arn.js';
import type { Mapping } from '../snapshot/resources/index.js';

/** The most candidates that a message names. */
const mostCandidates = 8;

/** The UUID of a mapping named by UUID or ARN, in lower case; null for anything else. */
export const mappingUuidOf = (target: string): string | null =>
  /(?:^|:event-source-mapping:)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(target)?.[1]?.toLowerCase() ??
  null;

/** By ARN, partial ARN or name, with or without alias or version. Without one, every alias and version matches. */
export function callsFunction(mapping: Mapping, target: string): boolean {
  const called = parseFunctionArn(mapping.FunctionArn);
  if (called === null) return false;
  const { account, name, qualifier } = called;
  const spellings = [unqualifiedArn(mapping.FunctionArn!), `${account}:function:${name}`, `function:${name}`, name];
  return spellings.some(
    (spelling) => target === spelling || (qualifier !== null && target === `${spelling}:${qualifier}`),
  );
}

/** By name or ARN of the cluster, or by ARN of the VPC connection, which contains account and name of its cluster. */
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

/** Names of functions and clusters that have mappings, the most similar to the target first. */
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
