/**
 * Why pollers cannot reach the brokers or AWS services, in the order of frequency in public reports: the
 * self-referencing rule of the cluster's security group comes first; a deleted cluster is rare.
 */
import type { ExplainedCause } from './known-text.js';

export const connectionCauses: readonly ExplainedCause[] = [
  {
    check: 'network.broker-ingress',
    because: 'the brokers’ security groups drop the pollers’ packets, which ends in a time-out',
  },
  { check: 'network.broker-egress', because: 'the pollers’ security groups do not let them out to the brokers' },
  { check: 'network.https-egress', because: 'the pollers’ groups do not let them out to AWS’s services' },
  { check: 'mapping.source-access', because: 'the mapping’s authentication leads to brokers that do not answer it' },
  {
    check: 'cluster.auth',
    because: 'there is no second try when the brokers do not offer the login that Lambda picks',
  },
  { check: 'cluster.broker', because: 'there is no address for the login that Lambda picks' },
  { check: 'cluster.topic', because: 'asking for a topic that is not there ends in a time-out' },
  { check: 'cluster.state', because: 'a cluster that is deleted or not active does not answer' },
  { check: 'network.nacl', because: 'a network ACL drops the packets or their answers' },
  { check: 'network.subnet-capacity', because: 'without a free address the pollers get no network interface' },
  { check: 'network.vpc-dns', because: 'the brokers’ names cannot be resolved' },
  { check: 'cluster.policy', because: 'the connection to the other account’s cluster does not let them through' },
  { check: 'access.network-interfaces', because: 'the execution role may not make the pollers’ network interfaces' },
  { check: 'access.msk-api', because: 'the execution role may not ask MSK for the brokers’ addresses' },
  { check: 'access.kafka-connect', because: 'the login by IAM can be cut off without a word of its own' },
  { check: 'network.aws-path', because: 'the pollers cannot reach an AWS service from the cluster’s subnets' },
  { check: 'network.endpoint-ingress', because: 'an endpoint’s group keeps the pollers from an AWS service' },
  {
    check: 'network.endpoint-private-dns',
    because: 'the endpoint is there, but its service’s names do not lead to it',
  },
  { check: 'network.endpoint-policy', because: 'an endpoint’s policy keeps the pollers from an AWS service' },
  { check: 'cluster.health', because: 'brokers that are overloaded or lack a leader answer too late' },
];

export const networkPathCauses: readonly ExplainedCause[] = [
  {
    check: 'network.aws-path',
    because: 'from the cluster’s subnets there is no way to a service that the pollers must call',
  },
  {
    check: 'network.endpoint-ingress',
    because: 'the endpoint is there, but its security groups do not let the pollers in',
  },
  {
    check: 'network.endpoint-private-dns',
    because: 'the endpoint is there, but the service’s names do not lead to it',
  },
  { check: 'network.vpc-dns', because: 'without the VPC’s DNS the service’s names do not lead to the endpoint' },
  { check: 'network.endpoint-policy', because: 'the endpoint’s policy stops the call that the pollers make' },
  { check: 'network.https-egress', because: 'the pollers’ security groups do not let HTTPS out' },
  { check: 'network.nacl', because: 'a network ACL drops the packets or their answers' },
  { check: 'network.subnet-capacity', because: 'without a free address the pollers get no network interface' },
];
