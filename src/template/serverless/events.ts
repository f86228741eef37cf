/** The events `msk` and `kafka` of a function, as mappings. */
import { clusterNameOf } from '../../aws/event-source.js';
import { secretTypes } from '../../aws/msk.js';
import type { RawResource } from '../cloudformation/stack.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { alphanumeric, normalized, objectOr, renamed, type ServiceFunction } from './parts.js';

/** The kinds of access of an event `kafka`, with the prefix of their URIs. */
const accessTypes: Record<string, [type: string, prefix: string]> = {
  vpcSubnet: ['VPC_SUBNET', 'subnet:'],
  vpcSecurityGroup: ['VPC_SECURITY_GROUP', 'security_group:'],
  saslPlainAuth: ['BASIC_AUTH', ''],
  saslScram256Auth: ['SASL_SCRAM_256_AUTH', ''],
  saslScram512Auth: [secretTypes.scram, ''],
  clientCertificateTlsAuth: [secretTypes.mtls, ''],
  serverRootCaCertificate: ['SERVER_ROOT_CA_CERTIFICATE', ''],
};

const written: Record<string, string> = {
  Topics: 'topic',
  EventSourceArn: 'arn',
  StartingPosition: 'startingPosition',
  BatchSize: 'batchSize',
  MaximumBatchingWindowInSeconds: 'maximumBatchingWindow',
  Enabled: 'enabled',
  FilterCriteria: 'filterPatterns',
  AmazonManagedKafkaEventSourceConfig: 'consumerGroupId',
  SelfManagedKafkaEventSourceConfig: 'consumerGroupId',
  SelfManagedEventSource: 'bootstrapServers',
};

export interface ServiceEvent {
  kind: 'msk' | 'kafka';
  given: JsonObject;
  index: number;
}

export const eventsOf = ({ written: { events } }: ServiceFunction): ServiceEvent[] =>
  (Array.isArray(events) ? events : []).flatMap((event, index) =>
    (['msk', 'kafka'] as const).flatMap((kind) =>
      isObject(event) && isObject(event[kind]) ? [{ kind, given: event[kind], index }] : [],
    ),
  );

/** By logical id. `role`: the logical id of the function’s role; null for one outside the service. */
export const kafkaEventsOf = (each: ServiceFunction, role: string | null): [string, RawResource][] =>
  eventsOf(each).map(({ kind, given, index }) => {
    const path = [...each.path, 'events', index, kind];
    return [
      `${normalized(each.key)}EventSourceMapping${nameOf(kind, given)}`,
      {
        raw: {
          Type: 'AWS::Lambda::EventSourceMapping',
          ...(role === null ? {} : { DependsOn: role }),
          Properties: {
            FunctionName: { 'Fn::GetAtt': [each.logicalId, 'Arn'] },
            StartingPosition: given['startingPosition'] ?? 'TRIM_HORIZON',
            Topics: given['topic'] === undefined ? [] : [given['topic']],
            ...common(given),
            ...(kind === 'msk' ? ofMsk(given) : ofSelfManaged(given)),
          },
        },
        path,
        at: (inner) => [...path, ...renamed(inner, { ...written, ...accessName(given) })],
      },
    ];
  });

/** Logical ids contain the name of the cluster, or the name that imports or references its ARN. */
function nameOf(kind: ServiceEvent['kind'], { arn, topic }: JsonObject): string {
  const reference = objectOr(arn);
  const source = String(
    reference['Fn::ImportValue'] ?? reference['Ref'] ?? (typeof arn === 'string' ? (clusterNameOf(arn) ?? '') : ''),
  );
  const named = alphanumeric(typeof topic === 'string' ? topic : '');
  return kind === 'msk'
    ? `MSK${alphanumeric(source).slice(0, 79)}${named.slice(0, 79)}`
    : `Kafka${named.slice(0, 158)}`;
}

function accessName(given: JsonObject): Record<string, string> {
  const name = ['saslScram512', 'accessConfigurations'].find((member) => given[member] !== undefined);
  return name === undefined ? {} : { SourceAccessConfigurations: name };
}

const member = (name: string, value: Json | undefined): JsonObject =>
  value === undefined || value === null ? {} : { [name]: value };

function common(given: JsonObject): JsonObject {
  const patterns = given['filterPatterns'];
  return {
    ...member('BatchSize', given['batchSize']),
    ...member('MaximumBatchingWindowInSeconds', given['maximumBatchingWindow']),
    ...member('Enabled', given['enabled']),
    ...member('StartingPositionTimestamp', given['startingPositionTimestamp']),
    ...(Array.isArray(patterns)
      ? { FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) } }
      : {}),
  };
}

function ofMsk(given: JsonObject): JsonObject {
  const { arn, consumerGroupId: group, saslScram512: secret } = given;
  return {
    ...member('EventSourceArn', arn),
    ...(group === undefined ? {} : { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group } }),
    ...(secret === undefined || secret === null
      ? {}
      : { SourceAccessConfigurations: [{ Type: secretTypes.scram, URI: secret }] }),
  };
}

function ofSelfManaged(given: JsonObject): JsonObject {
  const { bootstrapServers: servers, consumerGroupId: group, accessConfigurations: access } = given;
  return {
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: servers ?? [] } },
    ...(group === undefined ? {} : { SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: group } }),
    SourceAccessConfigurations: Object.entries(objectOr(access)).flatMap(([name, values]) => {
      const [type, prefix] = accessTypes[name] ?? [name, ''];
      return (Array.isArray(values) ? values : [values]).map((value) => ({
        Type: type,
        URI: typeof value === 'string' ? `${prefix}${value}` : value,
      }));
    }),
  };
}
