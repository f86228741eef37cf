/** Judged in src/network/dns.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, resourcesOf } from '../support/network-component.js';

export default defineCheck({
  id: 'network.vpc-dns',
  title: 'DNS attributes of the VPC are disabled, so private DNS of its endpoints does not work',
  severity: 'error',
  stage: 'network',
  indicator: 'enableDnsSupport or enableDnsHostnames of the VPC is false',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  ],
  needs: ['network'],
  judge: ({ network }) => judgeComponent('vpc-dns', network),
  describe: (evidence) => ({
    title: `${evidence.summaries[0] ?? 'DNS is disabled'} in ${list(resourcesOf(evidence))}, so ${evidence.blocks ? 'private DNS of its endpoints does not work' : 'pollers may not resolve the brokers’ names'}`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
