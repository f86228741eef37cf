/** Judged in src/network/network-acls.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { brokersOnly } from '../support/premises.js';
import { judgeComponent, resources } from '../support/network-component.js';

export default defineCheck({
  id: 'network.nacl',
  title: 'A network ACL blocks what the pollers need',
  severity: 'error',
  stage: 'network',
  indicator: 'a network ACL other than the default one stands on a cluster subnet',
  docs: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  needs: ['network'],
  restsOn: brokersOnly,
  judge: ({ network }) => judgeComponent('nacl', network),
  describe: (evidence) => ({
    title: `Network ACL ${resources(evidence)} ${evidence.blocks ? 'blocks' : 'blocks a part of'} what the pollers need`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => (services.length === 0 ? 'brokers-only' : undefined),
  fixes: ({ fixes }) => fixes,
});
