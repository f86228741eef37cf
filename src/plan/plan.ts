/**
 * What a command is about to change, as one value: `--dry-run` prints it, the JSON documents contain it, `execute`
 * carries it out, and it holds the messages for Ctrl-C. Plain JSON, never with the text of a secret.
 */
import type { AwsCall } from '../aws/call.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { Finding } from '../checks/run.js';
import type { Fix } from '../fixes/fix.js';
import type { Difference } from '../mapping/differences.js';
import type { MappingSettings } from '../mapping/settings.js';
import type { WantedTopic } from '../mapping/topic.js';
import type { Mapping } from '../snapshot/resources/index.js';

export interface Plan<S extends Step = Step> {
  /** In order of execution. */
  steps: S[];
  /** What blocks the plan. */
  obstacles: Obstacle[];
  /** What could not be decided, and other information that a user needs beforehand; one sentence each. */
  undecided: string[];
  /** All findings about what is planned. */
  findings: Finding[];
}

/** What blocks a step; a step has at most one. */
export interface Obstacle {
  /** Position of the step. */
  step: number;
  /** The failing checks; empty where the obstacle is not from a check. */
  checks: CheckId[];
  /** One or more sentences. */
  sentence: string;
}

export type Step = MappingStep | TopicStep | SecretStep | FixStep;

interface StepBase {
  /** In order. */
  calls: PlannedCall[];
  /** The wait after the last call; null for none. */
  wait: WaitCondition | null;
  /** Skipped if an earlier step did not succeed. */
  onlyAfterSuccess: boolean;
}

/** One mapping is created, changed, deleted, or recreated. */
export interface MappingStep extends StepBase {
  kind: 'create' | 'update' | 'delete' | 'recreate' | 'none';
  /**
   * As shown to the user. A mapping that an earlier run created and did not enable has `enable`, with the kind
   * `create`.
   */
  action: 'create' | 'update' | 'enable' | 'disable' | 'delete' | 'recreate' | 'none';
  /** The mapping before the step; null where there is none. */
  mapping: Mapping | null;
  /** The function and source of the mapping, before or after the step. */
  connects: Pick<Mapping, 'FunctionArn' | 'EventSourceArn' | 'Topics'>;
  /** Settings that differ from the requested ones. */
  differences: Difference[];
  /** The requested settings of a new mapping; null for other kinds. */
  settings: MappingSettings | null;
  /** Why there is nothing to do, as a sentence; null where there is something. */
  noChangeReason: string | null;
  /** A message to show before the first call. */
  announcement: string | null;
  /** True from the start: the message for an interrupt before the first call. */
  standing: string | null;
  /** Read the mapping after the last call, to show its current state. */
  readBack: boolean;
  /** The call if the new mapping does not work; null: the mapping stays. */
  rollback: PlannedCall | null;
}

/** Creates a topic with the MSK API. */
export interface TopicStep extends StepBase {
  kind: 'topic';
  clusterArn: string;
  topic: WantedTopic;
}

/** Stores a secret, or associates it with a cluster. */
export interface SecretStep extends StepBase {
  kind: 'secret';
  name: string;
}

/** Applies the fix of a finding. */
export interface FixStep extends StepBase {
  kind: 'fix';
  title: string;
  safety: Fix['safety'];
}

/** A call that changes the account. */
export interface PlannedCall {
  call: AwsCall;
  /** Its purpose, as a clause without a subject: “associates the secret with the cluster”. */
  reason: string;
  retry: RetryRule;
  /** The call that undoes it; null where no single call can. */
  undo: AwsCall | null;
  /** Members of the input with a placeholder, whose value only the execution knows. */
  placeholders: string[];
  /** A value of the answer that fills the placeholders of later calls, undo calls and sentences. */
  yields:
    | { placeholder: string; from: 'mapping' | 'endpoint' | 'policy-version' }
    | { placeholder: string; from: 'secret'; otherwise: string }
    | null;
  /** A list in the answer that must be empty: AWS reports these failures with HTTP 200. */
  refusalsIn: string | null;
  /** What a user who interrupts must know: during the call, and after it. */
  interrupted: {
    during: string | null;
    /** Sentences. */
    after: string[];
    /** It replaces what was true after the call before it. */
    replaces: boolean;
  };
  /** The title of its progress line; null for none. */
  progress: string | null;
  /** Checks that the mapping must pass before the call; null for none. */
  guard: Guard | null;
  /** The wait before the next call. */
  wait: WaitCondition | null;
}

