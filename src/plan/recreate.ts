/** The plan that deletes a mapping and creates it again with the same consumer group. */
import { shellCommand, type ShellCommand } from '../text/shell.js';
import { declared, differences } from '../mapping/differences.js';
import { plannedMapping } from '../mapping/mapping-of.js';
import type { Preflight } from '../mapping/preflight.js';
import { recreationOf, type Recreation } from '../mapping/recreation.js';
import type { MappingChanges, MappingSettings } from '../mapping/settings.js';
import { toFlags } from '../mapping/to-flags.js';
import { replay } from '../simulate/simulate.js';
import { isOk, type Read } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { deleteCall, plannedCall, undoDelete } from './calls.js';
import { plannedCreate } from './create.js';
import { propagationLimit } from './execution/retry-limits.js';
import { checkedPlan, mappingStep, untilWorking } from './mapping-step.js';
import { newMappingUuid, type MappingStep, type Plan, type WaitChoice } from './plan.js';

export interface RecreateRequest {
  mapping: Mapping;
  /** Resolved to ARNs. */
  changes: MappingChanges;
  /** The mapping's tags; null where AWS shows no ARN to read them by. */
  tags: Read<Record<string, string>> | null;
  now: Date;
}

/** The settings of the new mapping, with the tags that it keeps. */
export function newRecreation({ mapping, changes, tags, now }: RecreateRequest): Recreation {
  const { userTags, notes } = inheritedTags(tags);
  const recreation = recreationOf(mapping, { ...changes, ...withTags(userTags, changes) }, now);
  return { ...recreation, notes: [...recreation.notes, ...notes] };
}

/** The tags to keep. Tags of AWS, such as those of a stack, cannot be set. */
function inheritedTags(tags: RecreateRequest['tags']): { userTags: Record<string, string>; notes: string[] } {
  if (tags === null) return { userTags: {}, notes: [] };
  if (!isOk(tags))
    return {
      userTags: {},
      notes: [
        `Your credentials need ${tags.action} to read the tags of the mapping; the new mapping will have no tags.`,
      ],
    };
  const userTags = Object.fromEntries(Object.entries(tags.value).filter(([key]) => !/^aws:/i.test(key)));
  const stack = tags.value['aws:cloudformation:stack-name'];
  return {
    userTags,
    notes:
      stack === undefined
        ? []
        : [`The mapping belongs to the CloudFormation stack ${stack}; the new mapping will not belong to it.`],
  };
}

const withTags = (userTags: Record<string, string>, { tags }: MappingChanges): Pick<MappingChanges, 'tags'> =>
  Object.keys(userTags).length === 0 && tags === undefined ? {} : { tags: { ...userTags, ...tags } };

/**
 * The account without the old mapping, which must neither conflict with the new one nor count as a user of its
 * group.
 */
export function withoutMapping(snapshot: Snapshot, uuid: string): Snapshot {
  const read = snapshot.mappings[uuid];
  return read !== undefined && isOk(read) ? replay(snapshot, deleteCall(uuid)) : snapshot;
}

/** The command that creates a mapping, to copy. */
export const createCommand = (settings: MappingSettings): ShellCommand =>
  shellCommand('msk-lambda', 'create', ...toFlags(settings));

/** `preflight`: the checks of the new mapping in the account without the old one. */
export function planRecreate(
  mapping: Mapping,
  { settings, refusals, notes }: Recreation,
  preflight: Preflight,
  wait: WaitChoice,
): Plan<MappingStep> {
  const { UUID: old } = mapping;
  const again = createCommand(settings);
  const remove = plannedCall(
    deleteCall(old),
    'delete the mapping: Lambda allows one mapping per cluster, topic and function',
    { rule: 'repeat', ifGone: 'made' },
    {
      undo: undoDelete(mapping),
      progress: 'Deleting',
      interrupted: {
        during: `The call to delete the mapping ${old} was sent, its result is unknown. If it was deleted, create it again: ${again}`,
        after: [`The mapping ${old} is being deleted. Create it again: ${again}`],
        replaces: false,
      },
      wait: { until: 'gone', uuid: old, progress: 'Deleting' },
    },
  );
  const create = plannedCreate(settings, {
    retryRights: true,
    leastLimit: propagationLimit,
    ifThere: { is: 'made' },
  });
  const step = mappingStep({ kind: 'recreate', action: 'recreate' }, mapping, {
    mapping,
    settings,
    differences: differences(mapping, declared(settings)),
    calls: [remove, { ...create, interrupted: { ...create.interrupted, replaces: true } }],
    // If it is interrupted between the two calls, the way back is on the screen.
    announcement: `If this is interrupted before the new mapping is created, run: ${again}`,
    wait: wait.wanted ? untilWorking(newMappingUuid, { enabled: settings.enabled ?? true }) : null,
  });
  return checkedPlan(step, preflight, {
    other: refusals.length === 0 ? null : { checks: [], sentence: refusals.join(' ') },
    notes,
  });
}

/** The new mapping as AWS would show it, for the checks. */
export const recreatedMapping = ({ settings }: Recreation): Mapping => plannedMapping(settings);
