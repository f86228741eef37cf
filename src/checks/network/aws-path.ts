import { defineCheck } from '../define.js';
import { judgeComponent, list } from '../support/network.js';

export default defineCheck({
  id: 'network.aws-path',
  title: 'The pollers’ subnets have no path to an AWS service',
  severity: 'error',
  stage: 'network',
  needs: ['network'],
  judge: ({ network }) => judgeComponent('aws-path', network),
  describe: ({ subnets, services, facts }) => ({
    title: `${subnets.length === 1 ? 'Subnet' : 'Subnets'} ${list(subnets)} ${subnets.length === 1 ? 'has' : 'have'} no path to ${list(services)}`,
    evidence: facts,
  }),
  fixes: ({ fixes }) => fixes,
});
