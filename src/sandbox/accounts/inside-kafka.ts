/** Accounts whose fault is inside Kafka: the brokers show it, and no answer of AWS does. */
import { broken, type SandboxAccount } from '../account.js';
import { topic, uuid } from '../healthy.js';
import { problem } from './texts.js';

const unchanged = (): void => {};

export const insideKafka: readonly SandboxAccount[] = [
  broken(
    'kafka-acl',
    'Kafka ACLs deny the SASL/SCRAM user',
    'cluster.acl',
    problem('cluster-failed-to-authorize'),
    { auth: 'scram' },
    unchanged,
    {
      kafka: {
        acls: [
          { resource: 'topic', name: topic, principal: 'User:orders-writer', operation: 'Read' },
          { resource: 'group', name: uuid, principal: 'User:orders-writer', operation: 'Read' },
        ],
      },
    },
  ),
  broken(
    'kafka-acl-group',
    'Kafka ACLs allow the SASL/SCRAM user to read the topic, but not to use the consumer group',
    'cluster.acl',
    problem('cluster-failed-to-authorize'),
    { auth: 'scram' },
    unchanged,
    {
      kafka: {
        acls: [
          { resource: 'topic', name: topic, principal: 'User:orders-reader', operation: 'Read' },
          { resource: 'group', name: uuid, principal: 'User:orders-reader', operation: 'Describe' },
        ],
      },
    },
  ),
  broken(
    'scram-password-changed',
    'The secret is associated with the cluster, but the brokers have another password',
    null,
    problem('sasl-authentication-failed'),
    { auth: 'scram' },
    unchanged,
    { kafka: { users: 'changed' } },
  ),
  broken(
    'scram-user-unknown',
    'The secret is associated with the cluster, but the brokers do not know its user',
    null,
    problem('sasl-authentication-failed'),
    { auth: 'scram' },
    unchanged,
    { kafka: { users: 'forgotten' } },
  ),
  broken(
    'certificate-untrusted',
    'The client certificate is from a certificate authority that the brokers do not trust',
    null,
    problem('server-failed-to-authenticate-lambda'),
    { auth: 'mtls' },
    unchanged,
    { kafka: { trustsOtherAuthority: true } },
  ),
  broken(
    'group-of-connect',
    'Workers of Kafka Connect use the consumer group of the mapping, and Kafka lets no consumer join it',
    null,
    problem('connection-error'),
    {},
    unchanged,
    { kafka: { groups: { [uuid]: { state: 'Stable', type: 'connect', members: 2, protocol: 'sessioned' } } } },
  ),
  broken(
    'partition-without-leader',
    'Two partitions of the topic have no leader',
    null,
    problem('connection-error'),
    {},
    unchanged,
    { kafka: { leaderless: { [topic]: [1, 4] } } },
  ),
];
