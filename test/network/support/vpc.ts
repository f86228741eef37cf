/** One VPC with what a test puts into it, indexed as the solver wants it. */
import { indexNetwork, type NetworkIndex, type Vpc } from '../../../src/network/network-index.js';
import type { NetworkReads } from '../../../src/network/question.js';
import { emptySnapshot } from '../../../src/snapshot/snapshot.js';

export const vpcId = 'vpc-1';

export function indexedVpc(fill: (reads: NetworkReads) => void): { index: NetworkIndex; vpc: Vpc } {
  const reads = emptySnapshot({
    tool: { name: 'test', version: '0' },
    partition: 'aws',
    region: 'eu-west-1',
    account: '111122223333',
    caller: null,
    capturedAt: '2026-01-01T00:00:00Z',
  });
  fill(reads);
  const index = indexNetwork(reads);
  return { index, vpc: index.vpc(vpcId) };
}
