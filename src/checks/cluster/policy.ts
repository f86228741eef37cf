/** Judged in src/checks/cluster/support/ and src/checks/support/network-component.ts. */
import { clusterNameOf } from '../../aws/event-source.js';
import { judgeComponent } from '../support/network-component.js';
import {
  closedByGroups,
  refusedByOwner,
  vpcConnectionFaults,
  type ConnectionFault,
} from './support/vpc-connection-faults.js';
import { defineCheck, fail, pass, skip, undecided } from '../define.js';
import type { Fix } from '../../fixes/fix.js';
import { judgeOwnerPolicy } from './support/owner-policy.js';

interface Evidence {
  connectionArn: string;
  faults: ConnectionFault[];
  fixes: Fix[];
}

export default defineCheck({
  id: 'cluster.policy',
  title: 'The VPC connection to another account’s cluster does not work for the mapping',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'DescribeVpcConnection shows a State other than AVAILABLE, or another authentication method',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cross-account.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  ],
  needs: [
    'eventSource',
    'vpcConnection',
    'mapping',
    'clusterIdentity',
    'consumerGroup',
    'resourcePolicies',
    'capturedAt',
    'works',
    'observedError',
  ],
  mayUse: ['network', 'role'],
  judge(facts) {
    const { vpcConnection, mapping, network } = facts;
    const { kind, arn: connectionArn } = facts.eventSource;
    if (kind === 'cluster') return skip('the mapping is in the cluster’s own account');
    const ofConnection = vpcConnectionFaults(vpcConnection, mapping, facts.capturedAt);
    // Which permissions the cluster's policy must grant depends on the authentication.
    const isOther = ofConnection.find((fault) => fault.kind === 'other-authentication');
    const owner = isOther !== undefined ? { refused: [], open: [] } : judgeOwnerPolicy(mapping, facts);
    const faults = [...ofConnection, ...(owner.refused.length > 0 ? [refusedByOwner(owner.refused)] : [])];
    if (faults.length > 0) return fail<Evidence>({ connectionArn, faults, fixes: [] });
    if (network.is === 'unread')
      return undecided('the security groups of the VPC connection could not be read', network.missing);
    if (network.is !== 'known') return pass;
    // The connection's network interfaces are in its own subnets, with its own security groups (AWS: multi-VPC
    // private connectivity).
    const outbound = judgeComponent('broker-egress', network.value, 'connection');
    const inbound = judgeComponent('broker-ingress', network.value, 'connection');
    const closed = [
      ...(outbound.status === 'fail' ? [{ direction: 'outbound' as const, ...outbound.evidence }] : []),
      ...(inbound.status === 'fail' ? [{ direction: 'inbound' as const, ...inbound.evidence }] : []),
    ];
    if (closed.length > 0)
      return fail<Evidence>({
        connectionArn,
        faults: closed.flatMap(({ direction, facts: reasons }) => closedByGroups(direction, reasons)),
        fixes: closed.flatMap(({ fixes }) => fixes),
      });
    const open = owner.open.length > 0 ? undecided(`the cluster policy may or may not allow ${owner.open[0]!}`) : pass;
    if (outbound.status === 'undecided') return outbound;
    return inbound.status === 'undecided' ? inbound : open;
  },
  describe: ({ connectionArn, faults }) => ({
    title:
      faults[0]!.title ?? `The VPC connection to ${clusterNameOf(connectionArn) ?? 'the cluster'} ${faults[0]!.short}`,
    evidence: faults.map(({ fact }) => ({ resource: connectionArn, fact })),
  }),
  kind: ({ faults }) => faults.flatMap(({ kind }) => kind ?? []).at(-1),
  fixes: ({ faults, fixes }) => [...fixes, ...faults.flatMap((fault) => fault.fixes)],
});
