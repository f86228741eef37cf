/** What Lambda refuses in the parameters of a mapping on MSK, in its own words where they are known. */
import { isSecretType } from '../../aws/msk.js';
import {
  batchingWindow,
  batchSize,
  consumerGroupPattern,
  filterPatternLength,
  maximumPollers,
  minimumPollers,
  recordAge,
  retryAttempts,
  sourceAccessUriLength,
  type Range,
} from '../../aws/limits.js';
import { isDeepStrictEqual } from 'node:util';
import { awsError, type Input } from '../answers.js';

const invalid = (message: string): Error => awsError('InvalidParameterValueException', message);
const unsupported = (parameter: string): Error =>
  invalid(`Unsupported '${parameter}' parameter for given event source mapping type.`);

/** The error for a value that violates the API's model. */
const outside = (value: unknown, at: string, constraint: string, name = 'ValidationException'): Error =>
  awsError(
    name,
    `1 validation error detected: Value ${value === undefined ? 'null' : `'${String(value)}'`} at '${at}' failed to satisfy constraint: ${constraint}`,
  );

/** Parameters of other kinds of event sources. */
const foreign = [
  'ParallelizationFactor',
  'TumblingWindowInSeconds',
  'ScalingConfig',
  'Queues',
  'SelfManagedEventSource',
  'SelfManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
];
const positions = ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'];
const destinationPattern =
  /^$|^kafka:\/\/[^.]([a-zA-Z0-9\-_.]+)$|^arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*)$/;

/** Names as in the error messages, with their allowed ranges. */
const ranges: [name: string, read: (input: Input) => unknown, range: Range][] = [
  ['batchSize', (input) => input['BatchSize'], batchSize],
  ['maximumBatchingWindowInSeconds', (input) => input['MaximumBatchingWindowInSeconds'], batchingWindow],
  ['maximumRetryAttempts', (input) => input['MaximumRetryAttempts'], { ...retryAttempts, least: -1 }],
  ['maximumRecordAgeInSeconds', (input) => input['MaximumRecordAgeInSeconds'], { ...recordAge, least: -1 }],
  [
    'provisionedPollerConfig.minimumPollers',
    (input) => member(input, 'ProvisionedPollerConfig', 'MinimumPollers'),
    minimumPollers,
  ],
  [
    'provisionedPollerConfig.maximumPollers',
    (input) => member(input, 'ProvisionedPollerConfig', 'MaximumPollers'),
    maximumPollers,
  ],
];

/** Parameters of provisioned mode only; the value given here is the default, which is never refused. */
const provisionedOnly: [name: string, read: (input: Input) => unknown, neutral: unknown][] = [
  ['maximumRetryAttempts', (input) => input['MaximumRetryAttempts'], -1],
  ['maximumRecordAgeInSeconds', (input) => input['MaximumRecordAgeInSeconds'], -1],
  ['bisectBatchOnFunctionError', (input) => input['BisectBatchOnFunctionError'], false],
  ['functionResponseTypes', (input) => input['FunctionResponseTypes'], []],
  ['loggingConfig', (input) => input['LoggingConfig'], {}],
  [
    'amazonManagedKafkaEventSourceConfig.schemaRegistryConfig',
    (input) => member(input, 'AmazonManagedKafkaEventSourceConfig', 'SchemaRegistryConfig'),
    {},
  ],
];

