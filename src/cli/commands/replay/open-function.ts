/** The deployed function as the handler of a replay. */
import { qualifiedNameOf } from '../../../aws/function-arn.js';
import { NotReadable } from '../../../errors.js';
import { durationInLog, errorOf, parseResponse } from '../../../event/invocation.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { openClients, openUnlimitedClients } from '../../open-account.js';
import { confirm } from '../../single-prompts.js';
import { callFunction, requestTimeoutOf } from '../event/invoke/call-function.js';
import { findInvokeTarget } from '../event/invoke/target.js';
import type { NamedHandler } from './open-handler.js';
import type { ReplayOptions } from './options.js';

/** Null where the user declined. Throws `NotReadable`, and `UsageError` where nobody can confirm. */
export async function openFunction(
  functionArn: string,
  most: number,
  options: ReplayOptions,
  io: Io,
): Promise<NamedHandler | null> {
  const target = await findInvokeTarget(await openClients(options, io), functionArn);
  for (const note of target.notes) io.stderr.write(`Note: ${visible(note)}\n`);
  const name = qualifiedNameOf(target.name) ?? target.name;
  const records = Number.isFinite(most) ? `up to ${most.toLocaleString('en-US')} records` : 'every record';
  if (
    options.yes !== true &&
    !(await confirm(io, `Invoke ${visible(name)} with ${records}? The function really runs.`, {
      sentence: 'Confirmation needed, but this is not a terminal: pass --yes.',
      hint: 'Nothing was called.',
    }))
  ) {
    io.stderr.write('Nothing was called.\n');
    return null;
  }
  const clients = await openUnlimitedClients({ ...options, requestTimeout: requestTimeoutOf(target) }, io);
  return {
    label: name,
    close() {},
    async call(event) {
      const answer = await callFunction(clients, target.name, event, { ...io, progress: false });
      if ('refusal' in answer)
        throw new NotReadable(
          `Lambda did not invoke ${visible(name)}: ${answer.refusal.error.replace(/\.$/, '')}.`,
          answer.refusal.outcome === 'denied'
            ? `Your credentials need ${answer.refusal.action}.`
            : 'Records of earlier lines were delivered; begin again after them with --from.',
        );
      const ms = durationInLog(answer.log) ?? answer.elapsed;
      const response = parseResponse(answer.payload);
      return answer.functionError === null
        ? { returned: response, ms }
        : { error: errorOf(response) || 'the function failed', ms };
    },
  };
}
