/** Findings that a project accepts until a day, in templates and in the configuration file. */
import { fitsPattern } from '../text/glob.js';

/** An entry of `suppress` in the configuration file. */
export interface ProjectSuppression {
  /** The id of a check, which may contain `*`. */
  check: string;
  /** A name, id, ARN, address or file, which may contain `*`. */
  resource: string;
  reason: string;
  /** The last day on which it counts, as YYYY-MM-DD. */
  until: string;
  /** The only command for which it counts; null for all. */
  command: 'doctor' | 'lint' | null;
  /** Its line in the file. */
  line: number;
}

/** A date as it is written in suppressions. */
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a day of the calendar, as YYYY-MM-DD. */
export const isDay = (text: string): boolean =>
  datePattern.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** The day is over, in UTC. */
export const hasExpired = ({ until }: { until: string | null }, now: Date): boolean =>
  until !== null && until < now.toISOString().slice(0, 10);

/** `network.*` matches all checks of the group. */
export const matchesCheck = (pattern: string, id: string): boolean => fitsPattern(pattern, id);

/**
 * Whether a pattern is about a finding: it fits a name of what the finding belongs to, or each resource of the
 * evidence, so that a resource with the same fault that nobody accepted is still found.
 */
export const matchesResource = (
  pattern: string,
  names: readonly (string | null)[],
  evidence: readonly { resource: string }[],
): boolean =>
  names.some((name) => name !== null && fitsPattern(pattern, name)) ||
  (evidence.length > 0 && evidence.every(({ resource }) => fitsPattern(pattern, resource)));
