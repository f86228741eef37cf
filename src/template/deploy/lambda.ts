/** Functions and mappings as they will be. */
import { serviceOf } from '../../aws/arn.js';
import { ok } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { isSymbol, uuidSymbol } from '../../snapshot/symbols.js';
import { isObject, type Json, type JsonObject, type TemplateResource } from '../resource.js';
import { booleanOf, listOf, memberOf, numberOf, objectsOf, textOf, textsOf, type Deploying } from './deploying.js';
import { secretArn } from './secrets.js';
import { withoutUndecided } from './undecided-settings.js';

/** Lambda's default of Timeout in seconds (Lambda API: CreateFunction). */
const defaultTimeout = 3;

export function addFunctions(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const { id, arn, properties } of deploying.all('AWS::Lambda::Function')) {
    const tenancy = textOf(memberOf(properties, 'TenancyConfig', 'TenantIsolationMode'));
    const value = {
      FunctionName: id,
      FunctionArn: arn!,
      Role: textOf(properties['Role']),
      Runtime: textOf(properties['Runtime']),
      Timeout: numberOf(properties['Timeout']) ?? (properties['Timeout'] === undefined ? defaultTimeout : undefined),
      MemorySize: numberOf(properties['MemorySize']),
      State: 'Active',
      LastUpdateStatus: 'Successful',
      ...(tenancy === undefined ? {} : { TenancyConfig: { TenantIsolationMode: tenancy } }),
    };
    const reserved = properties['ReservedConcurrentExecutions'];
    snapshot.functions[arn!] = ok(value);
    if (reserved === undefined) snapshot.concurrency[arn!] = ok({});
    else if (numberOf(reserved) !== undefined)
      snapshot.concurrency[arn!] = ok({ ReservedConcurrentExecutions: numberOf(reserved) });
  }
  for (const { arn, properties } of deploying.all('AWS::Lambda::Alias', 'AWS::Lambda::Version')) {
    const target = deploying.find(properties['FunctionName'], 'AWS::Lambda::Function');
    const read = target === undefined ? undefined : snapshot.functions[target.arn!];
    if (read?.outcome === 'ok') snapshot.functions[arn!] = ok({ ...read.value, FunctionArn: arn! });
  }
}

/** A mapping of the templates on Kafka, as Lambda will show it right after its creation. */
export interface PlannedMapping {
  resource: TemplateResource;
  mapping: Mapping;
}

/** The mappings on MSK, and on self-managed Kafka; mappings on other sources are left out. */
export function plannedMappings(deploying: Deploying): PlannedMapping[] {
  return deploying.all('AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const { properties } = resource;
    const source = textOf(properties['EventSourceArn']);
    const isKafka =
      properties['SelfManagedEventSource'] !== undefined ||
      properties['Topics'] !== undefined ||
      properties['AmazonManagedKafkaEventSourceConfig'] !== undefined ||
      serviceOf(source) === 'kafka';
    return isKafka ? [{ resource, mapping: mappingOf(deploying, resource) }] : [];
  });
}

/** Members of the API that the template writes under the same names. */
const sameMembers = [
  'StartingPosition',
  'FilterCriteria',
  'DestinationConfig',
  'FunctionResponseTypes',
  'ProvisionedPollerConfig',
  'MetricsConfig',
  'LoggingConfig',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'SelfManagedEventSource',
] as const;
const numbers = [
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
] as const;

