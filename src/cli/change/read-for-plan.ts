/** Reads what a plan needs and makes the plan; null where AWS could not be asked at all, which was already reported. */
import { findSelfManagedUsers, lookUpTags } from '../../account/queries/mappings.js';
import { differences } from '../../mapping/differences.js';
import { compareExisting, findExisting } from '../../mapping/existing.js';
import { judgeChanged, judgePlanned, judgeStanding, plannedJudge, type Preflight } from '../../mapping/preflight.js';
import type { MappingChanges, MappingSettings } from '../../mapping/settings.js';
import {
  newMapping,
  planCreate,
  planNew,
  standingMapping,
  type CreateReads,
  type CreateRequest,
} from '../../plan/create.js';
import type { MappingStep, Plan } from '../../plan/plan.js';
import { newRecreation, planRecreate, recreatedMapping, withoutMapping } from '../../plan/recreate.js';
import { actionOf, mappingToCheck, planUpdate, type Change } from '../../plan/update.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { sayTrouble } from '../open-account.js';
import { pausing } from '../pause.js';
import { offerFixes, offersFixes } from './prompt.js';
import { read, type ChangeSession } from './session.js';

type MappingPlan = Plan<MappingStep>;

/** For `create`. */
export async function readForCreate(session: ChangeSession, request: CreateRequest): Promise<MappingPlan | null> {
  const { settings } = request;
  const existing = await findExisting(session.reading(), settings);
  session.io.signal.throwIfAborted();
  const mapping = standingMapping(existing);
  if (mapping === null) {
    const reads = await readForNew(session, request);
    return reads === null ? null : planCreate(request, { existing, differences: [], ...reads });
  }
  const standing = await compareExisting(session.reading(), mapping, settings);
  session.io.signal.throwIfAborted();
  // An asserted authentication method is compared even if everything else is equal.
  const asserts = standing.length === 0 && settings.auth !== undefined;
  const preflight = asserts
    ? await checkBefore(session, mapping, (snapshot) => judgePlanned(snapshot, mapping, settings.auth))
    : null;
  return planCreate(request, { existing, differences: standing, preflight, groupUsers: null });
}

/** For a mapping that does not exist yet. */
async function readForNew(
  session: ChangeSession,
  request: CreateRequest,
): Promise<Pick<CreateReads, 'preflight' | 'groupUsers'> | null> {
  const { auth, consumerGroup: group } = request.settings;
  const planned = newMapping(request);
  const preflight = await checkBefore(session, planned, (snapshot) => judgePlanned(snapshot, planned, auth));
  if (preflight === null) return null;
  if (group === undefined) return { preflight, groupUsers: null };
  const groupUsers = await findSelfManagedUsers(session.reading(), group);
  session.io.signal.throwIfAborted();
  return { preflight, groupUsers };
}

/** `wanted` is resolved, and completed from the existing mapping. */
export async function readForUpdate(
  session: ChangeSession,
  mapping: Mapping,
  wanted: MappingChanges,
): Promise<MappingPlan | null> {
  const tags =
    wanted.tags === undefined || mapping.EventSourceMappingArn === undefined
      ? undefined
      : await lookUpTags(session.reading(), mapping.EventSourceMappingArn);
  const known = tags === undefined ? undefined : isOk(tags) ? tags.value : 'unread';
  return readForChange(session, { mapping, wanted, differences: differences(mapping, wanted, known) });
}

async function readForChange(session: ChangeSession, change: Change): Promise<MappingPlan | null> {
  const { mapping, wanted } = change;
  const after = mappingToCheck(change);
  if (after === null) return planUpdate(change, null, session.wait);
  const settings = change.differences.map(({ setting }) => setting);
  const preflight = await checkBefore(session, after, (snapshot) =>
    actionOf(settings, wanted) === 'enable'
      ? judgeStanding(snapshot, after)
      : judgeChanged(snapshot, { before: mapping, after }, wanted.auth ?? undefined),
  );
  return preflight === null ? null : planUpdate(change, preflight, session.wait);
}

/** `changes` are resolved to ARNs. */
export async function readForRecreate(
  session: ChangeSession,
  mapping: Mapping,
  changes: MappingChanges,
): Promise<MappingPlan | null> {
  const { EventSourceMappingArn: arn } = mapping;
  const tags = arn === undefined ? null : await lookUpTags(session.reading(), arn);
  session.io.signal.throwIfAborted();
  const recreation = newRecreation({ mapping, changes, tags, now: session.clock.now() });
  const planned = recreatedMapping(recreation);
  const preflight = await checkBefore(session, planned, (snapshot) =>
    judgePlanned(withoutMapping(snapshot, mapping.UUID), planned, recreation.settings.auth),
  );
  return preflight === null ? null : planRecreate(mapping, recreation, preflight, session.wait);
}

/** For a mapping of a file: create, update or recreate, depending on what exists. */
async function readForMatch(
  session: ChangeSession,
  settings: MappingSettings,
  change: Change | null,
): Promise<MappingPlan | null> {
  if (change !== null)
    return change.differences.some(({ changeable }) => !changeable)
      ? readForRecreate(session, change.mapping, change.wanted)
      : readForChange(session, change);
  const request = { settings, wait: session.wait };
  const reads = await readForNew(session, request);
  return reads === null ? null : planNew(request, reads);
}

/**
 * For the mappings of a file, in its order; null where AWS could not be asked at all. New ones are read and judged
 * together.
 */
export async function readForMatches(
  session: ChangeSession,
  matches: readonly { settings: MappingSettings; change: Change | null }[],
): Promise<MappingPlan[] | null> {
  const planned = matches.flatMap(({ settings, change }) => (change === null ? [requestOf(session, settings)] : []));
  // Where fixes are offered, the account may change between two mappings.
  const judge = planned.length < 2 || offersFixes(session) ? undefined : await readTogether(session, planned);
  if (judge === null) return null;
  const pause = pausing(session.io.signal);
  const plans: MappingPlan[] = [];
  for (const { settings, change } of matches) {
    await pause();
    const plan =
      change === null && judge !== undefined
        ? await judge(requestOf(session, settings))
        : await readForMatch(session, settings, change);
    if (plan === null) return null;
    plans.push(plan);
  }
  return plans;
}

const requestOf = ({ wait }: ChangeSession, settings: MappingSettings): CreateRequest => ({ settings, wait });

async function readTogether(
  session: ChangeSession,
  requests: readonly CreateRequest[],
): Promise<((request: CreateRequest) => Promise<MappingPlan>) | null> {
  const { snapshot, trouble } = await read(session, { targets: [], planned: requests.map(newMapping) });
  sayTrouble(session.io, trouble);
  if (trouble !== null) return null;
  const judge = plannedJudge(snapshot);
  return async (request) => {
    const { auth, consumerGroup: group } = request.settings;
    const groupUsers = group === undefined ? null : await findSelfManagedUsers(session.reading(), group);
    return planNew(request, { preflight: judge(newMapping(request), auth), groupUsers });
  };
}

/** The checks before the change. Safe fixes are offered, and the account is read again after one was applied. */
async function checkBefore(
  session: ChangeSession,
  planned: Mapping,
  judge: (snapshot: Snapshot) => Preflight,
): Promise<Preflight | null> {
  for (;;) {
    const { snapshot, trouble } = await read(session, { targets: [], planned: [planned] });
    sayTrouble(session.io, trouble);
    if (trouble !== null) return null;
    const preflight = judge(snapshot);
    if (!(await offerFixes(session, preflight))) return preflight;
  }
}
