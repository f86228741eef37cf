import { defineCheck } from '../define.js';
import { judgeComponent, list, resources } from '../support/network.js';

export default defineCheck({
  id: 'network.https-egress',
  title: 'The pollers’ security groups do not let HTTPS out to AWS services',
  severity: 'error',
  stage: 'network',
  needs: ['network'],
  judge: ({ network }) => judgeComponent('https-egress', network),
  describe: (evidence) => ({
    title: `Security group ${resources(evidence)} does not let the pollers out on TCP 443 to ${list(evidence.services)}`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
