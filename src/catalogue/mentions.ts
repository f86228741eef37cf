/**
 * The identifiers in a pasted text: mappings by UUID, clusters, functions, topics. Quantifiers are bounded, because
 * the text may be of any length.
 */
import { parseEventSource } from '../aws/event-source.js';
import { parseFunctionArn } from '../aws/function-arn.js';
import { plainText } from './normalize.js';

export interface Mentions {
  /** UUIDs of mappings, without request ids, connection ids and parts of other ARNs. */
  mappings: string[];
  /** ARNs. */
  clusters: string[];
  functions: string[];
  topics: string[];
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/**
 * A UUID is a mapping's where a word before it says so, or where it is a consumer group that Lambda named after the
 * mapping.
 */
const mappingUuids = new RegExp(
  `(?:\\buuid\\b|\\bmapping\\b|access group|event-source-mapping)[^0-9a-z]{1,6}(${uuid})(?![0-9a-f-])`,
  'gi',
);
/** Terraform's form of a resource's id. */
const terraformIds = new RegExp(`event_source_mapping[^\\n]{0,200}\\[id=(${uuid})\\]`, 'gi');

const arns = /\barn:[a-z-]{3,12}:(?:kafka|lambda):[a-z0-9-]{1,30}:\d{12}:[A-Za-z0-9_:/$.-]{1,400}/g;

const topicName = '[a-zA-Z0-9._-]{1,249}';
const topicPatterns = [
  new RegExp(`\\btopics?"?\\s?[:=]?\\s?[(\\[]\\s?\\[?["']?(${topicName})["']?\\s?[)\\],]`, 'gi'),
  new RegExp(`\\btopics? ["'](${topicName})["']`, 'gi'),
  new RegExp(`\\btopic (${topicName}) not present in metadata`, 'gi'),
  new RegExp(`\\bfor topic:? (${topicName})(?![a-z0-9._-])`, 'gi'),
];
/** Words in brackets after “topic” that are not a name. */
const noTopic = /^(?:topic|null|none|undefined)$/i;

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

export function mentionsOf(text: string): Mentions {
  const plain = plainText(text);
  const found = [...plain.matchAll(arns)].map(([arn]) => arn.replace(/[.:]{1,3}$/, ''));
  const uuids = [mappingUuids, terraformIds].flatMap((pattern) => [...plain.matchAll(pattern)]);
  return {
    mappings: distinct(uuids.map(([, id]) => id!.toLowerCase())),
    clusters: distinct(found.filter((arn) => parseEventSource(arn)?.kind === 'cluster')),
    functions: distinct(found.filter((arn) => parseFunctionArn(arn) !== null)),
    topics: distinct(topicPatterns.flatMap((pattern) => [...plain.matchAll(pattern)].map(([, name]) => name!))).filter(
      (name) => !noTopic.test(name),
    ),
  };
}
