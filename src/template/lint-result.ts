/** The result of `lint`: findings about templates, with the places where they are written. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { TemplateCheckId } from '../catalogue/template-checks.js';
import type { Cause, Verdict } from '../diagnosis/diagnosis.js';
import type { Finding } from '../checks/run.js';
import type { Location } from './location.js';
import type { TemplateFormat } from './resource.js';

export interface LintFinding extends Omit<Finding, 'check'> {
  check: CheckId | TemplateCheckId;
  location: Location;
  /** Other places that matter: the first of two equal keys, the other of two resources. */
  related: Location[];
  /** What the role's policy lacks; none where the fix is another. */
  repair: RepairStatement[];
}

/** A statement that allows actions; resources may contain references of CloudFormation. */
export interface RepairStatement {
  actions: string[];
  resources: string[];
}

export interface LintMapping {
  /** The names of the resources in their language; null for what is outside the input. */
  address: string;
  functionAddress: string | null;
  sourceAddress: string | null;
  location: Location;
  topic: string | null;
  /** On Kafka outside MSK: network, login and permissions are not checked. */
  isSelfManaged: boolean;
  verdict: Exclude<Verdict, 'disabled'>;
  /** What stops the deployment itself comes first. */
  causes: (Omit<Cause, 'check'> & { check: LintFinding['check'] })[];
  findings: LintFinding[];
}

/** A finding that the template's author accepts. */
export interface SuppressedFinding {
  check: string;
  location: Location;
  reason: string;
  /** The last day on which it counts, as YYYY-MM-DD. */
  until: string;
  finding: LintFinding;
  /** The address of its mapping; null for a finding that belongs to none. */
  mapping: string | null;
  /** It is suppressed in the configuration file, not in the template. */
  isOfProject: boolean;
}

export interface LintResult {
  files: { path: string; format: TemplateFormat }[];
  /** In the order of the templates. */
  mappings: LintMapping[];
  /** About files and resources that belong to no mapping. */
  findings: LintFinding[];
  suppressed: SuppressedFinding[];
}

/** Mappings can share a finding: each suppressed finding at a location once. */
export const distinctSuppressed = ({ suppressed }: Pick<LintResult, 'suppressed'>): SuppressedFinding[] => [
  ...new Map(
    suppressed.map((entry) => [JSON.stringify([entry.check, entry.location, entry.reason, entry.until]), entry]),
  ).values(),
];
