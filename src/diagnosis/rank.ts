/** Orders what failed by how likely it is the cause of what Lambda shows. */
import type { ErrorText } from '../catalogue/texts.js';
import { stages, type Stage } from '../checks/define.js';
import type { Finding } from '../checks/run.js';
import type { Cause } from './diagnosis.js';

export interface RankContext {
  /** The catalogue's entry for the text shown, where it shows one that is known. */
  text: ErrorText | undefined;
  /** A user switched the mapping off: then that, and nothing else, is why it is silent now. */
  disabledByUser: boolean;
}

const stageNames: Record<Stage, string> = {
  mapping: 'in the mapping itself',
  role: 'when assuming the execution role',
  secret: 'when reading the secret',
  'control-plane': 'when looking up the cluster',
  network: 'on the way over the network',
  login: 'at the login to the brokers',
  authorization: 'at the authorization by the cluster',
  invoke: 'at the call of the function',
  flow: 'after the records were read',
};

/**
 * Every `fail` is a cause: those known to produce the text first, in the catalogue's order, the rest in the order of
 * the pollers' stages; then each `warn` known to produce the text. A mapping's state is a symptom and comes last,
 * unless a user switched it off.
 */
export function rankCauses(findings: readonly Finding[], { text, disabledByUser }: RankContext): Cause[] {
  const place = (finding: Finding) => text?.causes.findIndex((cause) => cause.check === finding.check) ?? -1;
  const failing = findings.filter((finding) => finding.status === 'fail');
  const [state, others] = [failing.filter(isState), failing.filter((finding) => !isState(finding))];
  const explaining = others.filter((finding) => place(finding) >= 0).toSorted((a, b) => place(a) - place(b));
  const rest = others.filter((finding) => place(finding) < 0).toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  const warning = findings
    .filter((finding) => finding.status === 'warn' && place(finding) >= 0)
    .toSorted((a, b) => place(a) - place(b));

  const because = (finding: Finding) => text!.causes[place(finding)]!.because;
  const stopping = (finding: Finding) =>
    text === undefined
      ? `It stops the pollers ${stageNames[finding.stage]}.`
      : `It stops the pollers ${stageNames[finding.stage]}, though the text shown usually has another cause.`;
  const symptom = state.map((finding) => ({ finding, start: disabledByUser ? 0.97 : 0.5, because: stopping(finding) }));
  return [
    ...(disabledByUser ? symptom : []),
    ...explaining.map((finding) => ({ finding, start: 0.96, because: because(finding) })),
    ...rest.map((finding) => ({ finding, start: text === undefined ? 0.9 : 0.6, because: stopping(finding) })),
    ...warning.map((finding) => ({ finding, start: 0.4, because: because(finding) })),
    ...(disabledByUser ? [] : symptom),
  ].map(({ finding, start, because: reason }, index) => ({
    check: finding.check,
    // Of several, each later one is less likely to be the first thing the pollers met.
    confidence: Number(Math.max(0.1, start - index * 0.08).toFixed(2)),
    because: reason,
  }));
}

const isState = (finding: Finding): boolean => finding.check === 'mapping.state';
