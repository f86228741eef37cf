/** The part of a change that makes a mapping, or finds that it is there. */
import { findSelfManagedUsers } from '../../account/look-up.js';
import { compareWith, createCall, createMapping, lookFor } from '../../mapping/create.js';
import { plannedMapping } from '../../mapping/mapping-of.js';
import { judgePlanned } from '../../mapping/preflight.js';
import { declared, type Difference } from '../../mapping/differences.js';
import { toChangeFlags } from '../../mapping/to-flags.js';
import { quote } from '../../fixes/render-cli.js';
import type { MappingSettings } from '../../mapping/settings.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { refused, stepOf } from './answer.js';
import { checkBefore } from './check.js';
import { enableCall, finishNew, type FinishOptions } from './finish.js';
import { watchMapping } from './outcome.js';
import { patiently, underWay, type ChangeSession } from './session.js';
import { checked, nothingToDo, unchecked, type Performed, type Unit, type Way } from './unit.js';

/** For `create`: a mapping that is there is adopted where it is equal, else it stands in the way. Null where AWS could not be asked. */
export async function planCreate(
  session: ChangeSession,
  settings: MappingSettings,
  options: FinishOptions,
): Promise<Unit | null> {
  const found = await lookFor(session.reading(), settings);
  session.io.signal.throwIfAborted();
  if (!isOk(found)) {
    const unit = await planNew(session, settings, options);
    return unit === null
      ? null
      : {
          ...unit,
          open: `${unit.open} Whether such a mapping is there already could not be read (${found.action}): AWS refuses a second one.`,
        };
  }
  // One on its way out is waited for when the new one is made.
  if (found.value === null || found.value.State === 'Deleting') return planNew(session, settings, options);
  const mapping = found.value;
  const differences = await compareWith(session.reading(), mapping, settings);
  session.io.signal.throwIfAborted();
  if (isUnfinishedTest(differences, options))
    return {
      ...unchecked,
      step: stepOf('enable', mapping, { differences, calls: [enableCall(mapping.UUID)] }),
      mapping,
      perform: () => finishNew(session, options, settings, mapping, { changed: 0 }),
    };
  return differences.length === 0 ? adopt(session, mapping, settings) : differing(mapping, settings, differences);
}

/** A mapping that an earlier --disabled-test made and did not come to enable. */
const isUnfinishedTest = (differences: readonly Difference[], { disabledTest }: FinishOptions): boolean =>
  disabledTest === true && differences.length === 1 && differences[0]!.setting === 'enabled';

/** A mapping that is not there yet. */
export async function planNew(
  session: ChangeSession,
  settings: MappingSettings,
  options: FinishOptions,
): Promise<Unit | null> {
  const target = options.disabledTest === true ? { ...settings, enabled: false } : settings;
  const planned = plannedMapping(target);
  const preflight = await checkBefore(session, planned, (snapshot) => judgePlanned(snapshot, planned, settings.auth));
  if (preflight === null) return null;
  const calls = [createCall(target), ...(options.disabledTest === true ? [enableCall('(of the new mapping)')] : [])];
  const step = { ...stepOf('create', planned, { calls }), mapping: null };
  const taken = await groupTaken(session, settings.consumerGroup);
  const retryRights = !preflight.blockers.some(({ check }) => /^(access|secret)\./.test(check));
  return {
    ...checked(preflight, taken),
    step,
    mapping: null,
    perform: () => make(session, options, { settings, target, retryRights }),
  };
}

/** A consumer group is unique among all Kafka mappings of a region, those of self-managed Kafka too, which the checks do not see. */
async function groupTaken(session: ChangeSession, group: string | undefined): Promise<Way | null> {
  if (group === undefined) return null;
  const users = await findSelfManagedUsers(session.reading(), group);
  session.io.signal.throwIfAborted();
  if (!isOk(users) || users.value.length === 0) return null;
  return {
    ids: ['mapping.consumer-group'],
    sentence: `The consumer group ${group} is used by the mapping ${users.value.join(', ')} on self-managed Kafka, and AWS takes a group once.`,
  };
}

