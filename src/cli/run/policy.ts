import { policyAllowing } from '../../checks/support/policy.js';
import { callsOfMapping } from '../../checks/support/mapping-calls.js';
import { visible } from '../../report/visible.js';
import { toJson } from '../../report/json.js';
import { subjectOf } from '../../subject/subject.js';
import { giveAnswer } from '../answer.js';
import type { PolicyOptions } from '../commands/policy.js';
import type { Call } from '../define.js';
import { readSource, sayUnread } from '../source.js';
import { UsageError } from '../usage-error.js';

/** Prints the policy; a mapping whose calls cannot be told is exit 3, since a policy without them would be too small. */
export async function run({ args, options, io }: Call<PolicyOptions>): Promise<number> {
  const { snapshot, trouble } = await readSource(args, options, io);
  if (snapshot.targets.length === 0) throw new UsageError('no MSK mapping was found for what was named');
  const calls = snapshot.targets.map((uuid) => ({ uuid, calls: callsOfMapping(subjectOf(snapshot, uuid)) }));
  const untold = calls.filter((one) => one.calls.is !== 'known');
  if (untold.length > 0) {
    if (trouble === null) sayUnread(io, snapshot);
    io.stderr.write(`The calls of mapping ${visible(untold.map(({ uuid }) => uuid).join(', '))} cannot be told: see \`msk-lambda doctor\`.\n`);
    return 3;
  }
  const policy = policyAllowing(calls.flatMap((one) => (one.calls.is === 'known' ? one.calls.value.flatMap((group) => group.calls.map(({ anyOf: [request] }) => request)) : [])));
  await giveAnswer(io, options, { text: () => toJson(policy), json: () => policy });
  return 0;
}
