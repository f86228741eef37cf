/**
 * One plan that repairs everything that was diagnosed: the fixes of all causes, merged by resource and in a working
 * order. Plain JSON: `doctor --plan` prints it, `doctor --fix` carries it out, and it is written as a shell script,
 * Terraform or CloudFormation.
 */
import type { CheckId } from '../catalogue/check-ids.js';
import type { SuppressedFinding, Verdict } from '../diagnosis/diagnosis.js';
import type { Cost } from '../fixes/cost.js';
import type { Change, Safety } from '../fixes/fix.js';
import type { Owner } from '../snapshot/owner-of-tags.js';
import type { ShellCommand } from '../text/shell.js';

export interface RepairPlan {
  /** In order of execution. Steps of options that are not chosen come after those that are. */
  steps: RepairStep[];
  /** What a user has to decide; without an answer the first option of each is taken. */
  choices: RepairChoice[];
  /** What no call can repair, with the command that does it. */
  byHand: ManualStep[];
  /** The diagnosis after the chosen steps, simulated on the snapshot. */
  simulated: SimulatedResult;
  /** Failures that the project accepts although Lambda shows an error: no step repairs them. */
  accepted: readonly SuppressedFinding[];
}

/** One call, with everything that a user needs to agree to it. */
export interface RepairStep extends Change {
  /** `step-1`, `step-2`, … in the order of the list. */
  id: string;
  /** ARN or id of what the call changes. */
  resource: string;
  /** Why it is needed, as a sentence. */
  reason: string;
  safety: Exclude<Safety, 'by-hand'>;
  /** What others are affected, or how rights are extended; one sentence for each, empty for `safe`. */
  dangers: string[];
  cost: Cost;
  /** The tool that owns the resource by its tags; null where none is known. */
  owner: Owner | null;
  /** The failing findings that it resolves, alone or with the other steps. */
  resolves: { mapping: string; check: CheckId }[];
  /** False for a step that belongs only to an option that is not chosen: it is not carried out. */
  isChosen: boolean;
}

export interface RepairChoice {
  question: string;
  options: RepairOption[];
  /** Index of the option that is taken. */
  chosen: number;
}

export interface RepairOption {
  title: string;
  cost: Cost;
  /** Ids of its steps; empty for a manual option. */
  steps: string[];
}

export interface ManualStep {
  title: string;
  /** The command of this program, or of another, that does it; null where there is none. */
  command: ShellCommand | null;
  /** The failing findings that it is for. */
  resolves: { mapping: string; check: CheckId }[];
}

export interface SimulatedResult {
  /** The most severe verdict of the diagnosed mappings; `unknown` where a step cannot be simulated. */
  verdict: Verdict;
  /** Checks that fail even then, of any mapping, without duplicates. */
  failing: CheckId[];
}
