import { defineCheck, fail, pass } from '../define.js';
import { authNames, authPremises } from '../support.js';

export default defineCheck({
  id: 'cluster.broker',
  title: 'The cluster gives no bootstrap address for the authentication picked',
  severity: 'error',
  stage: 'control-plane',
  needs: ['eventSource', 'broker'],
  restsOn: ['cluster.state', ...authPremises],
  judge: ({ eventSource, broker }) =>
    broker.hosts.length > 0 ? pass : fail({ source: eventSource.arn, method: broker.method, field: broker.field }),
  describe: ({ source, method, field }) => ({
    title: `No bootstrap brokers for ${authNames[method]}`,
    evidence: [{ resource: source, fact: `GetBootstrapBrokers gives no ${field}` }],
  }),
  fixes: ({ method }) => [{ title: `Turn ${authNames[method]} on in the cluster and wait until it is ACTIVE`, safety: 'by-hand', changes: [] }],
});
