/** Limits of AWS's APIs and services, each with its source. Ranges are inclusive. */

export interface Range {
  least: number;
  most: number;
}

export const isOutside = (value: number | undefined, { least, most }: Range): boolean =>
  value !== undefined && (value < least || value > most);

const inEnglish = (value: number): string => value.toLocaleString('en-US');

/** `from 1 to 10,000`. */
export const inWords = ({ least, most }: Range): string => `from ${inEnglish(least)} to ${inEnglish(most)}`;

/** Records in one batch (API reference, CreateEventSourceMapping). */
export const batchSize = { least: 1, most: 10_000 } as const;
/** Records in one batch where none is set, for Kafka (API reference, CreateEventSourceMapping). */
export const defaultBatchSize = 100;
/** Seconds to gather records, MaximumBatchingWindowInSeconds (API reference, CreateEventSourceMapping). */
export const batchingWindow = { least: 0, most: 300 } as const;
/** Retries of a batch; beside them -1 for no limit (API reference, CreateEventSourceMapping). */
export const retryAttempts = { least: 0, most: 10_000 } as const;
/** Retries of a batch where -1 is set and the mapping has an on-failure destination (AWS: error handling controls for Kafka event sources). */
export const retriesWithDestination = 10;
/** Seconds after which a record is given up; beside them -1 for no limit (API reference, CreateEventSourceMapping). */
export const recordAge = { least: 60, most: 604_800 } as const;
/** Provisioned pollers at least (API reference, ProvisionedPollerConfig). */
export const minimumPollers = { least: 1, most: 200 } as const;
/** Provisioned pollers at most (API reference, ProvisionedPollerConfig). */
export const maximumPollers = { least: 1, most: 2000 } as const;
/** What Lambda takes where one of the two is left out (API reference, ProvisionedPollerConfig). */
export const defaultPollers = { minimum: 1, maximum: 200 } as const;
/** What one event poller of provisioned mode handles at most (Lambda developer guide: kafka-scaling-modes). */
export const eventPoller = { bytesPerSecond: 5_000_000, concurrentInvocations: 5 } as const;
/** The name of a group of pollers; empty takes the mapping out of its group (API reference, ProvisionedPollerConfig). */
export const pollerGroupPattern = /^[a-zA-Z0-9\-_]{0,128}$/;
/** Mappings of one poller group (API reference, ProvisionedPollerConfig). */
export const pollerGroupMappings = 100;
/** Maximum event pollers of all mappings of one poller group together (API reference, ProvisionedPollerConfig). */
export const pollerGroupPollers = 2000;
/** An id of a consumer group as Lambda takes it, blanks included (API reference, AmazonManagedKafkaEventSourceConfig). */
export const consumerGroupPattern = /^[a-zA-Z0-9\-/*:_+=.@ ]{1,200}$/;

/** Filters of a mapping without a raised quota (AWS: event filtering). */
export const usualFilters = 5;
/** Characters of one filter pattern (API reference, Filter). */
export const filterPatternLength = 4096;
/** Characters of the URI of a SourceAccessConfiguration (API reference). */
export const sourceAccessUriLength = 200;

/** Seconds that a Kafka mapping waits for its function (AWS: Lambda with Amazon MSK). */
export const invocationTimeout = 840;
/** The same for a function on Lambda Managed Instances (API reference, CreateFunction, Timeout). */
export const managedInvocationTimeout = 5400;
/** Bytes of a synchronous invocation's payload (AWS: Lambda quotas). */
export const payloadBytes = 6 * 1024 * 1024;

/** Bytes of a secret's value (AWS: Secrets Manager quotas). */
export const secretBytes = 65_536;

/** Connections by IAM that a broker has open at most, unless the cluster's configuration raises it (AWS: MSK quotas). */
export const iamConnections = 3000;
/** New connections by IAM that a broker takes in a second, but for the smallest type (AWS: MSK quotas). */
export const usualConnectionsPerSecond = 100;
const connectionsPerSecond: Record<string, number> = { 'kafka.t3.small': 4 };

/** By the brokers' instance type; null where it is not known. */
export const iamConnectionsPerSecond = (instanceType: string | null): number | null =>
  instanceType === null ? null : (connectionsPerSecond[instanceType] ?? usualConnectionsPerSecond);
