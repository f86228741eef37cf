import { defineCheck, fail, pass } from '../define.js';
import { authNames } from '../support.js';

export default defineCheck({
  id: 'cluster.auth',
  title: 'The authentication that Lambda picks is not on in the cluster',
  severity: 'error',
  stage: 'control-plane',
  needs: ['eventSource', 'auth'],
  judge: ({ eventSource, auth }) => (auth.enabled ? pass : fail({ source: eventSource.arn, method: auth.method, because: auth.because })),
  describe: ({ source, method, because }) => ({
    title: `Lambda picks ${authNames[method]}, which is off in the cluster`,
    evidence: [
      { resource: source, fact: `${authNames[method]} is not enabled` },
      { resource: source, fact: `Lambda picks it because ${because}; it does not try another` },
    ],
  }),
  fixes: ({ method }) => [
    method === 'tls' || method === 'plaintext'
      ? { title: 'Name a secret in the mapping for the authentication that the cluster has on', safety: 'by-hand', changes: [] }
      : { title: `Turn ${authNames[method]} on in the cluster, or take the secret out of the mapping`, safety: 'by-hand', changes: [] },
  ],
});