/** When and how a call is retried. */
export type RetryRule =
  /** By the SDK. */
  | { rule: 'sdk' }
  /**
   * The call may be made twice: it is repeated while AWS is busy, and after no answer. `ifGone`: the meaning of a
   * missing mapping.
   */
  | { rule: 'repeat'; ifGone: 'refused' | 'finished' | 'made' }
  /**
   * The call must not be made twice: each further attempt first looks for a mapping of the same cluster, function
   * and topic.
   */
  | {
      rule: 'create-once';
      settings: MappingSettings;
      /** Retry refusals that new permissions will end. */
      retryRights: boolean;
      /** Milliseconds: the wait limit of this call is at least this. */
      leastLimit: number;
      /** The meaning of an equal mapping that somebody else created in the meantime, and whether to wait for it. */
      ifThere: { is: 'made' } | { is: 'adopted'; wait: 'always' | 'while-creating' | 'never' };
    }
  /**
   * A topic is created once: after no answer, the refusal of a second call proves that it was created.
   * `waitIfThere`: wait for a topic that somebody else created.
   */
  | { rule: 'topic-once'; waitIfThere: boolean };

/** All checks of the existing mapping, in a stable state. `force`: failing checks do not stop the call. */
export interface Guard {
  checks: 'standing';
  force: boolean;
}

/** The condition of a wait; UUIDs may be placeholders. */
export type WaitCondition =
  | { until: 'gone'; uuid: string; progress: string }
  | {
      until: 'working';
      uuid: string;
      progress: string;
      /** Whether it should poll in the end. */
      enabled: boolean;
      /** The text before the change; null for a new mapping. */
      textBefore: string | null;
      /** Milliseconds during which a good text from before the change is not trusted. */
      restart: number;
    }
  | { until: 'topic-active'; clusterArn: string; name: string; progress: string };

/** Whether to wait for a change. */
export interface WaitChoice {
  wanted: boolean;
  /** The user passed `--wait`; not only the default in a terminal. */
  asked: boolean;
}

/** The placeholder for the UUID of a new mapping. */
export const newMappingUuid = '(of the new mapping)';

/** A plan of one step, with its obstacle. */
export const planOf = <S extends Step>(
  step: S,
  {
    obstacles = [],
    ...more
  }: Partial<Omit<Plan, 'steps' | 'obstacles'>> & { obstacles?: Omit<Obstacle, 'step'>[] } = {},
): Plan<S> => ({
  steps: [step],
  undecided: [],
  findings: [],
  ...more,
  obstacles: obstacles.map((obstacle) => ({ step: 0, ...obstacle })),
});

/** The obstacles with the position of their step among all steps. */
function obstaclesOf(plans: readonly Plan[]): Obstacle[] {
  let before = 0;
  return plans.flatMap(({ steps, obstacles }) => {
    const moved = obstacles.map((obstacle) => ({ ...obstacle, step: obstacle.step + before }));
    before += steps.length;
    return moved;
  });
}

/** Joins several plans in order. */
export const joinPlans = <S extends Step>(plans: readonly Plan<S>[]): Plan<S> => ({
  steps: plans.flatMap(({ steps }) => steps),
  obstacles: obstaclesOf(plans),
  undecided: plans.flatMap(({ undecided }) => undecided),
  findings: plans.flatMap(({ findings }) => findings),
});
