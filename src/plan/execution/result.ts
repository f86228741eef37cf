/** The result of a step. */
import type { Refusal } from '../../account/make-changes.js';
import type { TopicDescription } from '../../account/queries/clusters.js';
import type { Difference } from '../../mapping/differences.js';
import type { Waited } from '../../mapping/wait.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Finding } from '../../checks/run.js';
import type { Obstacle } from '../plan.js';
import type { Values } from './fill-placeholders.js';
import type { TopicWaited } from './create-topic.js';

/** The result of a call. */
export type CallResult =
  /** AWS accepted it; `value` is what the call yields from its answer. */
  | { outcome: 'made'; value: string | null; mapping: Mapping | null }
  /** The mapping to delete did not exist. */
  | { outcome: 'gone' }
  /** An equal mapping existed. */
  | { outcome: 'adopted'; mapping: Mapping }
  /** A different mapping existed. */
  | { outcome: 'differs'; mapping: Mapping; differences: Difference[] }
  /** The topic existed. */
  | { outcome: 'topic-there'; topic: TopicDescription }
  | { outcome: 'refused'; refusal: Refusal }
  /** AWS answered with a list of what it did not do; its first message. */
  | { outcome: 'unprocessed'; message: string }
  /** No answer came, and the outcome cannot be determined: a sentence. */
  | { outcome: 'unsure'; because: string };

/** The final state of a mapping that was waited for. */
export interface Watched {
  outcome: 'done' | 'failed' | 'undecided';
  message: string;
  /** As last read; null where it was deleted. */
  mapping: Mapping | null;
  findings: Finding[];
  /** Checks that explain the failure, most likely first. */
  causes: string[];
}

/** Why the checks stopped a guarded call. */
export type GuardResult =
  | { stopped: 'not-settled'; waited: Waited }
  | { stopped: 'checks'; mapping: Mapping | null; findings: Finding[]; obstacle: Omit<Obstacle, 'step'> };

export type WaitResult =
  | { until: 'gone'; waited: Waited }
  | { until: 'working'; watched: Watched }
  | { until: 'topic-active'; waited: TopicWaited };

export interface StepResult {
  /** Calls that were started, in order. After a failed call no further one is started. */
  calls: CallResult[];
  /** The mapping in the stable state before its guarded call. */
  settled: Mapping | null;
  /** Null where the checks passed, or there is no guard. */
  guard: GuardResult | null;
  /** The result of the last wait; null without one. */
  wait: WaitResult | null;
  /** The mapping that was created, accepted or read after the last call; otherwise null. */
  mapping: Mapping | null;
  /** The result of the rollback call, and the mapping after it; null where no rollback was needed. */
  rollback: { call: CallResult; mapping: Mapping | null } | null;
  /** What its calls yielded, by placeholder. */
  values: Values;
  /** Not executed, because an earlier step did not succeed. */
  skipped: boolean;
  /** Everything was done, or there was nothing to do. */
  succeeded: boolean;
}

/** The result of a step that was not executed. */
export const notCarriedOut: StepResult = {
  calls: [],
  settled: null,
  guard: null,
  wait: null,
  mapping: null,
  rollback: null,
  values: {},
  skipped: false,
  succeeded: false,
};
