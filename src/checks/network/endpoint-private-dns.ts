/** Judged in src/network/service-path.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, purposeOf } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.endpoint-private-dns',
  title: 'An endpoint’s private DNS is off, so the default names do not lead to it',
  severity: 'error',
  stage: 'network',
  indicator: 'the VPC has the endpoint, and its PrivateDnsEnabled is false',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('endpoint-private-dns', network),
  describe: ({ services, facts }) => ({
    title: facts.some(({ resource }) => resource.startsWith('vpce-'))
      ? `Private DNS is off for the endpoint of ${list(services)}, and the pollers’ subnets have no other way there`
      : `A private hosted zone does not lead the name of ${list(services)} to its endpoint`,
    evidence: facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
