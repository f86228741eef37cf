/**
 * What a command is about to do to the account, as one value: `--dry-run` prints it, the JSON documents hold it, `execute`
 * carries it out, and what is said after Ctrl-C stands in it. It is plain JSON, and the text of a secret is never in it.
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
  /** In the order in which they are carried out. */
  steps: S[];
  /** What would stop it. */
  obstacles: Obstacle[];
  /** What could not be decided, and what else a user should know before; each a sentence. */
  undecided: string[];
  /** Everything that the checks found of what is planned. */
  findings: Finding[];
}

/** What would stop a step; a step has one at most. */
export interface Obstacle {
  /** Position of the step. */
  step: number;
  /** The checks that fail; empty where it is no check that says so. */
  checks: CheckId[];
  /** One or more sentences. */
  sentence: string;
}

export type Step = MappingStep | TopicStep | SecretStep | FixStep;

interface StepBase {
  /** In their order. */
  calls: PlannedCall[];
  /** What is waited for after the last call; null for nothing. */
  wait: WaitCondition | null;
  /** It is left out where an earlier step did not succeed. */
  onlyAfterSuccess: boolean;
}

/** One mapping is made, changed, deleted, or deleted and made again. */
export interface MappingStep extends StepBase {
  kind: 'create' | 'update' | 'delete' | 'recreate' | 'none';
  /** As it is shown; a mapping that an earlier run made and did not enable is `enable` of the kind `create`. */
  action: 'create' | 'update' | 'enable' | 'disable' | 'delete' | 'recreate' | 'none';
  /** The mapping as it is before; null where there is none. */
  mapping: Mapping | null;
  /** What the mapping connects, before the step or after it. */
  connects: Pick<Mapping, 'FunctionArn' | 'EventSourceArn' | 'Topics'>;
  /** What is not as it is wanted. */
  differences: Difference[];
  /** What is asked of a mapping that is to be made; null for other kinds. */
  settings: MappingSettings | null;
  /** Why there is nothing to do: a sentence; null where there is something. */
  noChangeReason: string | null;
  /** What must be known before the first call, whatever happens then. */
  announcement: string | null;
  /** What is true from the start, for whoever stops it then. */
  standing: string | null;
  /** The mapping is read after the last call, to show it as it is. */
  readBack: boolean;
  /** Made where the new mapping turns out not to work; null: it stays. */
  rollback: PlannedCall | null;
}

/** A topic is made by the MSK API. */
export interface TopicStep extends StepBase {
  kind: 'topic';
  clusterArn: string;
  topic: WantedTopic;
}

/** A secret is stored, or associated with a cluster. */
export interface SecretStep extends StepBase {
  kind: 'secret';
  name: string;
}

/** A fix of a finding is applied. */
export interface FixStep extends StepBase {
  kind: 'fix';
  title: string;
  safety: Fix['safety'];
}

/** A call that changes the account. */
export interface PlannedCall {
  call: AwsCall;
  /** What it is for, as a clause without a subject: “associates the secret with the cluster”. */
  reason: string;
  retry: RetryRule;
  /** What takes it back; null where no single call can. */
  undo: AwsCall | null;
  /** Members of the input that hold a placeholder: only the execution knows their value. */
  placeholders: string[];
  /** A value of the answer, by which placeholders of later calls, undos and sentences are filled. */
  yields: { placeholder: string; from: 'mapping' } | { placeholder: string; from: 'secret'; otherwise: string } | null;
  /** A list in the answer that must be empty: AWS refuses so with HTTP 200. */
  refusalsIn: string | null;
  /** What a user who stops it must know: while it is under way, and after it was made. */
  interrupted: {
    during: string | null;
    /** Sentences. */
    after: string[];
    /** What was true after the call before this one is no longer. */
    replaces: boolean;
  };
  /** Title of its progress line; null for none. */
  progress: string | null;
  /** The checks that a mapping must pass before the call; null for none. */
  guard: Guard | null;
  /** What is waited for before the next call. */
  wait: WaitCondition | null;
}

/** When and how a call is tried again. */
export type RetryRule =
  /** As the SDK does it. */
  | { rule: 'sdk' }
  /** Made twice is the same as made once: repeated while AWS is busy, and where no answer comes. `ifGone`: what it means that the mapping is not there. */
  | { rule: 'repeat'; ifGone: 'refused' | 'finished' | 'made' }
  /** Nothing is made twice: before each further try it is looked whether a mapping of the same cluster, function and topic is there. */
  | {
      rule: 'create-once';
      settings: MappingSettings;
      /** Refusals that new rights bring to an end are waited out. */
      retryRights: boolean;
      /** Milliseconds; the limit for waiting is no shorter for this call. */
      leastLimit: number;
      /** What an equal mapping is that another made meanwhile, and when it is waited for. */
      ifThere: { is: 'made' } | { is: 'adopted'; wait: 'always' | 'while-creating' | 'never' };
    }
  /** A topic is made once: after an answer that never came, the refusal of a second one shows that it was made. `waitIfThere`: one that another made is waited for. */
  | { rule: 'topic-once'; waitIfThere: boolean };

/** All checks on the mapping as it stands, once it is at rest; `force`: they stop nothing. */
export interface Guard {
  checks: 'standing';
  force: boolean;
}

/** What is waited for; uuids may be placeholders. */
export type WaitCondition =
  | { until: 'gone'; uuid: string; progress: string }
  | {
      until: 'working';
      uuid: string;
      progress: string;
      /** Whether it is to poll in the end. */
      enabled: boolean;
      /** The text from before the change; null for a new mapping. */
      textBefore: string | null;
      /** Milliseconds for which a good text from before is not believed. */
      restart: number;
    }
  | { until: 'topic-active'; clusterArn: string; name: string; progress: string };

/** Whether a change is waited for. */
export interface WaitChoice {
  wanted: boolean;
  /** It was asked for by name, and not only because someone sits at a terminal. */
  asked: boolean;
}

/** Stands for the UUID of a mapping that is to be made. */
export const newMappingUuid = '(of the new mapping)';

/** A plan of one step, with what may stop it. */
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

/** Each with the position of its step among the steps of all. */
function obstaclesOf(plans: readonly Plan<Step>[]): Obstacle[] {
  let before = 0;
  return plans.flatMap(({ steps, obstacles }) => {
    const moved = obstacles.map((obstacle) => ({ ...obstacle, step: obstacle.step + before }));
    before += steps.length;
    return moved;
  });
}

/** Several plans, one after another. */
export const joinPlans = <S extends Step>(plans: readonly Plan<S>[]): Plan<S> => ({
  steps: plans.flatMap(({ steps }) => steps),
  obstacles: obstaclesOf(plans),
  undecided: plans.flatMap(({ undecided }) => undecided),
  findings: plans.flatMap(({ findings }) => findings),
});
