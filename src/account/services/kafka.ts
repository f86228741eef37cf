/** The client and its operations that this tool calls; imported on first use. */
import {
  KafkaClient,
  DescribeClusterV2Command,
  ListClustersV2Command,
  GetBootstrapBrokersCommand,
  ListScramSecretsCommand,
  ListTopicsCommand,
  DescribeConfigurationRevisionCommand,
  GetClusterPolicyCommand,
  PutClusterPolicyCommand,
  DescribeVpcConnectionCommand,
  BatchAssociateScramSecretCommand,
  BatchDisassociateScramSecretCommand,
  CreateTopicCommand,
  DescribeTopicCommand,
  UpdateSecurityCommand,
} from '@aws-sdk/client-kafka';

export { KafkaClient as Client };
export const commands = {
  DescribeClusterV2: DescribeClusterV2Command,
  ListClustersV2: ListClustersV2Command,
  GetBootstrapBrokers: GetBootstrapBrokersCommand,
  ListScramSecrets: ListScramSecretsCommand,
  ListTopics: ListTopicsCommand,
  DescribeConfigurationRevision: DescribeConfigurationRevisionCommand,
  GetClusterPolicy: GetClusterPolicyCommand,
  PutClusterPolicy: PutClusterPolicyCommand,
  DescribeVpcConnection: DescribeVpcConnectionCommand,
  BatchAssociateScramSecret: BatchAssociateScramSecretCommand,
  BatchDisassociateScramSecret: BatchDisassociateScramSecretCommand,
  CreateTopic: CreateTopicCommand,
  DescribeTopic: DescribeTopicCommand,
  UpdateSecurity: UpdateSecurityCommand,
};
