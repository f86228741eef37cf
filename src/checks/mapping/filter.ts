/** Judged in src/checks/mapping/support/filter-judgement.ts. */
import { defineCheck } from '../define.js';
import { filterKey } from '../support/premises.js';
import { judgeFilterKey } from '../support/filter-key.js';
import { judgeHiddenFilter, judgePatterns } from './support/filter-judgement.js';
import { updateMapping } from '../support/update-mapping.js';

export default defineCheck({
  id: 'mapping.filter',
  title: 'A filter pattern is not valid, or can never match',
  severity: 'error',
  stage: 'flow',
  indicator:
    'FilterCriteria holds a pattern that is no filter rule or asks for something beside “value”, or FilterCriteriaError is set',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html'],
  needs: ['mapping', 'otherKeys', 'eventSource', 'capturedAt'],
  restsOn: [filterKey],
  judge(facts) {
    const { mapping, otherKeys } = facts;
    const { FilterCriteriaError: error } = mapping;
    if (error?.ErrorCode === undefined && error?.Message === undefined) return judgePatterns(mapping);
    const { filter: key } = otherKeys;
    const lambdaMay = key !== null && key.policy.is === 'known' && judgeFilterKey(key, facts) === null;
    return judgeHiddenFilter(mapping, lambdaMay);
  },
  describe: ({ uuid, says, facts }) => ({
    title: `The mapping’s filter ${says}: ${facts[0]!}`,
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  kind: ({ isHidden }) => (isHidden === true ? 'filter-key' : undefined),
  fixes: ({ uuid }) => [
    { title: 'Correct the pattern', safety: 'by-hand', changes: [] },
    {
      title: 'Or take the filter out of the mapping',
      safety: 'care',
      changes: [updateMapping(uuid, { FilterCriteria: {} }, null)],
    },
  ],
});
