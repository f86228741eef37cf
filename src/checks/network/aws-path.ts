/** Judged in src/network/service-path.ts and src/network/egress-path.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { noEndpoint } from '../../network/egress-fallback.js';
import { noDefaultRoute } from '../../network/routes.js';
import { causesText, judgeComponent, purposeOf, servicesText, subnetsText } from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

/** A missing endpoint is only worth a word where the route is missing too: a broken route names the repair itself. */
function causesOf(summaries: readonly string[]): string[] {
  const others = summaries.filter((summary) => summary !== noEndpoint);
  if (others.length === summaries.length) return others;
  return others.length === 1 && others[0] === noDefaultRoute ? [`${noDefaultRoute} and ${noEndpoint}`] : others;
}

export default defineCheck({
  id: 'network.aws-path',
  title: 'The pollers’ subnets cannot reach an AWS service',
  severity: 'error',
  stage: 'network',
  indicator:
    'a cluster subnet has no default route to a working NAT gateway, and the VPC lacks an endpoint for Lambda, STS or, with a secret, Secrets Manager',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('aws-path', network),
  describe: ({ subnets, services, facts, summaries, blocks }) => ({
    title: `${subnetsText(subnets)} ${blocks ? 'cannot' : 'may not'} reach ${servicesText(services, 'or')}${causesText(causesOf(summaries))}`,
    evidence: facts,
  }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
