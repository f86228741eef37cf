/** Judged in src/network/security-groups.ts, for every path of src/network/reachability.ts. */
import { defineCheck, skip } from '../define.js';
import { authPremises } from '../support/premises.js';
import { byConnection, judgeComponent, resources } from '../support/network-component.js';

export default defineCheck({
  id: 'network.broker-egress',
  title: 'The pollers’ security groups do not let traffic out to the brokers',
  severity: 'error',
  stage: 'network',
  indicator: 'the outbound rules of the cluster’s groups were narrowed and leave the brokers’ port out',
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
    title: `${evidence.facts.some(({ resource }) => resource.startsWith('rtb-')) ? '' : 'Security group '}${resources(evidence)} does not let the pollers out to the brokers on TCP ${evidence.port}`,
    evidence: evidence.facts,
  }),
  fixes: ({ fixes }) => fixes,
});