function mappingOf(deploying: Deploying, { id, properties }: TemplateResource): Mapping {
  const enabled = booleanOf(properties['Enabled']);
  const mapping: Record<string, unknown> = {
    UUID: id,
    EventSourceArn: sourceArn(deploying, properties['EventSourceArn']),
    FunctionArn: functionArn(deploying, properties['FunctionName']),
    State: enabled === false ? 'Disabled' : 'Creating',
    StateTransitionReason: 'USER_INITIATED',
    Topics: textsOf(properties['Topics']),
    SourceAccessConfigurations: objectsOf(properties['SourceAccessConfigurations'])
      .map(withTexts)
      .flatMap((entry) => {
        const { URI: uri } = entry;
        if (uri === undefined) return [entry];
        if (typeof uri !== 'string') return [];
        return [isSecretEntry(entry) ? { ...entry, URI: secretArn(deploying, uri) } : entry];
      }),
    FunctionResponseTypes: [],
    KMSKeyArn: textOf(properties['KmsKeyArn']),
  };
  for (const name of sameMembers)
    if (properties[name] !== undefined && typeof properties[name] === 'object')
      mapping[name] = asReturned(name, properties[name]);
    else if (typeof properties[name] === 'string') mapping[name] = properties[name];
  for (const name of numbers) if (numberOf(properties[name]) !== undefined) mapping[name] = numberOf(properties[name]);
  const startsAt = numberOf(properties['StartingPositionTimestamp']);
  // CloudFormation takes seconds since 1970; the API shows the time.
  if (startsAt !== undefined) mapping['StartingPositionTimestamp'] = new Date(startsAt * 1000).toISOString();
  const bisect = booleanOf(properties['BisectBatchOnFunctionError']);
  if (bisect !== undefined) mapping['BisectBatchOnFunctionError'] = bisect;
  return withoutUndecided(deploying, mapping as unknown as Mapping, properties);
}

/** VPC entries name subnets and security groups; every other entry names a secret. */
const isSecretEntry = (entry: JsonObject): boolean => !String(entry['Type']).startsWith('VPC_');

/** The same, with numbers and booleans as the text that the API has in their place. */
const withTexts = <T extends Json>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, member: Json) =>
    typeof member === 'number' || typeof member === 'boolean' ? String(member) : member,
  ) as T;

/** A setting in the form that the API returns: lists are there, texts are text, and what is neither is left out. */
function asReturned(name: string, value: Json): unknown {
  if (name === 'FunctionResponseTypes') return textsOf(value);
  if (!isObject(value)) return value;
  if (name === 'FilterCriteria')
    return {
      ...value,
      Filters: objectsOf(value['Filters']).map((filter) => ({
        ...filter,
        Pattern: textOf(filter['Pattern']) ?? filter['Pattern'],
      })),
    };
  if (name === 'MetricsConfig') return { ...value, Metrics: textsOf(value['Metrics']) };
  if (name === 'ProvisionedPollerConfig')
    return {
      ...value,
      ...(value['MinimumPollers'] === undefined ? {} : { MinimumPollers: numberOf(value['MinimumPollers']) }),
      ...(value['MaximumPollers'] === undefined ? {} : { MaximumPollers: numberOf(value['MaximumPollers']) }),
    };
  if (name === 'DestinationConfig') {
    const onFailure = value['OnFailure'];
    const destination = isObject(onFailure) ? textOf(onFailure['Destination']) : undefined;
    return destination === undefined ? {} : { ...value, OnFailure: { Destination: destination } };
  }
  const config = withTexts(value);
  const registry = config['SchemaRegistryConfig'];
  return isObject(registry)
    ? {
        ...config,
        SchemaRegistryConfig: {
          ...registry,
          AccessConfigs: listOf(registry['AccessConfigs']).filter(isObject),
          SchemaValidationConfigs: listOf(registry['SchemaValidationConfigs']).filter(isObject),
        },
      }
    : config;
}

/** A source outside the input is a cluster whose name and UUID are not known. */
function sourceArn({ scope: { partition, region, account } }: Deploying, value: Json | undefined): string | undefined {
  const source = textOf(value);
  return source !== undefined && isSymbol(source)
    ? `arn:${partition}:kafka:${region}:${account}:cluster/${source}/${uuidSymbol(source)}-2`
    : source;
}

/** `FunctionName` may be a name, `name:alias`, a partial ARN or an ARN (Lambda API: CreateEventSourceMapping). */
function functionArn(deploying: Deploying, value: Json | undefined): string | undefined {
  const name = textOf(value);
  if (name === undefined || name.startsWith('arn:')) return name;
  const found = deploying.find(name, 'AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version');
  if (found?.arn != null) return found.arn;
  const { partition, region, account } = deploying.scope;
  const [, partialAccount, inner] = /^(\d{12}):function:(.+)$/.exec(name) ?? [];
  return `arn:${partition}:lambda:${region}:${partialAccount ?? account}:function:${inner ?? name}`;
}
