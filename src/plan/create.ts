/** The plan that creates a mapping, or finds that it exists. */
import { shell } from '../text/shell.js';
import type { Difference } from '../mapping/differences.js';
import { plannedMapping } from '../mapping/mapping-of.js';
import type { Preflight } from '../mapping/preflight.js';
import type { MappingSettings } from '../mapping/settings.js';
import { isOk, type Read } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { createCall, deleteCall, enableCall, plannedCall } from './calls.js';
import { conflictWith } from './conflict.js';
import { checkedPlan, mappingStep, planNoChange, untilWorking } from './mapping-step.js';
import {
  newMappingUuid,
  planOf,
  type MappingStep,
  type Obstacle,
  type Plan,
  type PlannedCall,
  type WaitChoice,
} from './plan.js';

export interface CreateRequest {
  /** Resolved to ARNs. */
  settings: MappingSettings;
  wait: WaitChoice;
  /** Create it disabled, check it, and enable it if all checks pass. */
  disabledTest?: boolean | undefined;
  /** Delete it again if it does not work. */
  rollback?: boolean | undefined;
  /** Failing checks do not block it. */
  force?: boolean | undefined;
}

/** What was read for the requested mapping. */
export interface CreateReads {
  /** The existing mapping of the same cluster, function and topic; null where there is none. */
  existing: Read<Mapping | null>;
  /** How the existing one differs; empty where there is none. */
  differences: readonly Difference[];
  /**
   * The checks of the new mapping, or of the existing one if the user asserts an authentication method; null where
   * they did not run.
   */
  preflight: Preflight | null;
  /** Mappings on self-managed Kafka that use the consumer group; null where Lambda chooses the group. */
  groupUsers: Read<string[]> | null;
}

/** The existing mapping in the place of the new one. One that is being deleted does not count. */
export const standingMapping = (existing: Read<Mapping | null>): Mapping | null =>
  isOk(existing) && existing.value !== null && existing.value.State !== 'Deleting' ? existing.value : null;

/** The settings of the first call: disabled, if it is tested disabled first. */
const firstSettings = ({ settings, disabledTest }: CreateRequest): MappingSettings =>
  disabledTest === true ? { ...settings, enabled: false } : settings;

/** The mapping as AWS would show it, for the checks. */
export const newMapping = (request: CreateRequest): Mapping => plannedMapping(firstSettings(request));

/** A mapping that an earlier `--disabled-test` created but did not enable. */
const isUnfinishedTest = ({ disabledTest }: CreateRequest, differences: readonly Difference[]): boolean =>
  disabledTest === true && differences.length === 1 && differences[0]!.setting === 'enabled';

/** For `create`: an equal existing mapping is accepted; a different one blocks the plan. */
export function planCreate(request: CreateRequest, reads: CreateReads): Plan<MappingStep> {
  const mapping = standingMapping(reads.existing);
  if (mapping !== null) return planExisting(request, mapping, reads);
  const plan = planNew(request, reads);
  return isOk(reads.existing)
    ? plan
    : {
        ...plan,
        undecided: [
          ...plan.undecided,
          `Could not check whether such a mapping already exists: your credentials need ${reads.existing.action}. Lambda refuses a second one.`,
        ],
      };
}

function planExisting(
  request: CreateRequest,
  mapping: Mapping,
  { differences, preflight }: CreateReads,
): Plan<MappingStep> {
  const { settings, wait } = request;
  if (isUnfinishedTest(request, differences))
    return planOf(
      mappingStep({ kind: 'create', action: 'enable' }, mapping, {
        mapping,
        settings,
        differences: [...differences],
        calls: [guardedEnable(mapping.UUID, request)],
        standing: `The mapping ${mapping.UUID} already exists and is kept. ${goOn(mapping.UUID)}`,
        ...whenMade(mapping.UUID, request),
      }),
    );
  if (differences.length > 0) {
    const obstacle = conflictWith(mapping, settings, differences);
    return planNoChange(mapping, obstacle.sentence, { differences: [...differences], obstacle });
  }
  const reason = adoptionReason(mapping.UUID);
  const otherAuth = preflight?.otherAuth ?? null;
  if (otherAuth !== null)
    return planNoChange(mapping, reason, {
      obstacle: { checks: [], sentence: `The mapping ${mapping.UUID} already exists. ${otherAuth}` },
    });
  // A mapping that is still being created is waited for like a new one: an earlier run may have been interrupted.
  const waits = wait.asked || (wait.wanted && mapping.State === 'Creating');
  return planNoChange(mapping, reason, {
    wait: waits ? untilWorking(mapping.UUID, { enabled: settings.enabled ?? true }) : null,
  });
}

