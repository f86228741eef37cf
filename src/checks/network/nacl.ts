/** Judged in src/network/network-acls.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { brokersOnly } from '../support/premises.js';
import { judgeComponent, resourcesOf, subject } from '../support/network-component.js';

export default defineCheck({
  id: 'network.nacl',
  title: 'A network ACL denies traffic that the pollers need',
  severity: 'error',
  stage: 'network',
  indicator: 'a cluster subnet is associated with a network ACL other than the default one',
  docs: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  needs: ['network'],
  restsOn: brokersOnly,
  judge: ({ network }) => judgeComponent('nacl', network),
  describe: (evidence) => ({
    title: `${subject('Network ACL', resourcesOf(evidence), evidence.blocks ? ['denies', 'deny'] : ['allows', 'allow'])} ${evidence.blocks ? '' : 'only some ports of '}${evidence.summaries.length > 2 ? 'several flows of the pollers' : evidence.summaries.join(' and ')}`,
    evidence: evidence.facts,
  }),
  kind: ({ services }) => (services.length === 0 ? 'brokers-only' : undefined),
  fixes: ({ fixes }) => fixes,
});
