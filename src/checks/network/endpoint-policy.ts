import { defineCheck } from '../define.js';
import { judgeComponent, list, resources } from '../support/network.js';

export default defineCheck({
  id: 'network.endpoint-policy',
  title: 'An endpoint’s policy stops a call that the pollers make',
  severity: 'error',
  stage: 'network',
  needs: ['network'],
  judge: ({ network }) => judgeComponent('endpoint-policy', network),
  describe: (evidence) => ({
    title: `The policy of endpoint ${resources(evidence)} stops the pollers’ call to ${list(evidence.services)}`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
