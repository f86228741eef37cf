import { defineCheck, fail, pass, skip, warn, type Judgement } from '../define.js';
import { filterFaults, unmatchable } from '../filter-pattern.js';

interface Evidence {
  uuid: string;
  facts: string[];
}

export default defineCheck({
  id: 'mapping.filter',
  title: 'A filter pattern is not valid, or can never match',
  severity: 'error',
  stage: 'flow',
  needs: ['mapping'],
  judge({ mapping: { UUID: uuid, FilterCriteria: criteria, FilterCriteriaError: error } }): Judgement<Evidence> {
    if (error !== undefined) return fail({ uuid, facts: [`Lambda cannot read the filter: ${[error.ErrorCode, error.Message].filter(Boolean).join(': ')}`] });
    const patterns = (criteria?.Filters ?? []).flatMap(({ Pattern: pattern }) => (pattern === undefined ? [] : [pattern]));
    if (patterns.length === 0) return skip('the mapping has no filter');
    const faults = patterns.flatMap(filterFaults);
    if (faults.length > 0) return fail({ uuid, facts: faults });
    const never = patterns.map(unmatchable);
    // Patterns are joined by OR: one that can match is enough.
    return never.every((names) => names.length > 0)
      ? warn({ uuid, facts: never.flat().map((name) => `the pattern asks for “${name}”, which a Kafka record does not have: its content is under “value”`) })
      : pass;
  },
  describe: ({ uuid, facts }) => ({ title: `The mapping’s filter lets nothing through: ${facts[0]!}`, evidence: facts.map((fact) => ({ resource: uuid, fact })) }),
  fixes: ({ uuid }) => [
    { title: 'Correct the pattern', safety: 'by-hand', changes: [] },
    {
      title: 'Or take the filter out of the mapping',
      safety: 'care',
      changes: [{ service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, FilterCriteria: {} }, undo: null }],
    },
  ],
});
