/** What tells one cause from the others: for each check a line on what to look at. */
import type { CheckId } from '../catalogue/check-ids.js';

export const signs: Record<CheckId, string> = {
  'mapping.state': 'the mapping’s State is not Enabled; StateTransitionReason says who stopped it',
  'mapping.starting-position':
    'StartingPosition is LATEST on a mapping that has just begun, or AT_TIMESTAMP without an instant in the past',
  'mapping.consumer-group': 'another mapping shows the same ConsumerGroupId',
  'mapping.batch': 'BatchSize or MaximumBatchingWindowInSeconds lies outside 1–10,000 and 0–300',
  'mapping.filter':
    'FilterCriteria holds a pattern that is no filter rule or asks for something beside “value”, or FilterCriteriaError is set',
  'mapping.destination': 'the ARN under DestinationConfig leads to nothing, to a FIFO queue or to another region',
  'mapping.source-access':
    'SourceAccessConfigurations has no secret where the cluster takes SCRAM or mutual TLS only, or types that MSK does not know',
  'mapping.provisioned-pollers': 'MinimumPollers is above MaximumPollers, or above the number of partitions',
  'mapping.schema-registry': 'SchemaRegistryConfig stands without provisioned pollers, or its registry is not there',
  'mapping.conflict': 'another mapping has the same cluster, function and topic',
  'cluster.state': 'DescribeClusterV2 shows another State than ACTIVE, or no cluster',
  'cluster.auth': 'the login that the mapping leads to is off under the cluster’s ClientAuthentication',
  'cluster.broker': 'GetBootstrapBrokers gives no string for the login that Lambda picks',
  'cluster.topic': 'ListTopics does not show the mapping’s topic',
  'cluster.acl':
    'the text says “failed to authorize”, and the login is not by IAM: `kafka-acls --list` shows what the principal may do',
  'cluster.policy': 'DescribeVpcConnection shows another state than AVAILABLE, or another authentication',
  'cluster.health':
    'CloudWatch shows full disks, busy CPUs, offline partitions or 3,000 connections; the mapping worked before and the text comes and goes',
  'network.broker-ingress':
    'no inbound rule of the cluster’s groups lets the groups themselves in on the brokers’ port',
  'network.broker-egress': 'the outbound rules of the cluster’s groups were narrowed and leave the brokers’ port out',
  'network.https-egress': 'the outbound rules of the cluster’s groups were narrowed and leave 443 out',
  'network.nacl': 'a network ACL other than the default one stands on a cluster subnet',
  'network.aws-path':
    'a cluster subnet’s route table has neither a NAT gateway that works nor are there endpoints for Lambda, STS and, with a secret, Secrets Manager',
  'network.endpoint-private-dns': 'the VPC has the endpoint, and its PrivateDnsEnabled is false',
  'network.endpoint-ingress': 'the endpoint’s security groups have no inbound rule for 443 from the cluster’s groups',
  'network.endpoint-policy': 'the endpoint’s PolicyDocument is not the open default one',
  'network.vpc-dns': 'enableDnsSupport or enableDnsHostnames of the VPC is off',
  'network.subnet-capacity':
    'AvailableIpAddressCount of a cluster subnet is near 0, and no Lambda interface stands in it',
  'access.trust':
    'the role’s trust policy does not name lambda.amazonaws.com, or asks for conditions that the pollers do not meet',
  'access.msk-api': 'the role’s policies lack kafka:DescribeClusterV2 or kafka:GetBootstrapBrokers',
  'access.network-interfaces': 'the role’s policies lack ec2:CreateNetworkInterface or an ec2:Describe… action',
  'access.logs': 'the role’s policies lack logs:PutLogEvents',
  'access.kafka-connect': 'the role’s policies lack kafka-cluster:Connect on the cluster’s ARN',
  'access.kafka-cluster': 'the role’s policies lack kafka-cluster:DescribeClusterDynamicConfiguration',
  'access.kafka-topic':
    'the role’s policies lack kafka-cluster:DescribeTopic or ReadData on the topic’s ARN, often because they stand on the cluster’s',
  'access.kafka-group':
    'the role’s policies lack kafka-cluster:DescribeGroup or AlterGroup on the group’s ARN, whose name is the mapping’s UUID unless it has its own',
  'access.secret': 'the role’s policies lack secretsmanager:GetSecretValue on the secret’s whole ARN',
  'access.kms': 'the secret has a key of its own, and the role may not kms:Decrypt with it',
  'access.destination': 'the role’s policies lack the action that writes to the destination or reads the registry',
  'secret.exists': 'DescribeSecret answers that there is none, or shows a DeletedDate',
  'secret.name-prefix': 'the secret’s name does not begin with AmazonMSK_',
  'secret.kms': 'the secret shows no KmsKeyId, or its key is disabled',
  'secret.association': 'ListScramSecrets of the cluster does not show the secret',
  'secret.scram': 'the secret is not JSON with username and password',
  'secret.certificate': 'the certificate has expired, is not PEM, or its chain does not lead to a CA of the cluster’s',
  'secret.private-key':
    'the key begins with BEGIN RSA PRIVATE KEY, is encrypted by PBES2, or does not belong to the certificate',
  'secret.size': 'the secret is larger than 65,536 bytes',
  'function.state': 'the function, its alias or its version is not there, or its State is Failed or Inactive',
  'function.timeout': 'the function’s Timeout is above 840 seconds',
  'function.concurrency': 'GetFunctionConcurrency shows 0, or fewer than the pollers',
  'function.errors': 'Errors or Throttles of the function are near its Invocations',
  'lag.traffic': 'MessagesInPerSec of the topic is 0',
  'lag.trend': 'SumOffsetLag of the consumer group rises hour by hour',
  'lag.consumers': 'ProvisionedPollers is at the number of partitions, and the lag stays',
};