/** Makes it once, and sees it through. */
async function make(
  session: ChangeSession,
  options: FinishOptions,
  { settings, target, retryRights }: { settings: MappingSettings; target: MappingSettings; retryRights: boolean },
): Promise<Performed> {
  const sentence =
    'AWS was being asked to make the mapping. The same command again finds it if it is there, and makes no second one.';
  const created = await underWay(
    session,
    sentence,
    patiently(session, 'Creating', (patience) =>
      createMapping({ clients: session.clients, settings: target, retryRights, patience }),
    ),
  );
  const none = { changed: 0, mapping: null };
  switch (created.outcome) {
    case 'refused':
      return { ...none, ...refused(created.refusal, 'Nothing was made.') };
    case 'unsure':
      return {
        ...none,
        outcome: 'undecided',
        message: `${created.because} The same command again finds the mapping if it is there.`,
      };
    case 'differs': {
      const { way } = differing(created.mapping, settings, created.differences);
      return {
        ...none,
        outcome: 'blocked',
        message: `Nothing was made. ${way!.sentence}`,
        mapping: created.mapping,
        blockers: way!.ids,
      };
    }
    case 'adopted':
      return (await adopt(session, created.mapping, settings)).perform();
    case 'made':
      return finishNew(session, options, settings, created.mapping, { changed: 1 });
  }
}

/** The mapping is there, as asked. An asserted authentication is compared all the same. */
async function adopt(session: ChangeSession, mapping: Mapping, settings: MappingSettings): Promise<Unit> {
  const sentence = `The mapping ${mapping.UUID} is there already, as asked. Nothing was changed.`;
  const unit = nothingToDo(stepOf('none', mapping), mapping, sentence);
  const preflight =
    settings.auth === undefined
      ? null
      : await checkBefore(session, mapping, (snapshot) => judgePlanned(snapshot, mapping, settings.auth));
  if (preflight !== null && preflight.otherAuth !== null)
    return {
      ...unit,
      way: { ids: [], sentence: `The mapping ${mapping.UUID} is there already. ${preflight.otherAuth}` },
    };
  // One that is still being made is waited for like a new one: an earlier run may have been cut off.
  const waits = session.options.wait === true || (session.waits && mapping.State === 'Creating');
  if (!waits || session.options.dryRun === true) return unit;
  return { ...unit, perform: () => watchAdopted(session, mapping, settings, sentence) };
}

async function watchAdopted(
  session: ChangeSession,
  mapping: Mapping,
  { enabled = true }: MappingSettings,
  sentence: string,
): Promise<Performed> {
  const { outcome, message, causes, ...watched } = await watchMapping(session, mapping, { enabled, textBefore: null });
  return {
    ...watched,
    changed: 0,
    outcome: outcome === 'done' ? 'nothing-to-do' : outcome,
    message: `${sentence} ${message}`,
    blockers: causes,
  };
}

/** The mapping is there, and is not as asked. */
function differing(mapping: Mapping, settings: MappingSettings, differences: readonly Difference[]): Unit {
  const fixed = differences.filter(({ changeable }) => !changeable).map(({ setting }) => setting);
  const what = differences
    .map(({ setting, is, wanted }) => `${setting} is ${shown(is)}, not ${shown(wanted)}`)
    .join('; ');
  const flags = toChangeFlags(
    declared(settings),
    differences.map(({ setting }) => setting),
  )
    .map(quote)
    .join(' ');
  const how =
    fixed.length === 0
      ? `To change it: msk-lambda update ${mapping.UUID} ${flags}`
      : `${fixed.join(', ')} cannot be changed while it lives; to make it anew: msk-lambda recreate ${mapping.UUID} ${flags}`;
  const sentence = `A mapping of this cluster, function and topic is there already, ${mapping.UUID}, and it differs: ${what}. ${how}`;
  return {
    ...nothingToDo(stepOf('none', mapping, { differences }), mapping, sentence),
    way: { ids: ['mapping.conflict'], sentence },
  };
}

const shown = (value: unknown): string =>
  value === null || value === '' ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
