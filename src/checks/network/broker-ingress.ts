/** Judged in src/network/security-groups.ts, for every path of src/network/reachability.ts. */
import { defineCheck, skip } from '../define.js';
import { authPremises } from '../support/premises.js';
import { byConnection, judgeComponent, resources } from '../support/network-component.js';

export default defineCheck({
  id: 'network.broker-ingress',
  title: 'The brokers’ security groups do not let the pollers in',
  severity: 'error',
  stage: 'network',
  indicator: 'no inbound rule of the cluster’s groups lets the groups themselves in on the brokers’ port',
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
    title: `Security group ${resources(evidence)} does not let the pollers in to the brokers on TCP ${evidence.port}`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
