/** The part of a change that alters a mapping which is there. */
import { lookUpTags } from '../../account/look-up.js';
import { changedMapping, restartAfter } from '../../mapping/change-of.js';
import { differences, type Difference } from '../../mapping/differences.js';
import { changePatiently } from '../../mapping/retry.js';
import { judgeChanged, judgeStanding } from '../../mapping/preflight.js';
import type { MappingChanges } from '../../mapping/settings.js';
import { toChangeFlags } from '../../mapping/to-flags.js';
import type { AwsCall } from '../../aws/call.js';
import { updateCalls } from '../../mapping/update-input.js';
import { quote } from '../../fixes/render-cli.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { notChanged, stepOf } from './answer.js';
import { checkBefore } from './check.js';
import { watchMapping } from './outcome.js';
import { patiently, underWay, type ChangeSession } from './session.js';
import { checked, nothingToDo, unchecked, type Performed, type Unit } from './unit.js';

/** `wanted` is resolved and filled up from what stands. Null where AWS could not be asked. */
export async function planUpdate(
  session: ChangeSession,
  mapping: Mapping,
  wanted: MappingChanges,
): Promise<Unit | null> {
  const tags =
    wanted.tags === undefined || mapping.EventSourceMappingArn === undefined
      ? undefined
      : await lookUpTags(session.reading(), mapping.EventSourceMappingArn);
  // Tags that could not be read are set anew: that does no harm.
  const known = tags === undefined ? undefined : isOk(tags) ? tags.value : {};
  return planDifferences(session, mapping, wanted, differences(mapping, wanted, known));
}

/** The same with the differences already found. */
export async function planDifferences(
  session: ChangeSession,
  mapping: Mapping,
  wanted: MappingChanges,
  found: readonly Difference[],
): Promise<Unit | null> {
  const { UUID: uuid } = mapping;
  if (found.length === 0)
    return nothingToDo(
      stepOf('none', mapping),
      mapping,
      `The mapping ${uuid} is as asked already. Nothing was changed.`,
    );
  const fixed = found.filter(({ changeable }) => !changeable);
  if (fixed.length > 0) return unchangeable(mapping, wanted, found, fixed);
  const calls = updateCalls(mapping, wanted, found);
  const settings = found.map(({ setting }) => setting);
  const only = settings.length === 1 ? settings[0] : undefined;
  const action = only === 'enabled' ? (wanted.enabled === false ? 'disable' : 'enable') : 'update';
  const step = stepOf(action, mapping, { differences: found, calls });
  const perform = () =>
    change(session, mapping, { calls, enabled: isEnabledAfter(mapping, wanted), restart: restartAfter(settings) });
  // Nothing that is switched off, or only labelled, can fail.
  if (action === 'disable' || only === 'tags') return { ...unchecked, step, mapping, perform };
  const after = changedMapping(mapping, wanted);
  const preflight = await checkBefore(session, after, (snapshot) =>
    action === 'enable'
      ? judgeStanding(snapshot, after)
      : judgeChanged(snapshot, { before: mapping, after }, wanted.auth ?? undefined),
  );
  return preflight === null ? null : { ...checked(preflight), step, mapping, perform };
}

const isEnabledAfter = (mapping: Mapping, { enabled }: MappingChanges): boolean =>
  enabled ?? (mapping.State !== 'Disabled' && mapping.State !== 'Disabling');

function unchangeable(
  mapping: Mapping,
  wanted: MappingChanges,
  found: readonly Difference[],
  fixed: readonly Difference[],
): Unit {
  const names = fixed.map(({ setting }) => setting);
  const flags = toChangeFlags(
    wanted,
    found.map(({ setting }) => setting),
  );
  const recreate = ['msk-lambda recreate', mapping.UUID, ...flags.map(quote)].join(' ');
  const sentence = `${names.join(', ')} cannot be changed while the mapping ${mapping.UUID} lives. To delete it and make it anew${names.includes('consumerGroup') ? '' : ' with the same consumer group'}: ${recreate}`;
  return {
    ...nothingToDo(stepOf('none', mapping, { differences: found }), mapping, sentence),
    way: { ids: [], sentence },
  };
}

interface ToDo {
  calls: readonly AwsCall[];
  enabled: boolean;
  restart: number;
}

async function change(session: ChangeSession, mapping: Mapping, { calls, enabled, restart }: ToDo): Promise<Performed> {
  const { UUID: uuid } = mapping;
  let changed = 0;
  for (const call of calls) {
    const asking = patiently(session, 'Changing', (patience) => changePatiently(session.clients, call, patience));
    const applied = await underWay(
      session,
      `AWS was being asked to change the mapping ${uuid}. The same command again changes what is left.`,
      asking,
    );
    if (applied.outcome !== 'ok')
      return {
        ...notChanged(
          applied,
          uuid,
          changed === 0 ? 'Nothing was changed.' : `The mapping ${uuid} was changed, but not its tags.`,
        ),
        changed,
        mapping,
      };
    changed = 1;
    session.soFar.push(`The mapping ${uuid} was changed. Go on with \`msk-lambda doctor ${uuid} --wait\`.`);
  }
  const done = { changed, mapping: await asItIs(session, mapping) };
  const sentence = `The mapping ${uuid} was changed.`;
  if (!session.waits || calls.every(({ operation }) => operation === 'TagResource'))
    return { ...done, outcome: 'done', message: sentence };
  const { causes, findings, ...watched } = await watchMapping(session, mapping, {
    enabled,
    textBefore: mapping.LastProcessingResult ?? '',
    restart,
  });
  return {
    ...done,
    ...watched,
    message: `${sentence} ${watched.message}`,
    ...(watched.outcome === 'failed' ? { findings, blockers: causes } : {}),
  };
}

async function asItIs(session: ChangeSession, mapping: Mapping): Promise<Mapping> {
  const { getMapping } = await import('../../account/apply.js');
  const read = await getMapping(session.clients, mapping.UUID);
  session.io.signal.throwIfAborted();
  return isOk(read) ? read.value : mapping;
}
