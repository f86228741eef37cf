/** Changes to a cluster. */
import { isOk, ok } from '../snapshot/read.js';
import { need, refusal, type Replays } from './replays.js';

export const kafka: Replays = {
  BatchAssociateScramSecret: (snapshot, { ClusterArn: arn, SecretArnList: secrets = [] }) => {
    const read = snapshot.scramSecrets[arn];
    snapshot.scramSecrets[arn] = ok([
      ...new Set([...(read !== undefined && isOk(read) ? read.value : []), ...secrets]),
    ]);
  },
  BatchDisassociateScramSecret: (snapshot, { ClusterArn: arn, SecretArnList: secrets = [] }) => {
    snapshot.scramSecrets[arn] = ok(need(snapshot.scramSecrets, arn).filter((secret) => !secrets.includes(secret)));
  },
  CreateTopic: (
    snapshot,
    { ClusterArn: arn, TopicName: name, PartitionCount: partitions = 1, ReplicationFactor: replicas = 3 },
  ) => {
    const topics = need(snapshot.topics, arn, 'NotFoundException');
    if (topics.some(({ TopicName }) => TopicName === name))
      throw refusal('TopicExistsException', `Topic '${name}' already exists.`, 409);
    topics.push({ TopicName: name, PartitionCount: partitions, ReplicationFactor: replicas, OutOfSyncReplicaCount: 0 });
  },
  UpdateSecurity: (snapshot, { ClusterArn: arn, ClientAuthentication: authentication }) => {
    const cluster = need(snapshot.clusters, arn, 'NotFoundException');
    if (cluster.Provisioned !== undefined && authentication !== undefined)
      cluster.Provisioned.ClientAuthentication = { ...cluster.Provisioned.ClientAuthentication, ...authentication };
  },
};
