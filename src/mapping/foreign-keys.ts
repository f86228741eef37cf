/**
 * The names of a mapping's settings in other tools: CloudFormation and SAM (AWS::Lambda::EventSourceMapping, the MSK
 * event), Terraform (aws_lambda_event_source_mapping), Serverless (the msk event) and the Lambda API.
 */
import { nearNames } from '../text/similar-names.js';
import { settingsSchema } from './settings.js';

/** The setting, and the form of its value where it differs. */
type Ours = readonly [setting: string, form?: string];

const kafkaBlock: Ours = ['consumerGroup', 'and its SchemaRegistryConfig “schemaRegistry”'];
/** Keys in lower case without separators, because each tool writes them differently. */
const settings: Readonly<Record<string, Ours>> = {
  functionname: ['function'],
  functionarn: ['function'],
  eventsourcearn: ['cluster'],
  eventsource: ['cluster'],
  arn: ['cluster'],
  stream: ['cluster'],
  clusterarn: ['cluster'],
  clustername: ['cluster'],
  topics: ['topic', 'with one name, not a list'],
  topicname: ['topic'],
  state: ['enabled', 'with true or false'],
  maximumbatchingwindowinseconds: ['batchingWindow'],
  maximumbatchingwindow: ['batchingWindow'],
  consumergroupid: ['consumerGroup'],
  groupid: ['consumerGroup'],
  amazonmanagedkafkaeventsourceconfig: kafkaBlock,
  selfmanagedkafkaeventsourceconfig: kafkaBlock,
  filtercriteria: ['filters', 'with a list of patterns as JSON texts'],
  filterpatterns: ['filters', 'with a list of patterns as JSON texts'],
  filter: ['filters', 'with a list of patterns as JSON texts'],
  destinationconfig: ['onFailure', 'with the ARN alone'],
  onfailuredestination: ['onFailure'],
  sourceaccessconfigurations: ['secret', 'with the name or ARN of the secret'],
  sourceaccessconfiguration: ['secret', 'with the name or ARN of the secret'],
  saslscram512: ['secret'],
  saslscram512auth: ['secret'],
  clientcertificatetlsauth: ['secret'],
  secretarn: ['secret'],
  provisionedpollerconfig: ['provisionedPollers'],
  minimumpollers: ['provisionedPollers.minimum'],
  minimumpoller: ['provisionedPollers.minimum'],
  minpollers: ['provisionedPollers.minimum'],
  maximumpollers: ['provisionedPollers.maximum'],
  maximumpoller: ['provisionedPollers.maximum'],
  maxpollers: ['provisionedPollers.maximum'],
  pollergroupname: ['provisionedPollers.group'],
  pollergroup: ['provisionedPollers.group'],
  schemaregistryconfig: ['schemaRegistry'],
  schemaregistryuri: ['schemaRegistry.uri'],
  eventrecordformat: ['schemaRegistry.eventRecordFormat'],
  schemavalidationconfigs: ['schemaRegistry.validate', 'with KEY, VALUE or both in a list'],
  schemavalidationconfig: ['schemaRegistry.validate', 'with KEY, VALUE or both in a list'],
  accessconfigs: ['schemaRegistry.access'],
  accessconfig: ['schemaRegistry.access'],
  metricsconfig: ['metrics', 'with the list alone'],
  loggingconfig: ['logLevel', 'with the level alone'],
  systemloglevel: ['logLevel'],
  kmskeyarn: ['kmsKey'],
  secretsmanagerkmskeyid: ['kmsKey'],
  functionresponsetypes: ['reportBatchItemFailures', 'with true'],
  functionresponsetype: ['reportBatchItemFailures', 'with true'],
  bisectbatchonfunctionerror: ['bisectBatchOnError'],
  maximumrecordageinseconds: ['maximumRecordAge'],
  maxrecordage: ['maximumRecordAge'],
  retryattempts: ['maximumRetryAttempts'],
};

/** Settings of other event sources. */
const otherSources = new Set([
  'queues',
  'parallelizationfactor',
  'tumblingwindowinseconds',
  'scalingconfig',
  'selfmanagedeventsource',
  'documentdbeventsourceconfig',
]);

/** Set by Lambda itself. */
const setByLambda = new Set([
  'uuid',
  'eventsourcemappingarn',
  'lastmodified',
  'lastprocessingresult',
  'statetransitionreason',
  'filtercriteriaerror',
]);

const bare = (key: string): string => key.toLowerCase().replace(/[-_]/g, '');
const known = Object.keys(settingsSchema.def.shape);

/** The setting for a key of another tool; undefined for a key that no tool has. */
export function settingOfKey(key: string): string | undefined {
  return settings[bare(key)]?.[0] ?? known.find((name) => bare(name) === bare(key));
}

/** What to do about an unknown key, as the end of a sentence; empty where nothing is known about it. */
export function adviceOnKey(key: string): string {
  const [setting, form] = settings[bare(key)] ?? [];
  if (setting !== undefined) return `: use “${setting}”${form === undefined ? '' : ` ${form}`}`;
  const same = known.find((name) => bare(name) === bare(key));
  if (same !== undefined) return `: use “${same}”`;
  if (otherSources.has(bare(key))) return ': it does not apply to MSK, remove it';
  if (setByLambda.has(bare(key))) return ': Lambda sets it, remove it';
  const near = nearNames(key, known)[0];
  return near === undefined ? '' : `: did you mean “${near}”?`;
}

/** Keys inside another tool's block that correspond to settings of ours, with their path; not for lists. */
export function keysInside(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.keys(value).filter((key) => settings[bare(key)] !== undefined);
}

/** The tool that a file belongs to, by its top-level keys; undefined where none is known. */
export function foreignFile(whole: object): string | undefined {
  const has = (...keys: string[]) => keys.some((key) => Object.hasOwn(whole, key));
  if (has('AWSTemplateFormatVersion', 'Transform', 'Resources')) return 'a CloudFormation or SAM template';
  if (has('Type', 'Properties')) return 'a resource of a CloudFormation template';
  if (has('service', 'provider') && has('functions', 'provider')) return 'a Serverless configuration';
  return has('resource', 'terraform', 'planned_values') ? 'a Terraform configuration' : undefined;
}
