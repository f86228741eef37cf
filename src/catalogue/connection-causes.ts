/**
 * Why pollers cannot reach the brokers or AWS services, in the order of frequency in public reports: the
 * self-referencing rule of the cluster's security group comes first; a deleted cluster is rare.
 */
import type { ExplainedCause } from './known-text.js';

export const connectionCauses: readonly ExplainedCause[] = [
  {
    check: 'network.broker-ingress',
    because: 'the brokers’ security groups block the pollers, so connections time out',
  },
  { check: 'network.broker-egress', because: 'the pollers’ security groups block outbound traffic to the brokers' },
  { check: 'network.https-egress', because: 'the pollers’ security groups block outbound traffic to AWS services' },
  { check: 'mapping.source-access', because: 'the mapping’s authentication does not match the cluster' },
  {
    check: 'cluster.auth',
    because: 'the authentication that Lambda uses is not enabled in the cluster, and Lambda does not try another',
  },
  { check: 'cluster.broker', because: 'the cluster has no bootstrap brokers for the authentication that Lambda uses' },
  { check: 'cluster.topic', because: 'requests for a topic that does not exist time out' },
  { check: 'cluster.state', because: 'a cluster that is deleted or not active does not respond' },
  { check: 'network.nacl', because: 'a network ACL blocks the requests or the responses' },
  {
    check: 'network.subnet-capacity',
    because:
      'Lambda cannot create the pollers’ network interface in a subnet that was deleted or has no free IP address',
  },
  { check: 'network.vpc-dns', because: 'the host names of the brokers do not resolve' },
  { check: 'cluster.policy', because: 'the VPC connection to the cluster of the other account blocks the pollers' },
  { check: 'access.network-interfaces', because: 'the execution role may not create the pollers’ network interfaces' },
  { check: 'access.msk-api', because: 'the execution role may not get the bootstrap brokers from MSK' },
  {
    check: 'access.kafka-connect',
    because: 'a broker can close an unauthorized IAM connection without an error of its own',
  },
  { check: 'network.aws-path', because: 'the pollers cannot reach an AWS service from the cluster’s subnets' },
  { check: 'network.endpoint-ingress', because: 'the security group of a VPC endpoint blocks the pollers' },
  {
    check: 'network.endpoint-private-dns',
    because: 'a VPC endpoint exists, but the service’s DNS name does not resolve to it',
  },
  { check: 'network.endpoint-policy', because: 'the policy of a VPC endpoint denies the pollers’ calls' },
  { check: 'cluster.health', because: 'overloaded brokers, or partitions without a leader, respond too late' },
];

export const networkPathCauses: readonly ExplainedCause[] = [
  {
    check: 'network.aws-path',
    because: 'the cluster’s subnets have no route to an AWS service that the pollers call',
  },
  {
    check: 'network.endpoint-ingress',
    because: 'a VPC endpoint exists, but its security groups block the pollers',
  },
  {
    check: 'network.endpoint-private-dns',
    because: 'a VPC endpoint exists, but the service’s DNS name does not resolve to it',
  },
  {
    check: 'network.vpc-dns',
    because: 'DNS is disabled in the VPC, so the service’s DNS name does not resolve to the endpoint',
  },
  { check: 'network.endpoint-policy', because: 'the policy of the VPC endpoint denies the pollers’ calls' },
  { check: 'network.https-egress', because: 'the pollers’ security groups block outbound HTTPS' },
  { check: 'network.nacl', because: 'a network ACL blocks the requests or the responses' },
  {
    check: 'network.subnet-capacity',
    because:
      'Lambda cannot create the pollers’ network interface in a subnet that was deleted or has no free IP address',
  },
];
