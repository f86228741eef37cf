/** Judged in src/network/subnet-capacity.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list } from '../support/network-component.js';

export default defineCheck({
  id: 'network.subnet-capacity',
  title: 'A poller subnet is gone or has no free address',
  severity: 'error',
  stage: 'network',
  indicator: 'AvailableIpAddressCount of a cluster subnet is near 0, and no Lambda interface stands in it',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-create.html',
  ],
  needs: ['network'],
  judge: ({ network }) => judgeComponent('subnet-capacity', network),
  describe: ({ subnets, facts, blocks }) => ({
    title: blocks
      ? `Lambda cannot place its network interfaces in ${list(subnets)}`
      : `Few addresses are free in ${list(subnets)}`,
    evidence: facts,
  }),
  fixes: ({ fixes }) => fixes,
});
