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
  indicator: 'the mapping’s State is not Enabled; StateTransitionReason shows why',
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
    if (!isKnownState(state)) return undecided(`this version of msk-lambda does not know the mapping’s state ${state}`);
    if (!isStarting(state)) return fail(evidence);
    const minutes = minutesSince(mapping.LastModified, capturedAt);
    return minutes !== null && minutes > longest ? fail({ ...evidence, minutes: Math.round(minutes) }) : pass;
  },
  describe({ uuid, state, reason, minutes }) {
    const stopped = reason === null ? undefined : stoppedBecause(reason);
    const byUser = !isStarting(state) && /^user[ _]/i.test(reason ?? '') ? ' (by a user)' : '';
    const lasting = minutes === null ? byUser : ` for ${inLargestUnit(minutes * 60_000)}`;
    const why = stopped === undefined ? '' : ` (${stopped.meaning.replace(/\.$/, '')})`;
    return {
      title: stopped === undefined ? `The mapping is ${state}${lasting}` : 'Lambda disabled the mapping',
      evidence: [
        { resource: uuid, fact: reason === null ? `State is ${state}` : `StateTransitionReason is ${reason}${why}` },
      ],
    };
  },
  fixes({ uuid, state, reason }) {
    if (state === 'Deleting') return [manual('Create a new mapping when this one is deleted', [ownCommand('create')])];
    if (isStarting(state))
      return [
        manual('Check again in a few minutes; if the state does not change, recreate the mapping', [
          ownCommand('doctor', uuid),
          ownCommand('recreate', uuid),
        ]),
      ];
    const first = reason === null || stoppedBecause(reason) === undefined ? '' : ' after the cause is fixed';
    return [
      {
        title: `Enable the mapping${first}`,
        safety: 'care',
        changes: [updateMapping(uuid, { Enabled: true }, { Enabled: false })],
      },
    ];
  },
});
