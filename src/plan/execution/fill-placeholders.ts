/** Values that only an execution knows, for the placeholders of a plan. */
import type { AwsCall } from '../../aws/call.js';
import { shellQuote } from '../../text/shell.js';
import type { PlannedCall } from '../plan.js';

/** By placeholder. */
export type Values = Readonly<Record<string, string>>;

/** A sentence of a plan with the values that are known. In a command the placeholder is quoted, and so is its value. */
export const fillText = (text: string, values: Values): string =>
  Object.entries(values).reduce(
    (filled, [placeholder, value]) =>
      filled.replaceAll(shellQuote(placeholder), () => shellQuote(value)).replaceAll(placeholder, () => value),
    text,
  );

/** The call with the values of its placeholders. Only the members that the plan names may contain one. */
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
