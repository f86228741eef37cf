/** The type of a diagnosis: for each mapping the observed state, the findings, and the causes in order. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { Finding } from '../checks/run.js';
import type { ErrorTextId } from '../catalogue/match.js';
import type { ReadRecord } from '../snapshot/read.js';
import type { ResourceNames } from '../snapshot/resource-names.js';

/**
 * Most severe first. `unknown`: a check that could not be decided may contain the cause. `disabled`: a user disabled the
 * mapping, and no check fails that would stop it once it is enabled.
 */
export const verdicts = ['broken', 'unknown', 'disabled', 'at-risk', 'healthy'] as const;
export type Verdict = (typeof verdicts)[number];

/** A root cause: the check that found it, the confidence (0–1), and the reason for its position in the list. */
export interface Cause {
  check: CheckId;
  confidence: number;
  because: string;
}

/** An undecided check that is known to produce what Lambda shows. */
export interface LikelyCause {
  check: CheckId;
  because: string;
}

export interface Observed {
  state: string | null;
  stateTransitionReason: string | null;
  lastProcessingResult: string | null;
  /** The text's id in the catalogue; `unknown` for one that it lacks, null for a healthy one or none. */
  error: ErrorTextId | 'unknown' | null;
}

export interface MappingDiagnosis {
  uuid: string;
  functionArn: string | null;
  eventSourceArn: string | null;
  topic: string | null;
  verdict: Verdict;
  observed: Observed;
  /** Most likely first. Empty when healthy, and when no finding explains the text. */
  causes: Cause[];
  /** For the verdict `unknown`: checks that could not be decided and are known to produce what Lambda shows. */
  likely: LikelyCause[];
  findings: Finding[];
  /** Information besides the findings: an unexplained text, a change that is younger than the text. */
  hints: string[];
}

/**
 * A mapping on self-managed Kafka: not an MSK trigger, but reported, with the checks that are valid for both kinds
 * of source.
 */
export interface LeftOutDiagnosis extends Pick<
  MappingDiagnosis,
  'uuid' | 'functionArn' | 'topic' | 'observed' | 'causes' | 'findings'
> {
  bootstrapServers: string[];
  /** The MSK cluster of the account that the bootstrap servers belong to; null where none is known. */
  clusterArn: string | null;
  because: string;
  /** Null where no check ran: its brokers are not on MSK, and the user did not name it. */
  verdict: Verdict | null;
}

/** A failure or warning that the project accepts. */
export interface SuppressedFinding {
  /** The UUID. */
  mapping: string;
  finding: Finding;
  reason: string;
  /** The last day on which it counts, as YYYY-MM-DD. */
  until: string;
  /**
   * False for a mapping for which Lambda shows an error, or that Lambda stopped: the finding stays among its findings,
   * because it may explain that.
   */
  isHidden: boolean;
}

export interface Diagnosis {
  account: string | null;
  region: string;
  capturedAt: string;
  summary: { healthy: number; atRisk: number; broken: number; disabled: number; unknown: number };
  /** Most severe verdict first, then by event source, function and UUID. */
  mappings: MappingDiagnosis[];
  /** By UUID. */
  leftOut: LeftOutDiagnosis[];
  /** The checks that a user selected and those that were left out, also where that is none; null without a selection. */
  scope: { run: CheckId[]; leftOut: CheckId[] } | null;
  coverage: { decided: number; unknown: number; missingActions: string[] };
  reads: ReadRecord[];
  /** Absent where the project accepts no finding: it has no suppression. */
  suppressed?: SuppressedFinding[];
  /** About suppressions that have expired or match nothing. */
  warnings?: string[];
  /** Names of the resources in the findings, for people; the findings themselves have ids and ARNs. */
  names: ResourceNames;
}
