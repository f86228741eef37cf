/** The part of a change that deletes a mapping and makes it anew, with its consumer group. */
import { lookUpTags } from '../../account/look-up.js';
import { createCall, createMapping } from '../../mapping/create.js';
import { differences, declared } from '../../mapping/differences.js';
import { plannedMapping } from '../../mapping/mapping-of.js';
import { changePatiently, propagationLimit } from '../../mapping/retry.js';
import { judgePlanned } from '../../mapping/preflight.js';
import { planRecreation } from '../../mapping/recreate.js';
import type { MappingChanges, MappingSettings } from '../../mapping/settings.js';
import { toFlags } from '../../mapping/to-flags.js';
import { waitUntilGone } from '../../mapping/wait.js';
import { quote } from '../../fixes/render-cli.js';
import { replay } from '../../simulate/simulate.js';
import { visible } from '../../text/visible.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { notChanged, refusalMessage, stepOf } from './answer.js';
import { checkBefore } from './check.js';
import { finishNew, type FinishOptions } from './finish.js';
import { deleteCall } from './plan-delete.js';
import { patiently, underWay, type ChangeSession } from './session.js';
import { checked, type Performed, type Unit, type Way } from './unit.js';

/** `changes` are resolved. Null where AWS could not be asked. */
export async function planRecreate(
  session: ChangeSession,
  mapping: Mapping,
  changes: MappingChanges,
  options: FinishOptions = {},
): Promise<Unit | null> {
  const tags = await tagsOf(session, mapping);
  const { settings, refusals, notes } = planRecreation(
    mapping,
    { ...changes, ...withTags(tags.own, changes) },
    session.clock.now(),
  );
  const planned = plannedMapping(settings);
  // What the account is once the old one is gone: it neither conflicts nor shares its group.
  const preflight = await checkBefore(session, planned, (snapshot) =>
    judgePlanned(without(snapshot, mapping.UUID), planned, settings.auth),
  );
  if (preflight === null) return null;
  const step = stepOf('recreate', mapping, {
    differences: differences(mapping, declared(settings)),
    calls: [deleteCall(mapping.UUID), createCall(settings)],
  });
  const way: Way | null = refusals.length === 0 ? null : { ids: [], sentence: refusals.join(' ') };
  const unit = checked(preflight, way);
  return {
    ...unit,
    open: `${unit.open}${[...notes, ...tags.notes].map((note) => ` ${note}`).join('')}`,
    step,
    mapping,
    perform: () => recreate(session, mapping, settings, options),
  };
}

/** What the new one takes over; tags of AWS itself, as those of a stack, cannot be set. */
async function tagsOf(
  session: ChangeSession,
  { EventSourceMappingArn: arn }: Mapping,
): Promise<{ own: Record<string, string>; notes: string[] }> {
  if (arn === undefined) return { own: {}, notes: [] };
  const read = await lookUpTags(session.reading(), arn);
  session.io.signal.throwIfAborted();
  if (!isOk(read))
    return {
      own: {},
      notes: [`The tags of the mapping could not be read (${read.action}); the new one has none of them.`],
    };
  const own = Object.fromEntries(Object.entries(read.value).filter(([key]) => !/^aws:/i.test(key)));
  const stack = read.value['aws:cloudformation:stack-name'];
  return {
    own,
    notes:
      stack === undefined
        ? []
        : [`The mapping belongs to the CloudFormation stack ${stack}, which will not know the new one.`],
  };
}

const withTags = (own: Record<string, string>, { tags }: MappingChanges): Pick<MappingChanges, 'tags'> =>
  Object.keys(own).length === 0 && tags === undefined ? {} : { tags: { ...own, ...tags } };

function without(snapshot: Snapshot, uuid: string): Snapshot {
  const read = snapshot.mappings[uuid];
  return read !== undefined && isOk(read) ? replay(snapshot, deleteCall(uuid)) : snapshot;
}

async function recreate(
  session: ChangeSession,
  mapping: Mapping,
  settings: MappingSettings,
  options: FinishOptions,
): Promise<Performed> {
  const { UUID: old } = mapping;
  const again = ['msk-lambda create', ...toFlags(settings).map(quote)].join(' ');
  // Whatever happens between the two calls, the way back is on the screen.
  session.io.stderr.write(`Should this be cut off before the new mapping is made: ${visible(again)}\n`);
  const asking = patiently(session, 'Deleting', (patience) =>
    changePatiently(session.clients, deleteCall(old), patience),
  );
  const deleted = await underWay(
    session,
    `AWS was being asked to delete the mapping ${old}; if it is gone, to make it anew: ${again}`,
    asking,
  );
  if (deleted.outcome !== 'ok' && deleted.outcome !== 'not-found')
    return { ...notChanged(deleted, old), changed: 0, mapping };
  session.soFar.push(`The mapping ${old} is being deleted; to make it anew: ${again}`);
  const gone = await patiently(session, 'Deleting', (patience) => waitUntilGone(session.clients, old, patience));
  if (gone.outcome !== 'gone')
    return {
      outcome: 'undecided',
      changed: 1,
      mapping: gone.mapping,
      message: `The mapping ${old} is being deleted and was not gone in time. When it is: ${again}`,
    };
  const created = await patiently(session, 'Creating', (patience) =>
    createMapping({
      clients: session.clients,
      settings,
      retryRights: true,
      patience: { ...patience, limit: Math.max(patience.limit, propagationLimit) },
    }),
  );
  switch (created.outcome) {
    case 'made':
    case 'adopted': {
      session.soFar.pop();
      const finished = await finishNew(session, options, settings, created.mapping, { changed: 1 });
      return { ...finished, message: `The mapping ${old} was deleted. ${finished.message}` };
    }
    case 'differs':
      return {
        outcome: 'failed',
        changed: 1,
        mapping: created.mapping,
        message: `The mapping ${old} was deleted, but another one took its place meanwhile, ${created.mapping.UUID}, with other settings.`,
      };
    case 'refused':
      return {
        outcome: 'failed',
        changed: 1,
        mapping: null,
        message: `The mapping ${old} was deleted, and the new one was not made. ${refusalMessage(created.refusal)} When that is mended: ${again}`,
      };
    case 'unsure':
      return {
        outcome: 'undecided',
        changed: 1,
        mapping: null,
        message: `The mapping ${old} was deleted. ${created.because} To be sure: ${again}`,
      };
  }
}
