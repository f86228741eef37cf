/** What a diagnosis is: for each mapping what was observed, what was found, and the causes in order. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { Finding } from '../checks/run.js';
import type { ErrorTextId } from '../catalogue/match.js';
import type { ReadRecord } from '../snapshot/read.js';

/** Gravest first. `unknown`: what could not be read may hold the cause. */
export const verdicts = ['broken', 'unknown', 'at-risk', 'healthy'] as const;
export type Verdict = (typeof verdicts)[number];

/** A root cause: the check that found it, how sure (0–1), and why it stands where it stands. */
export interface Cause {
  check: CheckId;
  confidence: number;
  because: string;
}

export interface Observed {
  state: string | null;
  stateTransitionReason: string | null;
  lastProcessingResult: string | null;
  /** The text's id in the catalogue; `unknown` for one it lacks, null for a healthy one or none. */
  error: ErrorTextId | 'unknown' | null;
}

export interface MappingDiagnosis {
  uuid: string;
  functionArn: string | null;
  eventSourceArn: string | null;
  topic: string | null;
  verdict: Verdict;
  observed: Observed;
  /** Most likely first; empty when healthy, and when nothing that was read explains the text. */
  causes: Cause[];
  findings: Finding[];
  /** What a person should know beside the findings: an unexplained text, a repair that is younger than the text. */
  hints: string[];
}

export interface Diagnosis {
  account: string | null;
  region: string;
  capturedAt: string;
  summary: { healthy: number; atRisk: number; broken: number; unknown: number };
  /** Gravest verdict first, then by event source, function and UUID. */
  mappings: MappingDiagnosis[];
  coverage: { decided: number; unknown: number; missingActions: string[] };
  reads: ReadRecord[];
}
