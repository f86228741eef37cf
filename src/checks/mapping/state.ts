import { inLargestUnit } from '../../text/duration.js';
import { isKnownState, isStarting } from '../../aws/mapping-api.js';
import { stoppedBecause } from '../../catalogue/stop-codes.js';
import { defineCheck, fail, pass, undecided } from '../define.js';
import { pointlessToEnable } from '../support/premises.js';
import { ownCommand } from '../../fixes/own-command.js';
import { manual } from '../support/secret-use.js';
import { minutesSince } from './support/age.js';
import { updateMapping } from '../support/update-mapping.js';

/** Minutes after which a transitional state counts as stuck. */
const longest = 10;

interface Evidence {
  uuid: string;
  state: string;
  reason: string | null;
  /** For a transitional state that lasts too long. */
  minutes: number | null;
}

export default defineCheck({
  id: 'mapping.state',
  title: 'The event source mapping is not enabled',
  severity: 'error',
  stage: 'mapping',
  indicator: 'the mapping’s State is not Enabled; StateTransitionReason says who stopped it',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
  ],
  needs: ['mapping', 'capturedAt'],
  restsOn: pointlessToEnable,
  judge({ mapping, capturedAt }) {
    const state = mapping.State ?? 'Enabled';
    if (state === 'Enabled') return pass;
    const evidence: Evidence = {
      uuid: mapping.UUID,
      state,
      reason: mapping.StateTransitionReason ?? null,
      minutes: null,
    };
    if (!isKnownState(state)) return undecided(`the state ${state} of the mapping is not known to this version`);
    if (!isStarting(state)) return fail(evidence);
    const minutes = minutesSince(mapping.LastModified, capturedAt);
    return minutes !== null && minutes > longest ? fail({ ...evidence, minutes: Math.round(minutes) }) : pass;
  },
  describe({ uuid, state, reason, minutes }) {
    const stopped = reason === null ? undefined : stoppedBecause(reason);
    const because = `StateTransitionReason is ${reason}${stopped === undefined ? '' : `: ${stopped.meaning}`}`;
    return {
      title:
        minutes !== null
          ? `The mapping has been ${state} for ${inLargestUnit(minutes * 60_000)}`
          : `The mapping is ${state}${stopped === undefined ? '' : ': Lambda stopped it'}`,
      evidence: [
        { resource: uuid, fact: `its state is ${state}` },
        ...(reason === null ? [] : [{ resource: uuid, fact: because }]),
      ],
    };
  },
  fixes({ uuid, state, reason }) {
    if (state === 'Deleting') return [manual('Create the mapping again once this one is gone (msk-lambda create)')];
    if (isStarting(state))
      return [
        manual('Look again in some minutes; if its state stays the same, recreate the mapping', [
          ownCommand('doctor', uuid),
          ownCommand('recreate', uuid),
        ]),
      ];
    const first = reason === null || stoppedBecause(reason) === undefined ? '' : ' once the cause is fixed';
    return [
      {
        title: `Enable the mapping${first}`,
        safety: 'care',
        changes: [updateMapping(uuid, { Enabled: true }, { Enabled: false })],
      },
    ];
  },
});
