/**
 * The lifecycle of mappings: what Lambda refuses, the states of a change, and the result of polling. Time advances
 * with reads: each read of a mapping moves it one step, so that a waiting command sees it change.
 */
import { isTransitional } from '../../aws/mapping-api.js';
import { randomUUID } from 'node:crypto';
import { addMapping } from '../../simulate/lambda.js';
import { changeMapping, functionArnOf, newMapping } from '../../simulate/mapping.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { awsError, valueOrError, type Input } from '../answers.js';
import { mappingAnswer } from '../services/lambda.js';
import { refuseChange, refuseNew, refuseValues } from './parameters.js';
import { afterPoll, hiddenFaultsOf } from './poll.js';
import { refuseWithoutRights } from './rights.js';

export interface MappingLifecycle {
  /** Changes a mapping; undefined for any other operation of Lambda. */
  change(operation: string, input: Input, snapshot: Snapshot): { snapshot: Snapshot; output: object } | undefined;
  /** The account as the next read of mappings finds it; without a UUID, all mappings advance. */
  onRead(snapshot: Snapshot, uuid?: string): Snapshot;
  /** Something else in the account changed: the pollers try again. */
  onAccountChanged(snapshot: Snapshot): void;
}

/** The state that a mapping is changing to, or that its pollers are about to try again. */
type PendingChange = { state: 'Enabled' | 'Disabled' | 'gone' } | 'poll';

export function startLifecycle(start: Snapshot, now: () => Date): MappingLifecycle {
  const pending = new Map<string, PendingChange>();
  // Mappings that were read since their last step.
  const seen = new Set<string>();
  let hidden: ReturnType<typeof hiddenFaultsOf> | undefined;
  const at = (snapshot: Snapshot): Snapshot => ({ ...structuredClone(snapshot), capturedAt: now().toISOString() });
  const goOn = (uuid: string, next: PendingChange): void => {
    pending.set(uuid, next);
    seen.delete(uuid);
  };

  const step = (snapshot: Snapshot, uuid: string): void => {
    const next = pending.get(uuid);
    const read = snapshot.mappings[uuid];
    if (next === undefined || read === undefined || !isOk(read)) return;
    if (!seen.has(uuid)) return void seen.add(uuid);
    pending.delete(uuid);
    const mapping = read.value;
    if (next === 'poll') {
      if (mapping.State === 'Enabled')
        Object.assign(
          mapping,
          afterPoll({ ...snapshot, capturedAt: now().toISOString() }, mapping, (hidden ??= hiddenFaultsOf(start))),
        );
    } else if (next.state === 'gone') remove(snapshot, uuid);
    else {
      Object.assign(mapping, { State: next.state, LastModified: now().toISOString() });
      if (next.state === 'Enabled') goOn(uuid, 'poll');
    }
  };

  const changes: Record<string, (input: Input, snapshot: Snapshot) => { snapshot: Snapshot; output: object }> = {
    CreateEventSourceMapping: (input, snapshot) => {
      const { after, mapping } = create(input, at(snapshot));
      goOn(mapping.UUID, { state: mapping.State as 'Enabled' });
      mapping.State = 'Creating';
      return answered(snapshot, after, mapping);
    },
    UpdateEventSourceMapping: ({ UUID: uuid, ...input }, snapshot) => {
      const after = at(snapshot);
      const mapping = valueOrError(after.mappings, uuid);
      const before = mapping.State;
      refuseChange(input);
      refuseInUse(mapping, 'update');
      changeMapping(after, mapping, input);
      refuseValues({ ...mapping, ...onlyGiven(input) }, mapping.ProvisionedPollerConfig !== undefined);
      refuseTwin(after, mapping);
      goOn(mapping.UUID, { state: mapping.State as 'Enabled' | 'Disabled' });
      mapping.State = before === mapping.State ? 'Updating' : mapping.State === 'Enabled' ? 'Enabling' : 'Disabling';
      return answered(snapshot, after, mapping);
    },
    DeleteEventSourceMapping: ({ UUID: uuid }, snapshot) => {
      const after = at(snapshot);
      const mapping = valueOrError(after.mappings, uuid);
      refuseInUse(mapping, 'delete');
      goOn(mapping.UUID, { state: 'gone' });
      Object.assign(mapping, { State: 'Deleting', StateTransitionReason: 'USER_INITIATED' });
      return answered(snapshot, after, mapping);
    },
  };

  return {
    change: (operation, input, snapshot) => changes[operation]?.(input, snapshot),
    onRead: (snapshot, uuid) => {
      const uuids = [...pending.keys()].filter((candidate) => uuid === undefined || candidate === uuid);
      if (uuids.length === 0) return snapshot;
      const after = structuredClone(snapshot);
      for (const pending of uuids) step(after, pending);
      return after;
    },
    onAccountChanged: (snapshot) => {
      for (const [uuid, read] of Object.entries(snapshot.mappings))
        if (isOk(read) && read.value.State === 'Enabled' && !pending.has(uuid)) goOn(uuid, 'poll');
    },
  };
}

