/** What brings the account to a file of mappings: a unit for each of them, and for those that are to go. */
import { readMappings } from '../../account/scopes/mappings.js';
import { compareWith } from '../../mapping/create.js';
import { getMapping } from '../../account/apply.js';
import { declared, type Difference } from '../../mapping/differences.js';
import { notReadable } from '../../mapping/resolve.js';
import type { MappingSettings } from '../../mapping/settings.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { tool } from '../version.js';
import { planNew } from './plan-create.js';
import { planRecreate } from './plan-recreate.js';
import { planDifferences } from './plan-update.js';
import type { ChangeSession } from './session.js';
import type { Unit } from './unit.js';

/** The MSK mappings of the region. Throws `NotReadable`. */
export async function allMappings(session: ChangeSession): Promise<Mapping[]> {
  const { snapshot } = await readMappings({ clients: session.reading(), targets: [], tool, now: session.clock.now() });
  session.io.signal.throwIfAborted();
  const list = snapshot.mappingLists['*'];
  if (list !== undefined && !isOk(list)) throw notReadable('The list of event source mappings', list);
  return snapshot.targets.flatMap((uuid): Mapping[] => {
    const read = snapshot.mappings[uuid];
    return read !== undefined && isOk(read) ? [read.value] : [];
  });
}

export interface Match {
  settings: MappingSettings;
  /** The mapping that is there for it; null where there is none. */
  mapping: Mapping | null;
}

/** Each wanted mapping with the one that is there: of the same cluster, function and topic, else of the same consumer group of its own. */
export function matchMappings(wanted: readonly MappingSettings[], there: readonly Mapping[]): Match[] {
  const alive = there.filter(({ State: state }) => state !== 'Deleting');
  const byKey = wanted.map(
    (settings) =>
      alive.find(
        (mapping) =>
          mapping.EventSourceArn === settings.cluster &&
          mapping.FunctionArn === settings.function &&
          mapping.Topics[0] === settings.topic,
      ) ?? null,
  );
  const taken = new Set(byKey.flatMap((mapping) => mapping?.UUID ?? []));
  return wanted.map((settings, index) => {
    const group = settings.consumerGroup;
    const byGroup =
      group === undefined
        ? undefined
        : alive.find(
            (mapping) =>
              !taken.has(mapping.UUID) &&
              (mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID) === group,
          );
    const mapping = byKey[index] ?? byGroup ?? null;
    if (mapping !== null) taken.add(mapping.UUID);
    return { settings, mapping };
  });
}

interface Compared {
  settings: MappingSettings;
  standing: { mapping: Mapping; differences: Difference[] } | null;
}

/** What differs in each mapping that is there, all asked side by side. */
export async function compareMatches(session: ChangeSession, matches: readonly Match[]): Promise<Compared[]> {
  const clients = session.reading();
  const compared = await Promise.all(
    matches.map(async ({ settings, mapping }) => {
      if (mapping === null) return { settings, standing: null };
      // A list leaves out what is encrypted.
      const read = await getMapping(clients, mapping.UUID);
      const whole = isOk(read) ? read.value : mapping;
      return { settings, standing: { mapping: whole, differences: await compareWith(clients, whole, settings) } };
    }),
  );
  session.io.signal.throwIfAborted();
  return compared;
}

/** Null where AWS could not be asked. */
export function planMatch(session: ChangeSession, { settings, standing }: Compared): Promise<Unit | null> {
  if (standing === null) return planNew(session, settings, {});
  const { mapping, differences } = standing;
  return differences.some(({ changeable }) => !changeable)
    ? planRecreate(session, mapping, declared(settings))
    : planDifferences(session, mapping, declared(settings), differences);
}
