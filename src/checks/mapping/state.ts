import { defineCheck, fail, pass } from '../define.js';
import { minutesSince } from '../support.js';

/** Codes by which Lambda says that it stopped the consumer itself (AWS: troubleshooting Kafka event source mappings). */
const stopCodes: Record<string, string> = {
  ESM_CONFIG_NOT_VALID: 'Lambda found the mapping’s configuration invalid',
  EVENT_SOURCE_AUTHN_ERROR: 'Lambda could not authenticate to the cluster',
  EVENT_SOURCE_AUTHZ_ERROR: 'Lambda lacks a right to reach the cluster',
  FUNCTION_CONFIG_NOT_VALID: 'Lambda found the function’s configuration invalid',
};
const passing = new Set(['Creating', 'Enabling', 'Updating']);
/** Minutes after which a passing state is stuck. */
const longest = 10;

interface Evidence {
  uuid: string;
  state: string;
  reason: string | null;
  minutes: number | null;
}

export default defineCheck({
  id: 'mapping.state',
  title: 'The event source mapping is not enabled',
  severity: 'error',
  stage: 'mapping',
  needs: ['mapping', 'capturedAt'],
  judge({ mapping, capturedAt }) {
    const state = mapping.State ?? 'Enabled';
    const evidence: Evidence = { uuid: mapping.UUID, state, reason: mapping.StateTransitionReason ?? null, minutes: null };
    if (state === 'Enabled') return pass;
    if (!passing.has(state)) return fail(evidence);
    const minutes = minutesSince(mapping.LastModified, capturedAt);
    return minutes !== null && minutes > longest ? fail({ ...evidence, minutes: Math.round(minutes) }) : pass;
  },
  describe: ({ uuid, state, reason, minutes }) => ({
    title: minutes === null ? `The mapping is ${state}` : `The mapping has been ${state} for ${minutes} minutes`,
    evidence: [
      { resource: uuid, fact: `its state is ${state}` },
      ...(reason === null ? [] : [{ resource: uuid, fact: `StateTransitionReason is ${reason}${stopCodes[reason] === undefined ? '' : `: ${stopCodes[reason]}`}` }]),
    ],
  }),
  fixes: ({ uuid, state }) =>
    state === 'Disabled' || state === 'Disabling'
      ? [
          {
            title: 'Enable the mapping',
            safety: 'care',
            changes: [
              {
                service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, Enabled: true },
                undo: { service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, Enabled: false } },
              },
            ],
          },
        ]
      : [{ title: state === 'Deleting' ? 'Make a new mapping once this one is gone' : 'Look again in some minutes; if it stays so, delete the mapping and create it anew', safety: 'by-hand', changes: [] }],
});
