/** Accounts with a fault in the cluster, the mapping or the function. */
import { ok } from '../../snapshot/read.js';
import { broken, notFound, value, type SandboxAccount } from '../account.js';
import { account, clusterArn, clusterName, functionArn, groupId, managedPolicyArn, region, roleArn, secretArn, subnetIds, topic, uuid } from '../healthy.js';
import { problem } from './texts.js';

const connectionArn = `arn:aws:kafka:${region}:${account}:vpc-connection/444455556666/${clusterName}/9a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2`;

export const otherAccounts: readonly SandboxAccount[] = [
  broken('topic-misspelt', 'The mapping’s topic is not there; one with nearly its name is', 'cluster.topic', problem('connection-error'), {}, (snapshot) => {
    value(snapshot.mappings, uuid).Topics = ['order'];
    value(snapshot.topics, clusterArn)[0]!.TopicName = topic;
  }),
  broken('cluster-failed', 'The cluster is in state FAILED', 'cluster.state', problem('connection-error'), {}, (snapshot) => {
    value(snapshot.clusters, clusterArn).State = 'FAILED';
  }),
  broken('scram-not-enabled', 'The mapping names a SASL/SCRAM secret, and the cluster offers IAM only', 'cluster.auth', problem('connection-error'), { auth: 'scram' }, (snapshot) => {
    const authentication = value(snapshot.clusters, clusterArn).Provisioned!.ClientAuthentication!;
    authentication.Sasl = { Iam: { Enabled: true }, Scram: { Enabled: false } };
    snapshot.bootstrapBrokers[clusterArn] = ok({ BootstrapBrokerStringSaslIam: `b-1.orders.abc123.c2.kafka.${region}.amazonaws.com:9098` });
    snapshot.scramSecrets[clusterArn] = ok([secretArn]);
  }),
  broken('kafka-acl', 'Kafka’s own access control refuses the SASL/SCRAM user', 'cluster.acl', problem('cluster-failed-to-authorize'), { auth: 'scram' }, () => {}),
  broken('connection-rejected', 'The cluster’s owner rejected the VPC connection that the mapping reads by', 'cluster.policy', problem('connection-error'), {}, (snapshot) => {
    value(snapshot.mappings, uuid).EventSourceArn = connectionArn;
    snapshot.mappingLists = { '*': ok([uuid]), [connectionArn]: ok([uuid]) };
    snapshot.vpcConnections[connectionArn] = ok({
      VpcConnectionArn: connectionArn, TargetClusterArn: clusterArn.replace(account, '444455556666'), State: 'REJECTED', Authentication: 'SASL_IAM',
      VpcId: 'vpc-0a1b2c3d4e5f60001', Subnets: [...subnetIds], SecurityGroups: [groupId],
    });
    snapshot.managedPolicies[managedPolicyArn] = ok(value(snapshot.managedPolicies, managedPolicyArn).replace('"kafka:DescribeCluster"', '"kafka:DescribeVpcConnection","kafka:DescribeCluster"'));
    snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kafka-cluster:*', Resource: '*' }] }));
    snapshot.clusters = {};
    snapshot.bootstrapBrokers = {};
    snapshot.topics = {};
  }),
  broken('disabled', 'A user disabled the mapping', 'mapping.state', null, {}, (snapshot) => {
    Object.assign(value(snapshot.mappings, uuid), { State: 'Disabled', StateTransitionReason: 'USER_INITIATED' });
  }),
  broken('concurrency-zero', 'The function has reserved concurrency 0', 'function.concurrency', problem('function-call-failed'), {}, (snapshot) => {
    snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 });
  }),
  broken('function-gone', 'The function was deleted', 'function.state', problem('function-call-failed'), {}, (snapshot) => {
    snapshot.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration');
    snapshot.concurrency[functionArn] = notFound('lambda', 'GetFunctionConcurrency');
  }),
];
