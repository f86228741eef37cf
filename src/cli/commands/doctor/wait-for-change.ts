/** `doctor --wait`: waits until Lambda shows something else for the mappings that do not work. */
import type { Diagnosis, LeftOutDiagnosis, MappingDiagnosis } from '../../../diagnosis/diagnosis.js';
import { waitUntilWorking } from '../../../mapping/wait.js';
import type { DoctorChange } from '../../../report/documents/doctor.js';
import { withProgress, type ChangeSession } from '../../change/session.js';

/** An applied fix: its mapping, and the state of all mappings before. */
export interface FixedMapping {
  uuid: string;
  before: Diagnosis;
}

/**
 * After a fix, waits for its mapping and for those whose failing checks it resolved; the others would show their
 * text for ever.
 */
export async function watch(
  session: ChangeSession,
  diagnosis: Diagnosis,
  fixed: FixedMapping | null,
): Promise<Required<Pick<DoctorChange, 'waited'>>> {
  const isAmiss = ({ verdict }: Judged) => verdict === 'broken' || verdict === 'unknown';
  const wasFreed = (mapping: Judged) =>
    !hasFailing(mapping) &&
    judgedOf(fixed!.before).some((former) => former.uuid === mapping.uuid && hasFailing(former));
  const silent = judgedOf(diagnosis).filter(
    (mapping) =>
      mapping.functionArn !== null &&
      (mapping.uuid === fixed?.uuid || (isAmiss(mapping) && (fixed === null || wasFreed(mapping)))),
  );
  if (silent.length === 0) session.io.stderr.write('No mapping is broken: there is nothing to wait for.\n');
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

type Judged = MappingDiagnosis | LeftOutDiagnosis;

/** Includes those on self-managed Kafka for which checks ran. */
const judgedOf = ({ mappings, leftOut }: Diagnosis): Judged[] => [
  ...mappings,
  ...leftOut.filter(({ verdict }) => verdict !== null),
];

const hasFailing = ({ findings }: Judged): boolean => findings.some(({ status }) => status === 'fail');
