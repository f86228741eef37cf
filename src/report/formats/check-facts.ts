/** What is fixed about a check, whether it judges accounts or templates. */
import { templateChecks } from '../../catalogue/template-checks.js';
import { checks } from '../../checks/index.js';

export interface CheckFacts {
  id: string;
  /** The failing state in a few words. */
  title: string;
  severity: 'info' | 'warning' | 'error';
  /** How to recognise it, without a period. */
  indicator: string;
  /** Pages of the documentation of AWS or Kafka, the most relevant first. */
  docs: readonly string[];
}

const all = new Map<string, CheckFacts>([...checks, ...templateChecks].map((check) => [check.id, check]));

/** The checks with these ids, in the order of all checks. */
export const factsOfChecks = (ids: ReadonlySet<string>): CheckFacts[] =>
  [...all.values()].filter(({ id }) => ids.has(id));
