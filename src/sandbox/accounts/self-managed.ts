/** An MSK cluster that is also registered as a self-managed source, and self-managed Kafka elsewhere. */
import { ok } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, healthy, value, type SandboxAccount } from '../account.js';
import { account, clusterArn, functionArn, region, uuid } from '../healthy.js';
import { problem } from './texts.js';

export const selfManagedUuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b31';
export const elsewhereUuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b32';

/** Adds a mapping that calls the same function as the healthy account's mapping. */
export function addSelfManaged(snapshot: Snapshot, id: string, servers: string[], change: Partial<Mapping> = {}): void {
  const { EventSourceArn: _, AmazonManagedKafkaEventSourceConfig: __, ...mapping } = value(snapshot.mappings, uuid);
  snapshot.mappings[id] = ok<Mapping>({
    ...structuredClone(mapping),
    SourceAccessConfigurations: [{ Type: 'IAM_AUTH' }],
    ...change,
    UUID: id,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}`,
    SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: servers } },
    SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: id },
  });
}

/** As GetBootstrapBrokers returns them. */
export const brokersOf = (snapshot: Snapshot): string[] =>
  value(snapshot.bootstrapBrokers, clusterArn).BootstrapBrokerStringSaslIam!.split(',');

export const selfManagedAccounts: readonly SandboxAccount[] = [
  healthy(
    'self-managed',
    'The MSK cluster is also used as a self-managed source; another mapping reads Kafka outside MSK',
    {},
    (snapshot) => {
      addSelfManaged(snapshot, selfManagedUuid, brokersOf(snapshot));
      addSelfManaged(snapshot, elsewhereUuid, ['kafka-1.example.com:9094'], { LastProcessingResult: 'OK' });
    },
  ),
  broken(
    'self-managed-concurrency',
    'Two mappings of one function, the second with the MSK cluster as a self-managed source: reserved concurrency is 0',
    'function.concurrency',
    problem('function-call-failed'),
    {},
    (snapshot) => {
      snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 });
      addSelfManaged(snapshot, selfManagedUuid, brokersOf(snapshot));
    },
  ),
];
