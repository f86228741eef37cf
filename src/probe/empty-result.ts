/** The result of a probe that connected to nothing. */
import type { AuthMethod } from '../aws/msk.js';
import type { ProbeResult } from './probe-result.js';

export const emptyResult = (auth: AuthMethod, verdict: ProbeResult['verdict']): ProbeResult => ({
  auth,
  verdict,
  stoppedAt: null,
  brokers: [],
  topic: null,
  group: null,
  facts: {
    offeredMechanisms: null,
    principal: null,
    notKafka: null,
    serverCertificate: null,
    throttledMs: 0,
    record: null,
    notes: [],
  },
});
