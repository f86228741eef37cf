import { clusterNameOf } from '../../aws/event-source.js';
import { authNames } from '../../aws/msk.js';
import { ownCommand } from '../../fixes/own-command.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, fail, pass, undecided } from '../define.js';
import { brokerPremises } from '../support/premises.js';

export default defineCheck({
  id: 'cluster.broker',
  title: 'The cluster has no bootstrap brokers for the authentication method that Lambda selects',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'GetBootstrapBrokers returns no string for the authentication method that Lambda selects',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-get-bootstrap-brokers.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: ['eventSource', 'broker', 'bootstrap', 'works'],
  restsOn: brokerPremises,
  judge({ eventSource, broker, bootstrap, works }) {
    if (broker.hosts.length > 0) return pass;
    // Pollers that poll have received addresses: an empty answer then says nothing about the cluster.
    if (works && Object.keys(bootstrap).length === 0)
      return undecided('GetBootstrapBrokers returns no address at all, but the mapping works');
    return fail({ source: eventSource.arn, method: broker.method, field: broker.field });
  },
  describe: ({ source, method, field }) => ({
    title: `${clusterNameOf(source) ?? 'The cluster'} has no bootstrap brokers for ${authNames[method]}`,
    evidence: [{ resource: source, fact: `GetBootstrapBrokers returns no ${field}` }],
  }),
  fixes: ({ source, method }) => [
    manual(`Wait until MSK has enabled ${authNames[method]} and the cluster is ACTIVE, then check again`, [
      ownCommand('broker', source, '--auth', method),
    ]),
  ],
});
