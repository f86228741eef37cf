/** Judged in src/network/subnet-capacity.ts, for every path of src/network/reachability.ts. */
import { defineCheck, fail, type Judgement } from '../define.js';
import { judgeComponent, list, subnetsText, type NetworkEvidence } from '../support/network-component.js';
import { recreateCommand } from '../support/recreate.js';

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
  needs: ['network', 'mapping', 'capturedAt'],
  judge({ network, mapping, capturedAt }): Judgement<NetworkEvidence> {
    const judgement = judgeComponent('subnet-capacity', network);
    if (judgement.status !== 'fail') return judgement;
    const { fixes } = judgement.evidence;
    const onOther = recreateCommand(mapping, ['--cluster', 'CLUSTER'], { since: 'creation', now: capturedAt });
    return fail({
      ...judgement.evidence,
      fixes: fixes.map((fix) =>
        fix.safety === 'by-hand' && fix.commands === undefined ? { ...fix, commands: [onOther] } : fix,
      ),
    });
  },
  describe: ({ subnets, facts, blocks, summaries }) => ({
    title: titleOf(subnets, blocks, summaries),
    evidence: facts,
  }),
  fixes: ({ fixes }) => fixes,
});
