/** Judged in src/network/endpoints.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { endpointsText, judgeComponent, purposeOf, resourcesOf, subject } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.endpoint-ingress',
  title: 'An endpoint’s security groups do not allow inbound TCP 443 from the pollers',
  severity: 'error',
  stage: 'network',
  indicator: 'the endpoint’s security groups have no inbound rule for TCP 443 from the cluster’s security groups',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('endpoint-ingress', network),
  describe: (evidence) => ({
    title: `${subject('Security group', resourcesOf(evidence), ['blocks', 'block'])} the pollers on TCP 443 (${endpointsText(evidence.services)})`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
