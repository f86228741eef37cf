/** The parts of a cluster's or VPC connection's ARN. `partition` is aws, aws-cn or aws-us-gov. */
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

const cluster =
  /^arn:(?<partition>[^:]+):kafka:(?<region>[^:]+):(?<account>\d{12}):cluster\/(?<name>[^/]+)\/(?<uuid>[^/]+)$/;
// The middle account is the client's, the one after the slash the cluster's.
const connection =
  /^arn:(?<partition>[^:]+):kafka:(?<region>[^:]+):\d{12}:vpc-connection\/(?<account>\d{12})\/(?<name>[^/]+)\/(?<uuid>[^/]+)$/;

/** The parts of a cluster's or VPC connection's ARN; null for anything else. */
export function parseEventSource(arn: string): EventSource | null {
  const isCluster = cluster.test(arn);
  const parts = (isCluster ? cluster : connection).exec(arn)?.groups;
  if (parts === undefined) return null;
  return {
    arn,
    kind: isCluster ? 'cluster' : 'vpc-connection',
    partition: parts['partition']!,
    region: parts['region']!,
    clusterAccount: parts['account']!,
    clusterName: parts['name']!,
    clusterUuid: parts['uuid']!,
  };
}
