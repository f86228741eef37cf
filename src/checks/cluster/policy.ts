import { vpcConnectionFaults, type ConnectionFault } from '../support/vpc-connection.js';
import { defineCheck, fail, pass, skip } from '../define.js';

interface Evidence {
  connectionArn: string;
  faults: ConnectionFault[];
}

export default defineCheck({
  id: 'cluster.policy',
  title: 'The VPC connection to another account’s cluster does not serve the mapping',
  severity: 'error',
  stage: 'control-plane',
  needs: ['eventSource', 'vpcConnection', 'mapping'],
  judge({ eventSource, vpcConnection, mapping }) {
    if (eventSource.kind === 'cluster') return skip('the mapping is in the cluster’s own account');
    const faults = vpcConnectionFaults(vpcConnection, mapping);
    return faults.length > 0 ? fail<Evidence>({ connectionArn: eventSource.arn, faults }) : pass;
  },
  describe: ({ connectionArn, faults }) => ({
    title: `VPC connection ${connectionArn} ${faults[0]!.short}`,
    evidence: faults.map(({ fact }) => ({ resource: connectionArn, fact })),
  }),
  fixes: ({ faults }) => faults.map(({ remedy }) => ({ title: remedy, safety: 'by-hand', changes: [] })),
});
