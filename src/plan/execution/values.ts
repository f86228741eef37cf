/** What only an execution knows, in the place of a plan's placeholders. */
import type { AwsCall } from '../../aws/call.js';
import { shellQuote } from '../../text/shell.js';
import type { PlannedCall } from '../plan.js';

/** By placeholder. */
export type Values = Readonly<Record<string, string>>;

/** A sentence of a plan with what is known by now. In a command the placeholder is quoted, and so is its value. */
export const fillText = (text: string, values: Values): string =>
  Object.entries(values).reduce(
    (filled, [placeholder, value]) =>
      filled.replaceAll(shellQuote(placeholder), () => shellQuote(value)).replaceAll(placeholder, () => value),
    text,
  );

/** The call with the values of its placeholders, which only the members that are named for it may hold. */
export function fillCall({ call, placeholders }: PlannedCall, values: Values): AwsCall {
  const fill = (value: unknown): unknown =>
    typeof value === 'string' ? (values[value] ?? value) : Array.isArray(value) ? value.map(fill) : value;
  return {
    ...call,
    input: {
      ...call.input,
      ...Object.fromEntries(placeholders.map((member) => [member, fill(call.input[member])])),
    },
  };
}
