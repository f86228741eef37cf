/** Judged in src/network/security-groups.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, resources, purposeOf } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.https-egress',
  title: 'The pollers’ security groups do not let HTTPS out to AWS services',
  severity: 'error',
  stage: 'network',
  indicator: 'the outbound rules of the cluster’s groups were narrowed and leave 443 out',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('https-egress', network),
  describe: (evidence) => ({
    title: `Security group ${resources(evidence)} does not let the pollers out on TCP 443 to ${list(evidence.services)}`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
