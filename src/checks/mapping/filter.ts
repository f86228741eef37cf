/** Judged in src/checks/mapping/support/filter-judgement.ts. */
import { defineCheck } from '../define.js';
import { filterKey } from '../support/premises.js';
import { fixFilterKey, judgeFilterKey } from '../support/filter-key.js';
import { keyStateFault } from '../secret/support/key-state.js';
import { judgeHiddenFilter, judgePatterns } from './support/filter-judgement.js';

export default defineCheck({
  id: 'mapping.filter',
  title: 'A filter pattern is not valid or can never match, or there are more than the default quota',
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
    const refusal = key === null ? null : judgeFilterKey(key, facts);
    const lambdaMay = key !== null && key.policy.is === 'known' && refusal === null;
    const state = key?.key.is === 'known' && key.key.value !== null ? keyStateFault(key.key.value) : null;
    return judgeHiddenFilter(mapping, lambdaMay, [
      ...(state?.fixes ?? []),
      ...(refusal === null ? [] : fixFilterKey(refusal)),
    ]);
  },
  describe: ({ uuid, says, facts }) => ({
    title: `The mapping’s filter ${says}: ${facts[0]!}`,
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  kind: ({ isHidden }) => (isHidden === true ? 'filter-key' : undefined),
  fixes: ({ fixes }) => fixes,
});