export const adoptionReason = (uuid: string): string =>
  `The mapping ${uuid} already exists with these settings. Nothing was changed.`;

/** A mapping that does not exist yet. */
export function planNew(
  request: CreateRequest,
  { preflight, groupUsers }: Pick<CreateReads, 'preflight' | 'groupUsers'>,
): Plan<MappingStep> {
  const step = newMappingStep(request, {
    retryRights: preflight?.blockers.some(({ check }) => /^(access|secret)\./.test(check)) !== true,
  });
  return preflight === null
    ? planOf(step)
    : checkedPlan(step, preflight, { other: groupObstacle(request.settings, groupUsers) });
}

function newMappingStep(request: CreateRequest, { retryRights }: { retryRights: boolean }): MappingStep {
  const { settings, wait, disabledTest } = request;
  const first = firstSettings(request);
  const create = plannedCreate(first, {
    retryRights,
    leastLimit: 0,
    ifThere: { is: 'adopted', wait: wait.asked ? 'always' : wait.wanted ? 'while-creating' : 'never' },
  });
  return mappingStep({ kind: 'create', action: 'create' }, plannedMapping(first), {
    settings,
    calls: [
      {
        ...create,
        interrupted: {
          ...create.interrupted,
          during:
            'The call to create the mapping was sent, its result is unknown. Run the same command again: it finds the mapping if it exists, and creates no second one.',
        },
      },
      ...(disabledTest === true ? [guardedEnable(newMappingUuid, request)] : []),
    ],
    ...whenMade(newMappingUuid, request),
  });
}

/** The call that creates a mapping exactly once. */
export const plannedCreate = (
  settings: MappingSettings,
  retry: Pick<PlannedCall['retry'] & { rule: 'create-once' }, 'retryRights' | 'leastLimit' | 'ifThere'>,
): PlannedCall =>
  plannedCall(
    createCall(settings),
    'create the mapping',
    { rule: 'create-once', settings, ...retry },
    {
      undo: deleteCall(newMappingUuid),
      yields: { placeholder: newMappingUuid, from: 'mapping' },
      progress: 'Creating',
      interrupted: {
        during: null,
        after: [`The mapping ${newMappingUuid} was created and is kept. ${goOn(newMappingUuid)}`],
        replaces: false,
      },
    },
  );

const goOn = (uuid: string): string => `Continue with \`${shell`msk-lambda doctor ${uuid} --wait`}\`.`;

const guardedEnable = (uuid: string, { force }: CreateRequest): PlannedCall =>
  plannedCall(
    enableCall(uuid),
    'enable the mapping after every check passed',
    { rule: 'repeat', ifGone: 'refused' },
    {
      undo: enableCall(uuid, false),
      placeholders: uuid === newMappingUuid ? ['UUID'] : [],
      progress: 'Enabling',
      guard: { checks: 'standing', force: force === true },
    },
  );

/** What follows after creation: waiting, and rollback if requested. */
const whenMade = (
  uuid: string,
  { settings, wait, disabledTest, rollback }: CreateRequest,
): Pick<MappingStep, 'wait' | 'rollback'> => ({
  wait:
    wait.wanted || rollback === true || disabledTest === true
      ? untilWorking(uuid, { enabled: settings.enabled ?? true })
      : null,
  rollback: rollback === true ? plannedRollback(uuid) : null,
});

const plannedRollback = (uuid: string): PlannedCall =>
  plannedCall(
    deleteCall(uuid),
    'delete the mapping, because it does not work',
    { rule: 'repeat', ifGone: 'finished' },
    {
      placeholders: uuid === newMappingUuid ? ['UUID'] : [],
      progress: 'Deleting',
      interrupted: { during: null, after: [`The mapping ${uuid} is being deleted.`], replaces: false },
      wait: { until: 'gone', uuid, progress: 'Deleting' },
    },
  );

/**
 * A consumer group is unique among all Kafka mappings of a region, including self-managed Kafka, which the checks do
 * not see.
 */
function groupObstacle(
  { consumerGroup: group }: MappingSettings,
  users: Read<string[]> | null,
): Omit<Obstacle, 'step'> | null {
  if (group === undefined || users === null || !isOk(users) || users.value.length === 0) return null;
  return {
    checks: ['mapping.consumer-group'],
    sentence: `The consumer group ${group} is already used by the mapping ${users.value.join(', ')} on self-managed Kafka; Lambda allows a consumer group in one mapping only.`,
  };
}
