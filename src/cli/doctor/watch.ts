/** `doctor --wait`: watches the mappings that do not work until Lambda shows something else. */
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { waitUntilWorking } from '../../mapping/wait.js';
import type { DoctorChange } from '../../report/documents/doctor.js';
import { patiently, type ChangeSession } from '../change/session.js';

/** `mended`: the mapping that a fix was just made for, which is watched whatever it shows. */
export async function watch(session: ChangeSession, { mappings }: Diagnosis, mended: string | null): Promise<Required<Pick<DoctorChange, 'waited'>>> {
  const silent = mappings.filter(({ uuid, verdict, functionArn }) => (uuid === mended || verdict === 'broken' || verdict === 'unknown') && functionArn !== null);
  if (silent.length === 0) session.io.stderr.write('No mapping is broken: there is nothing to wait for.\n');
  const waited = await patiently(session, 'Waiting', (patience) =>
    Promise.all(
      silent.map(async ({ uuid, observed }) => {
        const { outcome, because } = await waitUntilWorking(session.clients, uuid, { enabled: true, textBefore: observed.lastProcessingResult }, patience);
        return { mapping: uuid, outcome, because };
      }),
    ),
  );
  return { waited };
}
