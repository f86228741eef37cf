/** The mapping itself: its settings, what Lambda shows of it, its topic and consumer group. */
import { parseEventSource, type EventSource } from '../../aws/event-source.js';
import { matchText, type ErrorTextId } from '../../catalogue/match.js';
import { lastLoggedError, type LoggedErrorId } from '../../catalogue/poller-log.js';
import { textState } from '../../catalogue/text-state.js';
import { lookup } from '../../snapshot/read.js';
import type { Mapping, PollerLog } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { all, andThen, fromRead, known, mapFact, notApplicable, type Derivations, type Fact } from '../fact.js';
import { relatedMappings } from '../related-mappings.js';

export interface MappingFacts {
  /** When the snapshot was taken; checks use no other clock. */
  capturedAt: Date;
  mapping: Mapping;
  /**
   * The text, by its id in the catalogue; null for a healthy or absent text, `unknown` for one that the catalogue
   * lacks.
   */
  observedError: ErrorTextId | 'unknown' | null;
  /**
   * Whether Lambda shows that it polls: Enabled, and its last text is no error. Anything that looks wrong is then
   * only a risk.
   */
  works: boolean;
  /** Not applicable where the event source is neither an MSK cluster nor a VPC connection. */
  eventSource: EventSource;
  topic: string;
  /** `custom`: the mapping names it. Without a name it is the mapping's UUID (AWS: Lambda with Amazon MSK). */
  consumerGroup: { id: string; custom: boolean };
  /** Other Kafka mappings of the list with the same consumer group, or with the same source, function and topic. */
  relatedMappings: Mapping[];
  /** Not applicable where LoggingConfig is off. */
  pollerLogs: PollerLog[];
  /** The last error in the pollers' own log, by its id in the catalogue; null where it shows none. */
  loggedError: LoggedErrorId | null;
}

/** The mapping as it was read; all other facts about it derive from this one. */
export const mappingFact = (snapshot: Snapshot, uuid: string): Fact<Mapping> =>
  mapFact(
    fromRead(lookup(snapshot.mappings, uuid, { service: 'lambda', operation: 'GetEventSourceMapping' })),
    inAwsSpelling,
  );

export const mappingFacts = (snapshot: Snapshot, uuid: string): Derivations<MappingFacts> => ({
  capturedAt: () => known(new Date(snapshot.capturedAt)),
  mapping: () => mappingFact(snapshot, uuid),
  observedError: ({ mapping }) =>
    mapFact(mapping, ({ LastProcessingResult: text }) =>
      textState(text) === 'error' ? (matchText(text!)?.id ?? 'unknown') : null,
    ),
  works: ({ mapping }) =>
    mapFact(
      mapping,
      ({ State: state, LastProcessingResult: text }) => state === 'Enabled' && ['ok', 'idle'].includes(textState(text)),
    ),
  eventSource: ({ mapping }) =>
    andThen(mapping, ({ EventSourceArn: arn }) => {
      const source = parseEventSource(arn ?? '');
      return source === null
        ? notApplicable('its event source is not an MSK cluster or VPC connection')
        : known(source);
    }),
  topic: ({ mapping }) =>
    andThen(mapping, ({ Topics: [topic] }) =>
      topic === undefined ? notApplicable('the mapping has no topic') : known(topic),
    ),
  consumerGroup: ({ mapping }) =>
    mapFact(mapping, ({ UUID, AmazonManagedKafkaEventSourceConfig: config }) => {
      const id = config?.ConsumerGroupId ?? UUID;
      return { id, custom: id !== UUID };
    }),
  relatedMappings: ({ mapping, consumerGroup }) =>
    andThen(all(mapping, consumerGroup), ([value, { custom }]) => relatedMappings(snapshot, value, custom)),
  pollerLogs: ({ mapping }) =>
    andThen(mapping, (value) =>
      value.LoggingConfig?.SystemLogLevel === undefined
        ? notApplicable('the mapping has no poller log')
        : fromRead(lookup(snapshot.pollerLogs, value.UUID, { service: 'logs', operation: 'FilterLogEvents' })),
    ),
  loggedError: ({ pollerLogs }) => mapFact(pollerLogs, lastLoggedError),
});

/** Emulators may write `enabled` for `Enabled`. */
const inAwsSpelling = (mapping: Mapping): Mapping =>
  mapping.State === undefined
    ? mapping
    : { ...mapping, State: mapping.State.charAt(0).toUpperCase() + mapping.State.slice(1).toLowerCase() };