/** Changes keep the time at which the account was created. */
const answered = (before: Snapshot, after: Snapshot, mapping: Mapping) => ({
  snapshot: { ...after, capturedAt: before.capturedAt },
  output: mappingAnswer(mapping),
});

function create(input: Input, after: Snapshot): { after: Snapshot; mapping: Mapping } {
  refuseNew(input);
  refuseValues(input, input['ProvisionedPollerConfig'] !== undefined);
  const source = String(input['EventSourceArn']);
  if (after.clusters[source] === undefined && after.vpcConnections[source] === undefined)
    throw awsError('InvalidParameterValueException', 'Unrecognized event source.');
  if (functionArnOf(after, input['FunctionName']) === undefined)
    throw awsError('InvalidParameterValueException', 'Function does not exist');
  const mapping = newMapping(after, input, randomUUID());
  refuseTwin(after, mapping);
  refuseTakenGroup(after, mapping);
  addMapping(after, mapping);
  refuseWithoutRights(after, mapping);
  return { after, mapping };
}

/** Lambda allows one mapping for each event source, function and topic. */
function refuseTwin(snapshot: Snapshot, mapping: Mapping): void {
  const { EventSourceArn: source, FunctionArn: name, Topics: topics } = mapping;
  const twin = Object.values(snapshot.mappings).find(
    (read) =>
      isOk(read) &&
      read.value.UUID !== mapping.UUID &&
      read.value.EventSourceArn === source &&
      read.value.FunctionArn === name &&
      read.value.Topics[0] === topics[0],
  );
  if (twin === undefined || !isOk(twin)) return;
  throw awsError(
    'ResourceConflictException',
    `An event source mapping with event source arn ("${source}"), function ("${name}") and topics ("${topics[0]}") already exists. Please update or delete the existing mapping with UUID ${twin.value.UUID}`,
    409,
  );
}

/** A custom consumer group belongs to one mapping of the region. */
function refuseTakenGroup(
  snapshot: Snapshot,
  { UUID: uuid, AmazonManagedKafkaEventSourceConfig: kafka }: Mapping,
): void {
  const group = kafka?.ConsumerGroupId;
  const isTaken = (other: Mapping) =>
    [other.UUID, other.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId].includes(group);
  if (group === uuid || !Object.values(snapshot.mappings).some((read) => isOk(read) && isTaken(read.value))) return;
  throw awsError(
    'InvalidParameterValueException',
    `The consumer group "${group}" is used by another event source mapping.`,
  );
}

function refuseInUse({ State: state = '' }: Mapping, verb: 'update' | 'delete'): void {
  if (isTransitional(state))
    throw awsError('ResourceInUseException', `Cannot ${verb} the event source mapping because it is in use.`);
}

/** For a change: only the members with a value. Cleared members are judged by the resulting mapping. */
const onlyGiven = (input: Input): Input =>
  Object.fromEntries(
    Object.entries(input).filter(
      ([, value]) =>
        value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  );

function remove(snapshot: Snapshot, uuid: string): void {
  delete snapshot.mappings[uuid];
  snapshot.targets = snapshot.targets.filter((target) => target !== uuid);
  for (const list of Object.values(snapshot.mappingLists))
    if (isOk(list)) list.value = list.value.filter((listed) => listed !== uuid);
}
