/** Judged in src/network/security-groups.ts, for every path of src/network/reachability.ts. */
import { defineCheck, skip } from '../define.js';
import { authPremises } from '../support/premises.js';
import { byConnection, causesText, judgeComponent, resourcesOf, subject } from '../support/network-component.js';

export default defineCheck({
  id: 'network.broker-egress',
  title: 'The pollers’ security groups do not allow outbound traffic to the brokers',
  severity: 'error',
  stage: 'network',
  indicator: 'the outbound rules of the cluster’s security groups do not include the brokers’ port',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  needs: ['network'],
  restsOn: authPremises,
  judge: ({ network }) =>
    network.question.brokers === null ? skip(byConnection) : judgeComponent('broker-egress', network, 'broker'),
  describe: (evidence) => ({
    title:
      evidence.summaries.length > 0
        ? `Pollers cannot reach the brokers${causesText(evidence.summaries)}`
        : `${subject('Security group', resourcesOf(evidence), ['does', 'do'])} not allow outbound TCP ${evidence.port} to the brokers`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
