/** Judged in src/network/endpoints.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, resources, purposeOf } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.endpoint-policy',
  title: 'An endpoint’s policy stops a call that the pollers make',
  severity: 'error',
  stage: 'network',
  indicator: 'the endpoint’s PolicyDocument is not the open default one',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('endpoint-policy', network),
  describe: (evidence) => ({
    title: `The policy of endpoint ${resources(evidence)} stops the pollers’ call to ${list(evidence.services)}`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