/** Throws if a new mapping lacks a required parameter. */
export function refuseNew(input: Input): void {
  const {
    StartingPosition: position,
    StartingPositionTimestamp: timestamp,
    Topics: topics,
    EventSourceArn: source,
  } = input;
  if (!/^arn:aws[a-z-]*:kafka:[^:]+:\d{12}:(cluster|vpc-connection)\//.test(String(source)))
    throw invalid('Unrecognized event source.');
  if (position === undefined)
    throw outside(undefined, 'startingPosition', 'Member must not be null.', 'InvalidParameterValueException');
  if (!positions.includes(String(position)))
    throw outside(
      position,
      'startingPosition',
      `Member must satisfy enum value set: [${positions.join(', ')}]`,
      'InvalidParameterValueException',
    );
  if (position === 'AT_TIMESTAMP' && timestamp === undefined) throw invalid('Need to specify a timestamp');
  if (!Array.isArray(topics) || topics.length === 0) throw outside(undefined, 'topics', 'Member must not be null.');
  if (topics.length > 1) throw outside(topics.join(', '), 'topics', 'Member must have length less than or equal to 1');
  if (!/^[^.]([a-zA-Z0-9\-_.]+)$/.test(String(topics[0])) || String(topics[0]).length > 249)
    throw outside(topics[0], 'topics', 'Member must satisfy regular expression pattern: [^.]([a-zA-Z0-9\\-_.]+)');
  const group = member(input, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId');
  if (group !== undefined && !consumerGroupPattern.test(String(group)))
    throw outside(
      group,
      'amazonManagedKafkaEventSourceConfig.consumerGroupId',
      'Member must satisfy regular expression pattern: [a-zA-Z0-9-\\/*:_+=.@-]*',
    );
}

/** Throws for a change that no mapping accepts. */
export function refuseChange(input: Input): void {
  if (member(input, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId') !== undefined)
    throw unsupported('amazonManagedKafkaEventSourceConfig.consumerGroupId');
}

/**
 * Throws for a value that is invalid in new mappings and in changes. `provisioned`: whether the mapping is in
 * provisioned mode afterwards.
 */
export function refuseValues(input: Input, provisioned: boolean): void {
  for (const name of foreign)
    if (input[name] !== undefined) throw unsupported(name.charAt(0).toLowerCase() + name.slice(1));
  for (const [name, read, range] of ranges) refuseRange(name, read(input), range);
  for (const [name, read, neutral] of provisionedOnly) {
    const value = read(input);
    if (!provisioned && value !== undefined && !isDeepStrictEqual(value, neutral)) throw unsupported(name);
  }
  refuseSource(input);
  refuseDestination(input, provisioned);
  refuseFilters(input);
  const [least, most] = [
    member(input, 'ProvisionedPollerConfig', 'MinimumPollers'),
    member(input, 'ProvisionedPollerConfig', 'MaximumPollers'),
  ];
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    throw invalid('MinimumPollers must be less than or equal to MaximumPollers.');
}

function refuseRange(name: string, value: unknown, { least, most }: Range): void {
  if (value === undefined) return;
  if (Number(value) < least) throw outside(value, name, `Member must have value greater than or equal to ${least}`);
  if (Number(value) > most) throw outside(value, name, `Member must have value less than or equal to ${most}`);
  if (name === 'maximumRecordAgeInSeconds' && Number(value) >= 0 && Number(value) < recordAge.least)
    throw invalid('MaximumRecordAgeInSeconds must be -1 or between 60 and 604800.');
}

function refuseSource(input: Input): void {
  for (const { Type: type, URI: uri } of (input['SourceAccessConfigurations'] ?? []) as {
    Type?: string;
    URI?: string;
  }[]) {
    if (String(uri).length > sourceAccessUriLength)
      throw outside(
        uri,
        'sourceAccessConfigurations.1.member.uRI',
        `Member must have length less than or equal to ${sourceAccessUriLength}`,
      );
    if (!isSecretType(type)) throw unsupported('sourceAccessConfigurations');
  }
}

function refuseDestination(input: Input, provisioned: boolean): void {
  const config = input['DestinationConfig'] as { OnFailure?: { Destination?: string }; OnSuccess?: object } | undefined;
  if (config?.OnSuccess !== undefined)
    throw invalid('Unsupported DestinationConfig parameter for given event source mapping type.');
  if (config?.OnFailure === undefined) return;
  const { Destination: destination } = config.OnFailure;
  if (destination === undefined) throw invalid('The Destination field is required for an OnFailure configuration.');
  if (!destinationPattern.test(destination))
    throw outside(
      destination,
      'destinationConfig.onFailure.destination',
      `Member must satisfy regular expression pattern: ${destinationPattern.source}`,
    );
  if (destination.startsWith('kafka://') && !provisioned) throw unsupported('destinationConfig');
}

function refuseFilters(input: Input): void {
  const { Filters: filters = [] } = (input['FilterCriteria'] ?? {}) as { Filters?: { Pattern?: string }[] };
  for (const { Pattern: pattern = '' } of filters) {
    if (pattern.length > filterPatternLength)
      throw outside(
        pattern,
        'filterCriteria.filters.1.member.pattern',
        `Member must have length less than or equal to ${filterPatternLength}`,
      );
    if (!isRule(pattern)) throw invalid('Invalid filter pattern definition.');
  }
}

function isRule(pattern: string): boolean {
  try {
    const rule: unknown = JSON.parse(pattern);
    return typeof rule === 'object' && rule !== null && !Array.isArray(rule);
  } catch {
    return false;
  }
}

const member = (input: Input, block: string, name: string): unknown =>
  (input[block] as Record<string, unknown> | undefined)?.[name];
