import type { Cluster } from '../../snapshot/resources/index.js';
import { valueOrError, listed, type Answers } from '../answers.js';

const gone = 'NotFoundException';
const clusterAnswer = (cluster: Cluster) => ({
  ...cluster,
  ...(cluster.CreationTime === undefined ? {} : { CreationTime: new Date(cluster.CreationTime) }),
});

export const kafka: Answers = {
  DescribeClusterV2: ({ ClusterArn: arn }, snapshot) => ({
    ClusterInfo: clusterAnswer(valueOrError(snapshot.clusters, arn, gone)),
  }),
  ListClustersV2: ({ ClusterNameFilter: prefix = '' }, snapshot) => {
    const clusters = [...listed(snapshot.clusters), ...listed(snapshot.sameNameClusters).flat()];
    const byArn = new Map(clusters.map((cluster) => [cluster.ClusterArn, cluster]));
    return {
      ClusterInfoList: [...byArn.values()]
        .filter(({ ClusterName: name = '' }) => name.startsWith(String(prefix)))
        .map(clusterAnswer),
    };
  },
  GetBootstrapBrokers: ({ ClusterArn: arn }, snapshot) => valueOrError(snapshot.bootstrapBrokers, arn, gone),
  ListScramSecrets: ({ ClusterArn: arn }, snapshot) => ({
    SecretArnList:
      snapshot.scramSecrets[String(arn)] === undefined ? [] : valueOrError(snapshot.scramSecrets, arn, gone),
  }),
  GetClusterPolicy: ({ ClusterArn: arn }, snapshot) => ({ Policy: valueOrError(snapshot.clusterPolicies, arn, gone) }),
  DescribeVpcConnection: ({ Arn: arn }, snapshot) => valueOrError(snapshot.vpcConnections, arn, gone),
  DescribeConfigurationRevision: ({ Arn: arn, Revision: revision }, snapshot) => {
    const properties = valueOrError(snapshot.serverProperties, `${String(arn)}@${String(revision)}`, gone);
    return {
      Arn: arn,
      Revision: revision,
      ServerProperties: new TextEncoder().encode(
        Object.entries(properties)
          .map((pair) => pair.join('='))
          .join('\n'),
      ),
    };
  },
};
