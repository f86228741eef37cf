/** How a user may name the mappings of a function or of a cluster. */
import type { Mapping } from '../snapshot/resources/index.js';
import { unqualifiedArn } from '../snapshot/function-arn.js';

/** How many candidates a sentence can hold. */
const mostCandidates = 8;

/** By ARN, partial ARN, name, each with or without alias or version; without one, every alias and version counts. */
export function callsFunction(mapping: Mapping, target: string): boolean {
  const arn = mapping.FunctionArn ?? '';
  const [name = '', qualifier] = arn.split(':').slice(6);
  const account = arn.split(':')[4] ?? '';
  const unqualified = unqualifiedArn(arn);
  const spellings = [unqualified, `${account}:function:${name}`, `function:${name}`, name];
  return spellings.some(
    (spelling) => target === spelling || (qualifier !== undefined && target === `${spelling}:${qualifier}`),
  );
}

/** By name or ARN of the cluster, or ARN of the VPC connection, which holds account and name of the cluster behind it. */
export function readsCluster(mapping: Mapping, target: string): boolean {
  const arn = mapping.EventSourceArn ?? '';
  if (target === arn || target === clusterNameOf(arn)) return true;
  const [account, name] = arn.split(':vpc-connection/')[1]?.split('/') ?? [];
  return account !== undefined && target.split(':')[4] === account && target.includes(`:cluster/${name ?? ''}/`);
}

export const clusterNameOf = (eventSourceArn: string): string =>
  eventSourceArn.split('/')[eventSourceArn.includes(':vpc-connection/') ? 2 : 1] ?? '';

/** Names of functions and clusters that have mappings, those that share most with the target first. */
export function candidatesFor(target: string, mappings: readonly Mapping[]): string[] {
  const names = mappings.flatMap((mapping) => [
    mapping.FunctionArn?.split(':').slice(6).join(':') ?? '',
    clusterNameOf(mapping.EventSourceArn ?? ''),
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
