/** What became of a step. */
import type { Refusal } from '../../account/apply.js';
import type { TopicDescription } from '../../account/queries/clusters.js';
import type { Difference } from '../../mapping/differences.js';
import type { Waited } from '../../mapping/wait.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Finding } from '../../checks/run.js';
import type { Obstacle } from '../plan.js';
import type { Values } from './values.js';
import type { TopicWaited } from './create-topic.js';

/** What became of a call. */
export type CallResult =
  /** AWS took it, and the value of its answer that the call yields. */
  | { outcome: 'made'; value: string | null; mapping: Mapping | null }
  /** What was to be deleted was gone. */
  | { outcome: 'gone' }
  /** An equal mapping was there. */
  | { outcome: 'adopted'; mapping: Mapping }
  /** A mapping was there that differs. */
  | { outcome: 'differs'; mapping: Mapping; differences: Difference[] }
  /** A topic was there. */
  | { outcome: 'topic-there'; topic: TopicDescription }
  | { outcome: 'refused'; refusal: Refusal }
  /** AWS answered with a list of what it did not do; the first of it in AWS's words. */
  | { outcome: 'unprocessed'; message: string }
  /** The answer never came, and nothing tells what became of it: a sentence. */
  | { outcome: 'unsure'; because: string };

/** What a mapping that was waited for came to. */
export interface Watched {
  outcome: 'done' | 'failed' | 'undecided';
  message: string;
  /** As it was last seen; null where it is gone. */
  mapping: Mapping | null;
  findings: Finding[];
  /** Checks that explain what went wrong, the most likely first. */
  causes: string[];
}

/** What the checks before a guarded call came to where they stopped it. */
export type GuardResult =
  | { stopped: 'not-settled'; waited: Waited }
  | { stopped: 'checks'; mapping: Mapping | null; findings: Finding[]; obstacle: Omit<Obstacle, 'step'> };

export type WaitResult =
  | { until: 'gone'; waited: Waited }
  | { until: 'working'; watched: Watched }
  | { until: 'topic-active'; waited: TopicWaited };

export interface StepResult {
  /** Of the calls that were begun, in their order; calls after one that was not made are not begun. */
  calls: CallResult[];
  /** The mapping was found at rest before its guarded call. */
  settled: Mapping | null;
  /** Null where the guard let the call pass, or there is none. */
  guard: GuardResult | null;
  /** What was waited for last; null where nothing was. */
  wait: WaitResult | null;
  /** The mapping that was made, adopted or read after the last call; null where it was none of these. */
  mapping: Mapping | null;
  /** What became of the call that takes the mapping back, and the mapping after it; null where it was not needed. */
  rollback: { call: CallResult; mapping: Mapping | null } | null;
  /** What its calls yielded, by placeholder. */
  values: Values;
  /** It was left out since an earlier step did not succeed. */
  skipped: boolean;
  /** All of it was done, or there was nothing to do. */
  succeeded: boolean;
}

/** Of a step before anything was done. */
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
