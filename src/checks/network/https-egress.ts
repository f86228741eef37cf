/** Judged in src/network/security-groups.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, purposeOf, resourcesOf, servicesText, subject } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.https-egress',
  title: 'The pollers’ security groups do not allow outbound TCP 443 to AWS services',
  severity: 'error',
  stage: 'network',
  indicator: 'the outbound rules of the cluster’s security groups do not include TCP 443',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('https-egress', network),
  describe: (evidence) => ({
    title: `${subject('Security group', resourcesOf(evidence), ['does', 'do'])} not allow outbound TCP 443 to ${servicesText(evidence.services, 'or')}`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
