import { renderInspection } from '../../../report/inspection-text.js';
import { noMappings } from '../../../report/no-mappings.js';
import { resourceNamesOf } from '../../../snapshot/resource-names.js';
import { inspect } from '../../../subject/inspection.js';
import { subjectOf } from '../../../subject/subject.js';
import { printAnswer } from '../../print-answer.js';
import type { InspectOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { readSource } from '../../open-account.js';

export async function run({ args, options, io }: Call<InspectOptions>): Promise<number> {
  const { snapshot, trouble } = await readSource(args, options, io);
  const subjects = snapshot.targets.map((uuid) => ({ uuid, subject: subjectOf(snapshot, uuid) }));
  const mappings = subjects.map(({ uuid, subject }) => inspect(uuid, subject));
  const style = { ...io, names: resourceNamesOf(snapshot) };
  await printAnswer(io, options, {
    text: () =>
      trouble !== null && mappings.length === 0
        ? ''
        : mappings.length === 0
          ? noMappings(snapshot.region)
          : subjects.map(({ uuid, subject }) => renderInspection(uuid, subject, style)).join('\n\n'),
    json: () => ({ mappings }),
  });
  const unread = mappings.some(({ mapping }) => 'unread' in mapping);
  return trouble !== null || unread ? exitCodes.cannotTell : exitCodes.ok;
}
