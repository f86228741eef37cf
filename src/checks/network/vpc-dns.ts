/** Judged in src/network/dns.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, resources } from '../support/network-component.js';

export default defineCheck({
  id: 'network.vpc-dns',
  title: 'The VPC’s DNS attributes are off, and endpoints with private DNS rest on them',
  severity: 'error',
  stage: 'network',
  indicator: 'enableDnsSupport or enableDnsHostnames of the VPC is off',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  ],
  needs: ['network'],
  judge: ({ network }) => judgeComponent('vpc-dns', network),
  describe: (evidence) => ({
    title: `The DNS attributes of ${resources(evidence)} ${evidence.blocks ? `keep the pollers from the endpoints of ${list(evidence.services)}` : 'may keep the pollers from the brokers’ names'}`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
