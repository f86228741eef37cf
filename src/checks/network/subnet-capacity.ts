/** Judged in src/network/subnet-capacity.ts, for every path of src/network/reachability.ts. */
import { defineCheck } from '../define.js';
import { judgeComponent, list, subnetsText } from '../support/network-component.js';

function titleOf(subnets: readonly string[], blocks: boolean, summaries: readonly string[]): string {
  const isSingle = subnets.length === 1;
  if (!blocks) return `${subnetsText(subnets)} ${isSingle ? 'has' : 'have'} few free IP addresses`;
  if (summaries.length > 1) return `Lambda cannot create network interfaces in ${list(subnets)}`;
  return summaries[0] === 'deleted'
    ? `${subnetsText(subnets)} of the cluster ${isSingle ? 'was' : 'were'} deleted`
    : `${subnetsText(subnets)} ${isSingle ? 'has' : 'have'} no free IP address for Lambda’s network interface`;
}

export default defineCheck({
  id: 'network.subnet-capacity',
  title: 'A poller subnet was deleted or has no free IP address',
  severity: 'error',
  stage: 'network',
  indicator: 'AvailableIpAddressCount of a cluster subnet is near 0, and the subnet has no network interface of Lambda',
  docs: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-create.html',
  ],
  needs: ['network'],
  judge: ({ network }) => judgeComponent('subnet-capacity', network),
  describe: ({ subnets, facts, blocks, summaries }) => ({
    title: titleOf(subnets, blocks, summaries),
    evidence: facts,
  }),
  fixes: ({ fixes }) => fixes,
});
