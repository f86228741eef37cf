/** What `policy --check` found, for people. */
import type { PolicyCheckDocument } from './documents/policy.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export function renderPolicyCheck({ role, missing, undecided, beyond }: PolicyCheckDocument, columns: number): string {
  const item = (text: string) => wrap(`- ${visible(text)}`, { columns, indent: 2, hang: 2 });
  const section = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [[title, ...items.map(item)].join('\n')];
  const needed = missing.filter((call) => call.needed);
  const advised = missing.filter((call) => !call.needed);
  const line = ({ action, resources, because }: PolicyCheckDocument['missing'][number]) =>
    `${action} on ${resources.join(', ')}: ${because.join('; ')}`;
  const conclusion =
    needed.length > 0
      ? `${role} lacks permissions that the trigger needs.`
      : undecided.length > 0
        ? `Unknown: some policies of ${role} could not be read.`
        : `${role} has every permission that the trigger needs.`;
  return [
    wrap(visible(conclusion), { columns }),
    ...section('Missing', needed.map(line)),
    ...section('Missing, but mappings work without them', advised.map(line)),
    ...section(
      'Could not check',
      undecided.map(({ action, because }) => `${action}: ${because}`),
    ),
    ...section(
      'Excess permissions (the function’s own code may need them)',
      beyond.map(({ policy, statement, fact }) => `statement ${statement} of ${policy} ${fact}`),
    ),
  ].join('\n\n');
}
