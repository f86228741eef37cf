/** `doctor --wait`: waits until Lambda shows something else for the mappings that do not work. */
import type { Diagnosis, LeftOutDiagnosis, MappingDiagnosis } from '../../../diagnosis/diagnosis.js';
import { waitUntilWorking } from '../../../mapping/wait.js';
import type { DoctorChange } from '../../../report/documents/doctor.js';
import { withProgress, type ChangeSession } from '../../change/session.js';

/** Mappings that a repair is for, and the state of all mappings before. */
export interface RepairedMappings {
  uuids: ReadonlySet<string>;
  before: Diagnosis;
}

/**
 * After a repair, waits for its mappings and for others whose failing checks it resolved, if no check fails any more;
 * the others would show their text for ever.
 */
export async function watch(
  session: ChangeSession,
  diagnosis: Diagnosis,
  repaired: RepairedMappings | null,
): Promise<Required<Pick<DoctorChange, 'waited'>>> {
  const silent = judgedOf(diagnosis).filter(
    (mapping) =>
      mapping.functionArn !== null &&
      (repaired === null ? isAmiss(mapping) : mapping.verdict !== 'disabled' && isRepaired(mapping, repaired)),
  );
  if (silent.length === 0 && repaired === null)
    session.io.stderr.write('No mapping is broken: there is nothing to wait for.\n');
  const waited = await withProgress(session, 'Waiting', (policy) =>
    Promise.all(
      silent.map(async ({ uuid, observed }) => {
        const { outcome, because } = await waitUntilWorking(
          session.clients,
          uuid,
          { enabled: true, textBefore: observed.lastProcessingResult },
          policy,
        );
        return { mapping: uuid, outcome, because };
      }),
    ),
  );
  return { waited };
}

const isAmiss = ({ verdict }: Judged): boolean => verdict === 'broken' || verdict === 'unknown';

/** A check failed before, and none fails now. */
export const isRepaired = (mapping: Judged, { uuids, before }: RepairedMappings): boolean =>
  !hasFailing(mapping) &&
  (uuids.has(mapping.uuid) || judgedOf(before).some((former) => former.uuid === mapping.uuid && hasFailing(former)));

export type Judged = MappingDiagnosis | LeftOutDiagnosis;

/** Includes those on self-managed Kafka for which checks ran. */
export const judgedOf = ({ mappings, leftOut }: Diagnosis): Judged[] => [
  ...mappings,
  ...leftOut.filter(({ verdict }) => verdict !== null),
];

export const hasFailing = ({ findings }: Judged): boolean => findings.some(({ status }) => status === 'fail');
