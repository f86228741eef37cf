/** Judged in src/network/endpoints.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { endpointsText, judgeComponent, purposeOf, resourcesOf, servicesText } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.endpoint-policy',
  title: 'An endpoint’s policy does not allow a call of the pollers',
  severity: 'error',
  stage: 'network',
  indicator: 'the endpoint’s PolicyDocument is not the default one, which allows every call',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('endpoint-policy', network),
  describe: (evidence) => ({
    title: `The policy of ${resourcesOf(evidence).length === 1 ? `endpoint ${resourcesOf(evidence)[0]}` : `the ${endpointsText(evidence.services)}`} ${evidence.summaries.slice(0, 2).join(' and ') || `blocks the pollers’ call to ${servicesText(evidence.services, 'and')}`}`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
