/** What changes of a cluster write. */
import { valueOf, type Input, type WrittenPart, type WrittenParts } from './written-part.js';

const secretsIn = ({ SecretArnList: secrets }: Input): string[] => (secrets ?? []) as string[];

/** By ARN of each secret in the call, whether it is associated with the cluster. */
const association = (isAssociated: boolean): WrittenPart => ({
  read: (ask, input) =>
    valueOf(ask.pages('kafka', 'ListScramSecrets', { ClusterArn: input['ClusterArn'] }), (associated) =>
      Object.fromEntries(secretsIn(input).map((secret) => [secret, associated.includes(secret)])),
    ),
  after: (input) => Object.fromEntries(secretsIn(input).map((secret) => [secret, isAssociated])),
});

export const kafka: WrittenParts = {
  BatchAssociateScramSecret: association(true),
  BatchDisassociateScramSecret: association(false),
  CreateTopic: {
    read: (ask, { ClusterArn, TopicName }) =>
      valueOf(ask.call('kafka', 'DescribeTopic', { ClusterArn, TopicName }), () => true),
    after: () => true,
  },
  UpdateSecurity: {
    read: (ask, { ClusterArn }) =>
      valueOf(
        ask.call('kafka', 'DescribeClusterV2', { ClusterArn }),
        ({ ClusterInfo: cluster }) => (cluster as { Provisioned?: object } | undefined)?.Provisioned,
      ),
    after: ({ ClientAuthentication }) => ({ ClientAuthentication }),
  },
};
