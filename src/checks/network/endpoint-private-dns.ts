/** Judged in src/network/service-path.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import {
  endpointsText,
  judgeComponent,
  purposeOf,
  servicesText,
  type NetworkEvidence,
} from '../support/network-component.js';
import { servicePremises } from '../support/premises.js';

function titleOf({ services, facts, summaries }: NetworkEvidence): string {
  const endpoints = facts.map(({ resource }) => resource).filter((resource) => resource.startsWith('vpce-'));
  if (endpoints.length > 0)
    return `Private DNS is disabled for ${services.length === 1 ? `the ${services[0]} endpoint ${endpoints[0]}` : `the ${endpointsText(services)}`}`;
  const [zone] = facts.map(({ resource }) => resource);
  return summaries.length === 1 && zone !== undefined
    ? `Private hosted zone ${zone.replace(/ \(.*/, '')} ${summaries[0]}`
    : `Private hosted zones do not point ${servicesText(services, 'and')} to an endpoint`;
}

export default defineCheck({
  id: 'network.endpoint-private-dns',
  title: 'Private DNS of an endpoint is disabled, so the service’s default name does not resolve to it',
  severity: 'error',
  stage: 'network',
  indicator: 'the VPC has the endpoint, but its PrivateDnsEnabled is false',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
  ],
  needs: ['network'],
  restsOn: servicePremises,
  judge: ({ network }) => judgeComponent('endpoint-private-dns', network),
  describe: (evidence) => ({ title: titleOf(evidence), evidence: evidence.facts }),
  kind: ({ services }) => purposeOf(services),
  fixes: ({ fixes }) => fixes,
});
