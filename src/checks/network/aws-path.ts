/** Judged in src/network/service-path.ts and src/network/egress-path.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, purposeOf } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

export default defineCheck({
  id: 'network.aws-path',
  title: 'The pollers’ subnets have no path to an AWS service',
  severity: 'error',
  stage: 'network',
  indicator:
    'a cluster subnet’s route table has neither a NAT gateway that works nor are there endpoints for Lambda, STS and, with a secret, Secrets Manager',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('aws-path', network),
  describe: ({ subnets, services, facts }) => ({
    title: `${subnets.length === 1 ? 'Subnet' : 'Subnets'} ${list(subnets)} ${subnets.length === 1 ? 'has' : 'have'} no path to ${list(services)}`,
    evidence: facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
