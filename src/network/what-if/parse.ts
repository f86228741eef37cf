/** `--what-if`: proposed changes in forms that a user may have, as API calls. */
import type { AwsCall } from '../../aws/call.js';
import { canReplay, replay } from '../../simulate/simulate.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { UsageError } from '../../errors.js';
import { asJson, parseAwsCommand } from './aws-command.js';
import { parseShortForm, shortForms, type WhatIfScope } from './short-forms.js';

/**
 * The calls of all texts, in order. A text is a short form, AWS CLI command lines, or JSON. Throws `UsageError` for
 * anything else.
 */
export const parseWhatIf = (texts: readonly string[], scope: WhatIfScope): AwsCall[] =>
  texts.flatMap((text) => parse(text, scope));

/**
 * The account after the calls. Throws `UsageError` for a change that AWS would refuse, or of something that was not
 * read.
 */
export function playAll(snapshot: Snapshot, calls: readonly AwsCall[]): Snapshot {
  return calls.reduce((before, call) => {
    try {
      return replay(before, call);
    } catch (error) {
      throw new UsageError(
        `${call.service} ${call.operation} cannot be simulated: ${(error as Error).message}`,
        'The change must be about resources that were read from this account.',
        { cause: error },
      );
    }
  }, snapshot);
}

function parse(text: string, scope: WhatIfScope): AwsCall[] {
  if (/^[[{]/.test(text)) return callsIn(asJson(text));
  if (/^aws\s/.test(text)) return text.split(/\n(?=aws\s)/).map(parseAwsCommand);
  const calls = parseShortForm(text, scope);
  if (calls === null)
    throw new UsageError(
      `“${text}” is not a change that can be simulated`,
      `Use one of ${shortForms.join(', ')}; an AWS CLI command; JSON with {service, operation, input}; or file://PATH with these.`,
    );
  return calls;
}

/** One call, a list of calls, or a fix of `doctor --output json` with its `changes`. */
function callsIn(value: unknown): AwsCall[] {
  if (Array.isArray(value)) return value.flatMap(callsIn);
  const { changes, service, operation, input } = (value ?? {}) as {
    changes?: unknown;
    service?: unknown;
    operation?: unknown;
    input?: unknown;
  };
  if (Array.isArray(changes)) return changes.flatMap(callsIn);
  if (typeof service !== 'string' || typeof operation !== 'string' || typeof input !== 'object' || input === null)
    throw new UsageError(
      'a change as JSON needs service, operation and input',
      'For example {"service":"ec2","operation":"CreateRoute","input":{…}}, as in `changes` of `doctor --output json`.',
    );
  if (!canReplay({ service, operation })) throw new UsageError(`${service} ${operation} cannot be simulated`);
  return [{ service, operation, input: input as Record<string, unknown> }];
}
