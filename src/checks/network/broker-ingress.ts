/** Judged in src/network/security-groups.ts, for every path of src/network/reachability.ts. */
import { defineCheck, skip } from '../define.js';
import { authPremises } from '../support/premises.js';
import { byConnection, judgeComponent, resourcesOf, subject } from '../support/network-component.js';

export default defineCheck({
  id: 'network.broker-ingress',
  title: 'The brokers’ security groups do not allow inbound traffic from the pollers',
  severity: 'error',
  stage: 'network',
  indicator: 'no inbound rule of the cluster’s security groups allows the brokers’ port from these groups themselves',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  needs: ['network'],
  restsOn: authPremises,
  judge: ({ network }) =>
    network.question.brokers === null ? skip(byConnection) : judgeComponent('broker-ingress', network, 'broker'),
  describe: (evidence) => ({
    title: `${subject('Security group', resourcesOf(evidence), ['does', 'do'])} not allow inbound TCP ${evidence.port} from ${resourcesOf(evidence).length === 1 ? 'itself' : 'themselves'} (broker port)`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
