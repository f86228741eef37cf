/** Accounts whose cluster has a fault, or does not fit the mapping’s topic or login. */
import { ok } from '../../snapshot/read.js';
import { broken, value, type SandboxAccount } from '../account.js';
import { clusterArn, region, secretArn, topic, uuid } from '../healthy.js';
import { problem } from './texts.js';

export const clusterAccounts: readonly SandboxAccount[] = [
  broken(
    'topic-misspelt',
    'The topic does not exist; a similar topic exists',
    'cluster.topic',
    problem('connection-error'),
    {},
    (snapshot) => {
      value(snapshot.mappings, uuid).Topics = ['order'];
      value(snapshot.topics, clusterArn)[0]!.TopicName = topic;
    },
  ),
  broken(
    'cluster-failed',
    'The cluster is in state FAILED',
    'cluster.state',
    problem('connection-error'),
    {},
    (snapshot) => {
      value(snapshot.clusters, clusterArn).State = 'FAILED';
    },
  ),
  broken(
    'scram-not-enabled',
    'The mapping has a SASL/SCRAM secret, but only IAM is enabled in the cluster',
    'cluster.auth',
    problem('connection-error'),
    { auth: 'scram' },
    (snapshot) => {
      const authentication = value(snapshot.clusters, clusterArn).Provisioned!.ClientAuthentication!;
      authentication.Sasl = { Iam: { Enabled: true }, Scram: { Enabled: false } };
      snapshot.bootstrapBrokers[clusterArn] = ok({
        BootstrapBrokerStringSaslIam: `b-1.orders.abc123.c2.kafka.${region}.amazonaws.com:9098`,
      });
      snapshot.scramSecrets[clusterArn] = ok([secretArn]);
    },
  ),
  broken(
    'no-secret-named',
    'Only SASL/SCRAM is enabled in the cluster, and the mapping has no secret',
    'mapping.source-access',
    problem('connection-error'),
    { auth: 'scram' },
    (snapshot) => {
      value(snapshot.mappings, uuid).SourceAccessConfigurations = [];
    },
  ),
];
