/** Judged in src/network/endpoints.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, resources, purposeOf } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.endpoint-ingress',
  title: 'An endpoint’s security groups do not let the pollers in on 443',
  severity: 'error',
  stage: 'network',
  indicator: 'the endpoint’s security groups have no inbound rule for 443 from the cluster’s groups',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('endpoint-ingress', network),
  describe: (evidence) => ({
    title: `Security group ${resources(evidence)} does not let the pollers in to the endpoint of ${list(evidence.services)} on TCP 443`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
