/** The result of a command as data that every format renders: findings by mapping, and what the command prints itself. */
import type { ChalkInstance } from 'chalk';
import type { Evidence, Severity } from '../../checks/define.js';
import type { Status } from '../../checks/run.js';
import type { Diagnosis, Verdict } from '../../diagnosis/diagnosis.js';
import type { Fix } from '../../fixes/fix.js';
import type { RepairPlan } from '../../repair/repair-plan.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { LintResult } from '../../template/lint-result.js';
import type { Location } from '../../template/location.js';
import type { Folders } from './artifact-uri.js';
import type { ProbeAnswer } from './probe-answer.js';
import type { MappingPaths } from '../network-text.js';

/** A finding that the user accepts until a day. */
export interface ReportSuppression {
  reason: string;
  /** The last day on which it counts, as YYYY-MM-DD. */
  until: string;
  /** Where it is written: in the template itself, or in the configuration file. */
  kind: 'inSource' | 'external';
}

export interface ReportFinding {
  /** The id of a check of an account or of a template. */
  check: string;
  status: Status;
  severity: Severity;
  title: string;
  evidence: (Evidence & { name?: string })[];
  fixes: readonly Fix[];
  /** In a template; null for a finding about an account. */
  location: Location | null;
  related: readonly Location[];
  suppression: ReportSuppression | null;
  /** It is in the baseline. */
  isKnown: boolean;
}

export interface ReportMapping {
  /** The UUID; the address of a mapping in a template. */
  id: string;
  /** `order-handler ← orders` */
  name: string;
  region: string | null;
  /** ARNs, or addresses in a template; null for what is unknown. */
  functionId: string | null;
  sourceId: string | null;
  verdict: Verdict;
  /** The answer in a few words: the first cause, or what the verdict means. */
  answer: string;
  /** What Lambda shows; null in a template. */
  lastProcessingResult: string | null;
  /** The id of the error text that Lambda shows. */
  error: string | null;
  /** Checks, most likely first. */
  causes: string[];
  findings: ReportFinding[];
  location: Location | null;
  /** It was no better in the baseline, and has no new finding. */
  isKnown: boolean;
}

/** The whole result, for a format that shows more than findings. */
export type ReportSource =
  | {
      command: 'doctor';
      /** `plan`: with the user's choices; the format makes its own where it is absent. */
      regions: readonly { diagnosis: Diagnosis; snapshot: Snapshot | null; plan?: RepairPlan }[];
      /** Options of the user that lead a printed command to the same account. */
      account?: { profile?: string | undefined; source: readonly string[] };
    }
  | { command: 'lint'; result: LintResult }
  | { command: 'probe'; answer: ProbeAnswer }
  | {
      command: 'network';
      snapshot: Snapshot;
      now: readonly MappingPaths[];
      /** After the changes of `--what-if`; null without it. */
      after: readonly MappingPaths[] | null;
    };

/** How text for people is laid out. */
export interface TextStyle {
  colour: ChalkInstance;
  columns: number;
  /** It is the answer on standard output, for which `--quiet` counts. */
  isAnswer: boolean;
  /** Only the bare result, for scripts. */
  isBare?: boolean;
}

export interface Report {
  command: 'doctor' | 'lint' | 'network' | 'probe';
  tool: { name: string; version: string };
  /** ISO 8601; null for a result that does not depend on the time. */
  capturedAt: string | null;
  account: string | null;
  region: string | null;
  /** Why AWS could not be read, as sentences. */
  trouble: readonly string[];
  /** Most severe first. */
  mappings: readonly ReportMapping[];
  /** Findings that belong to no mapping. */
  findings: readonly ReportFinding[];
  source: ReportSource | null;
  /** Compared with a baseline. */
  isCompared?: boolean;
  /** The answer for people. */
  text(style: TextStyle): string | Iterable<string>;
  /** The JSON document, in pieces or as data. */
  json(): object;
  /** One document a line; the last one is the summary. */
  jsonl(): Iterable<string>;
}

/** How a report is rendered. */
export interface ReportStyle extends TextStyle, Folders {
  /** A few lines, for a chat message. */
  isShort: boolean;
}

/** A format: from a report to its text, in pieces. Pure: the same report gives the same bytes. */
export type Renderer = (report: Report, style: ReportStyle) => string | Iterable<string>;
