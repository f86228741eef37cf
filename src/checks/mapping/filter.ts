/** Judged in src/checks/mapping/support/filter-judgement.ts. */
import { defineCheck } from '../define.js';
import { filterKey } from '../support/premises.js';
import { fixFilterKey, judgeFilterKey } from '../support/filter-key.js';
import { keyStateFault } from '../secret/support/key-state.js';
import { judgeHiddenFilter, judgePatterns } from './support/filter-judgement.js';

export default defineCheck({
  id: 'mapping.filter',
  title: 'A filter pattern is not valid or never matches, or there are too many patterns',
  severity: 'error',
  stage: 'flow',
  indicator:
    'FilterCriteria has a pattern that is not a filter rule or filters on something other than “value”, or FilterCriteriaError is set',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html'],
  needs: ['mapping', 'otherKeys', 'eventSource', 'capturedAt'],
  restsOn: [filterKey],
  judge(facts) {
    const { mapping, otherKeys } = facts;
    const { FilterCriteriaError: error } = mapping;
    if (error?.ErrorCode === undefined && error?.Message === undefined) return judgePatterns(mapping);
    const { filter: key } = otherKeys;
    const refusal = key === null ? null : judgeFilterKey(key, facts);
    const lambdaMay = key !== null && key.policy.is === 'known' && refusal === null;
    const state = key?.key.is === 'known' && key.key.value !== null ? keyStateFault(key.key.value) : null;
    return judgeHiddenFilter(mapping, lambdaMay, [
      ...(state?.fixes ?? []),
      ...(refusal === null ? [] : fixFilterKey(refusal)),
    ]);
  },
  describe: ({ uuid, says, facts }) => ({
    title: `The mapping’s filter ${says}`,
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  kind: ({ isHidden }) => (isHidden === true ? 'filter-key' : undefined),
  fixes: ({ fixes }) => fixes,
});
