/** What the pollers of a mapping show after an attempt, judged by the tool's own checks. */
import { matchText } from '../../catalogue/match.js';
import { stopCodes } from '../../catalogue/stop-codes.js';
import { textState } from '../../catalogue/text-state.js';
import { errorTexts, type ErrorText, type ErrorTextId } from '../../catalogue/texts.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { judgeShowing } from './judge.js';

/**
 * A text whose reason no resource shows alone: a Kafka ACL, the content of a secret, a network ACL that drops part
 * of the traffic.
 */
interface HiddenFault {
  text: string;
  /** Whether the checks find a cause once they know the text. */
  explained: boolean;
}
export type HiddenFaults = (mapping: Mapping) => HiddenFault | undefined;

/** Texts that Lambda is known to show for MSK. If two fit equally, the earlier one is used. */
const usual: readonly ErrorTextId[] = [
  'cannot-assume-role',
  'cannot-access-secret',
  'vpc-cannot-reach-aws',
  'connection-error',
  'sasl-authentication-failed',
  'server-failed-to-authenticate-lambda',
  'invalid-certificate-or-key',
  'cluster-failed-to-authorize',
  'function-call-failed',
  'not-enough-permission',
];

/**
 * What an attempt changes in the mapping: `OK`, or `PROBLEM: …` with a text that the account's first failure is known to
 * produce. For a failure without a known text Lambda stops the mapping with a code.
 */
export function afterPoll(
  snapshot: Snapshot,
  mapping: Mapping,
  hidden: HiddenFaults,
): Pick<Mapping, 'LastProcessingResult' | 'State' | 'StateTransitionReason'> {
  const LastProcessingResult = pollResult(snapshot, mapping, hidden);
  const cause = LastProcessingResult === 'OK' ? firstFault(snapshot, mapping) : undefined;
  const code = stopCodes.find(({ causes }) => causes.some(({ check }) => check === cause))?.text;
  return code === undefined
    ? { LastProcessingResult }
    : { LastProcessingResult, State: 'Disabled', StateTransitionReason: code };
}

function pollResult(snapshot: Snapshot, mapping: Mapping, hidden: HiddenFaults): string {
  const cause = firstFault(snapshot, mapping);
  const shown = textState(mapping.LastProcessingResult) === 'error' ? mapping.LastProcessingResult : undefined;
  if (cause === undefined) {
    const fault = hidden(mapping);
    // The text belonged to a failure that a check finds. Without the failure the text is gone too; a warning does not
    // keep it.
    if (fault === undefined) return 'OK';
    const text = shown ?? fault.text;
    return firstFault(snapshot, mapping, text) !== undefined || !fault.explained ? text : 'OK';
  }
  const known = shown === undefined ? undefined : matchText(shown);
  if (known !== undefined && rankIn(known, cause) >= 0) return shown!;
  const fitting = usual.flatMap((id) => errorTexts.find((entry) => entry.id === id && rankIn(entry, cause) >= 0) ?? []);
  const best = fitting.toSorted((a, b) => rankIn(a, cause) - rankIn(b, cause))[0];
  return best === undefined ? 'OK' : `PROBLEM: ${best.text}`;
}

/** The texts of the original account that no check would predict. */
export function hiddenFaultsOf(start: Snapshot): HiddenFaults {
  const faults = new Map<string, HiddenFault>();
  for (const read of Object.values(start.mappings)) {
    if (
      !isOk(read) ||
      textState(read.value.LastProcessingResult) !== 'error' ||
      firstFault(start, read.value) !== undefined
    )
      continue;
    const text = read.value.LastProcessingResult!;
    faults.set(wayIn(read.value), { text, explained: firstFault(start, read.value, text) !== undefined });
  }
  return (mapping) => faults.get(wayIn(mapping));
}

/** Login and source: another mapping that shares them meets the same fault. */
const wayIn = ({ EventSourceArn: source, SourceAccessConfigurations: access }: Mapping): string =>
  JSON.stringify([source, access.map(({ URI }) => URI)]);

const firstFault = (snapshot: Snapshot, mapping: Mapping, text?: string): string | undefined =>
  judgeShowing(snapshot, mapping, text).causes[0]?.check;

const rankIn = ({ causes }: ErrorText, check: string): number => causes.findIndex((cause) => cause.check === check);
