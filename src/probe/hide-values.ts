/** The last line of defence: no secret value of the login is in a result, even if a broker repeats one. */
import type { ProbeResult } from './probe-result.js';

/** A shorter value is part of ordinary words. */
const shortest = 6;

/** The text with every occurrence of the values replaced. */
export const hideInText = (text: string, values: readonly string[]): string =>
  values
    .filter((value) => value.length >= shortest)
    .reduce((rest, value) => rest.replaceAll(value, '(not shown)'), text);

/**
 * The same result with every occurrence of the values replaced in texts that a broker or a library wrote. Names that
 * mean something, such as steps and topics, stay as they are, whatever the password is.
 */
export function hideValues(result: ProbeResult, values: readonly string[]): ProbeResult {
  const clean = (text: string): string => hideInText(text, values);
  const { stoppedAt, brokers, facts } = result;
  return {
    ...result,
    stoppedAt: stoppedAt === null ? null : { ...stoppedAt, because: clean(stoppedAt.because) },
    brokers: brokers.map((broker) => ({
      ...broker,
      steps: broker.steps.map((step) => ({ ...step, because: step.because === null ? null : clean(step.because) })),
    })),
    facts: {
      ...facts,
      principal: values.includes((facts.principal ?? '').replace(/^User:/, '')) ? null : facts.principal,
      notes: facts.notes.map(clean),
    },
  };
}
