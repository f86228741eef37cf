/** What a mapping reads: an MSK cluster, or a VPC connection to one of another account, by its ARN. */
import { parseArn } from './arn.js';

/** The parts of a cluster's or VPC connection's ARN. */
export interface EventSource {
  arn: string;
  kind: 'cluster' | 'vpc-connection';
  partition: string;
  region: string;
  /** The account that owns the cluster (for a VPC connection: the other account). */
  clusterAccount: string;
  clusterName: string;
  /** The last segment of the ARN, suffix included (`…-2`; serverless `…-s1`). */
  clusterUuid: string;
}

/** The parts of a cluster's or VPC connection's ARN; null for anything else. */
export function parseEventSource(arn: string): EventSource | null {
  const { partition = '', service, region = '', account: ownAccount = '', resource = '' } = parseArn(arn) ?? {};
  const [kind, ...segments] = resource.split('/');
  if (service !== 'kafka' || (kind !== 'cluster' && kind !== 'vpc-connection')) return null;
  // The account of a VPC connection is the client's, the one after the slash the cluster's.
  const [clusterAccount = '', clusterName = '', clusterUuid = '', ...rest] =
    kind === 'cluster' ? [ownAccount, ...segments] : segments;
  const isWhole = [partition, region, clusterName, clusterUuid].every((part) => part !== '') && rest.length === 0;
  if (!isWhole || ![ownAccount, clusterAccount].every((account) => /^\d{12}$/.test(account))) return null;
  return { arn, kind, partition, region, clusterAccount, clusterName, clusterUuid };
}

/** Whether a text begins as the ARN of a cluster or of a VPC connection does, be it whole or not. */
export const isEventSourceArn = (text: string): boolean =>
  /^arn:[^:]+:kafka:[^:]+:\d{12}:(cluster|vpc-connection)\//.test(text);

export const isVpcConnection = (arn: string | null | undefined): boolean =>
  parseArn(arn)?.resource.startsWith('vpc-connection/') === true;

export const isCluster = (arn: string | null | undefined): boolean =>
  parseArn(arn)?.resource.startsWith('cluster/') === true;

/** The name of the cluster, for a VPC connection of the one behind it; null where the ARN names none. */
export function clusterNameOf(arn: string | null | undefined): string | null {
  const [kind, ...segments] = parseArn(arn)?.resource.split('/') ?? [];
  return (kind === 'vpc-connection' ? segments[1] : kind === 'cluster' ? segments[0] : undefined) ?? null;
}

/** The last segment of a cluster's ARN; null where there is none. */
export const clusterUuidOf = (clusterArn: string | null | undefined): string | null =>
  parseArn(clusterArn)?.resource.split('/')[2] ?? null;

/** Whether a cluster's ARN or UUID is that of a Serverless cluster: it ends in `-s1` (AWS: MSK Serverless). */
export const isServerlessId = (arnOrUuid: string): boolean => /-s\d+$/.test(arnOrUuid);
