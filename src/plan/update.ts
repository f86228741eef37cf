/** The plan that changes an existing mapping: settings, tags, enabled or disabled. */
import type { AwsCall } from '../aws/call.js';
import { shell, shellCommand } from '../text/shell.js';
import { changedMapping, restartAfter } from '../mapping/change-of.js';
import type { Difference } from '../mapping/differences.js';
import { settingsOf } from '../mapping/mapping-of.js';
import type { Preflight } from '../mapping/preflight.js';
import type { MappingChanges, SettingName } from '../mapping/settings.js';
import { toChangeFlags } from '../mapping/to-flags.js';
import { updateCalls } from '../mapping/update-input.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { plannedCall } from './calls.js';
import { checkedPlan, mappingStep, planNoChange, untilWorking } from './mapping-step.js';
import { planOf, type MappingStep, type Plan, type PlannedCall, type WaitChoice } from './plan.js';

/**
 * A change of a mapping: the requested settings, resolved and completed from the existing ones, and the differences.
 */
export interface Change {
  mapping: Mapping;
  wanted: MappingChanges;
  differences: readonly Difference[];
}

/** The mapping after the change, for the checks; null where nothing changes, or nothing that could fail. */
export function mappingToCheck({ mapping, wanted, differences }: Change): Mapping | null {
  const settings = differences.map(({ setting }) => setting);
  const harmless = actionOf(settings, wanted) === 'disable' || settings.every((setting) => setting === 'tags');
  return harmless || differences.some(({ changeable }) => !changeable) ? null : changedMapping(mapping, wanted);
}

/** `enable` and `disable` are updates that change nothing else. */
export function actionOf(
  settings: readonly SettingName[],
  { enabled }: MappingChanges,
): 'update' | 'enable' | 'disable' {
  if (settings.length !== 1 || settings[0] !== 'enabled') return 'update';
  return enabled === false ? 'disable' : 'enable';
}

/** `preflight`: the checks of `mappingToCheck`; null where that is. */
export function planUpdate(change: Change, preflight: Preflight | null, wait: WaitChoice): Plan<MappingStep> {
  const { mapping, wanted, differences } = change;
  const { UUID: uuid } = mapping;
  if (differences.length === 0)
    return planNoChange(mapping, `The mapping ${uuid} already has these settings. Nothing was changed.`);
  if (differences.some(({ changeable }) => !changeable)) return planUnchangeable(change);
  const settings = differences.map(({ setting }) => setting);
  const calls = updateCalls(mapping, wanted, differences).map((call) => plannedChange(change, call));
  const step = mappingStep({ kind: 'update', action: actionOf(settings, wanted) }, mapping, {
    mapping,
    differences: [...differences],
    calls,
    readBack: true,
    wait:
      !wait.wanted || calls.every(({ call }) => call.operation !== 'UpdateEventSourceMapping')
        ? null
        : untilWorking(uuid, {
            enabled: wanted.enabled ?? (mapping.State !== 'Disabled' && mapping.State !== 'Disabling'),
            textBefore: mapping.LastProcessingResult ?? '',
            restart: restartAfter(settings),
          }),
  });
  return preflight === null ? planOf(step) : checkedPlan(step, preflight);
}

function planUnchangeable({ mapping, wanted, differences }: Change): Plan<MappingStep> {
  const fixed = differences.filter(({ changeable }) => !changeable).map(({ setting }) => setting);
  const flags = toChangeFlags(
    wanted,
    differences.map(({ setting }) => setting),
  );
  const recreate = shellCommand('msk-lambda', 'recreate', mapping.UUID, ...flags);
  const sentence = `${fixed.join(', ')} cannot be updated. Delete and recreate the mapping ${mapping.UUID}${fixed.includes('consumerGroup') ? '' : ' with the same consumer group'}: ${recreate}`;
  return planNoChange(mapping, sentence, { differences: [...differences], obstacle: { checks: [], sentence } });
}

const reasons: Record<string, string> = {
  UpdateEventSourceMapping: 'update the settings of the mapping',
  UntagResource: 'remove tags from the mapping',
  TagResource: 'set the tags of the mapping',
};

const plannedChange = (change: Change, call: AwsCall): PlannedCall => {
  const { UUID: uuid } = change.mapping;
  return plannedCall(
    call,
    reasons[call.operation] ?? reasons['UpdateEventSourceMapping']!,
    { rule: 'repeat', ifGone: 'refused' },
    {
      undo: call.operation === 'UpdateEventSourceMapping' ? undoSettings(change) : undoTags(change, call),
      progress: 'Changing',
      interrupted: {
        during: `The call to update the mapping ${uuid} was sent, its result is unknown. Run the same command again: it applies only what is missing.`,
        after: [`The mapping ${uuid} was updated. Continue with \`${shell`msk-lambda doctor ${uuid} --wait`}\`.`],
        replaces: false,
      },
    },
  );
};

/** Settings that UpdateEventSourceMapping can change, but not reset to Lambda's default. */
const withoutDefault = new Set<SettingName>(['batchingWindow', 'logLevel']);

/** The update that restores the former settings; null where one of them cannot be restored. */
function undoSettings({ mapping, wanted, differences }: Change): AwsCall | null {
  const before = settingsOf(mapping);
  const changed = differences.filter(({ setting }) => setting !== 'tags');
  if (changed.some(({ setting }) => withoutDefault.has(setting) && before[setting] === undefined)) return null;
  const former = Object.fromEntries(changed.map(({ setting }) => [setting, before[setting] ?? null]));
  return updateCalls(changedMapping(mapping, wanted), former, changed)[0] ?? null;
}

/**
 * The call that restores the former values of the tags, or removes new ones; null where it would take both, and where
 * the tags could not be read.
 */
function undoTags({ differences }: Change, { operation, input }: AwsCall): AwsCall | null {
  const former = differences.find(({ setting }) => setting === 'tags')?.is as Record<string, string> | null | undefined;
  if (former === undefined || former === null) return null;
  const resource = { Resource: input['Resource'] };
  const keys = operation === 'UntagResource' ? (input['TagKeys'] as string[]) : Object.keys(input['Tags'] as object);
  const before = Object.fromEntries(keys.flatMap((key) => (former[key] === undefined ? [] : [[key, former[key]]])));
  const added = keys.filter((key) => former[key] === undefined);
  if (added.length === 0) return { service: 'lambda', operation: 'TagResource', input: { ...resource, Tags: before } };
  return added.length === keys.length
    ? { service: 'lambda', operation: 'UntagResource', input: { ...resource, TagKeys: added } }
    : null;
}
