/** `doctor --probe`: a live connection to the brokers of each mapping decides what no API of AWS shows. */
import pLimit from 'p-limit';
import type { Clients } from '../../../account/clients.js';
import { takesSecret } from '../../../aws/msk.js';
import type { AnyCheck } from '../../../checks/define.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import { UserError } from '../../../errors.js';
import { judgeProbe } from '../../../probe/judge/judge-probe.js';
import { proofOfProbe, type Proof } from '../../../probe/proof/proof-of-probe.js';
import { besidesWarnings } from '../../../probe/proof/with-proof.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { isOk } from '../../../snapshot/read.js';
import { textState } from '../../../catalogue/text-state.js';
import { valueOrNull } from '../../../subject/fact.js';
import { subjectOf } from '../../../subject/subject.js';
import type { Io } from '../../io.js';
import { startProgress } from '../../progress.js';
import { planOfSubject } from '../probe/from-target.js';
import { openReach, type ProbeReach } from '../probe/reach.js';
import { hideValues } from '../../../probe/hide-values.js';
import { probeAtPlace } from '../probe/run-here.js';
import { isEnded } from '../probe/plan.js';
import { withRole } from '../probe/with-role.js';
import { joinAuthorities, type ProbeTrust } from '../probe/trust.js';
import { applyProofs } from './apply-proofs.js';
import type { DoctorOptions } from './options.js';

/** Mappings that are probed at the same time. */
const inParallel = 4;
/** Milliseconds for a step, and for the probe of one mapping. */
const limits = { step: 10_000, whole: 60_000 };

/** The diagnosis with what the probes proved. A probe that cannot run is a hint, never a failure. */
export async function withProbes(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  { checks, trust }: { checks: readonly AnyCheck[]; trust: ProbeTrust },
  options: DoctorOptions,
  io: Io,
): Promise<Diagnosis> {
  const limit = pLimit(inParallel);
  const progress = startProgress(io, 'Connecting to the brokers');
  const proofs = new Map<string, Proof>();
  const reach = await openReach(options.via, options, io);
  try {
    const clients = await reach.clients(options.region);
    await Promise.all(
      snapshot.targets.map((uuid) =>
        limit(async () => {
          const read = snapshot.mappings[uuid];
          if (read === undefined || !isOk(read)) return;
          const proof = await proofOf(snapshot, uuid, { reach, clients, trust }, options, io);
          proofs.set(
            uuid,
            besidesWarnings(
              proof,
              diagnosis.mappings.find((mapping) => mapping.uuid === uuid),
            ),
          );
          progress.say(`${proofs.size} of ${snapshot.targets.length}`);
        }),
      ),
    );
  } finally {
    await reach.stop();
    progress.stop();
  }
  io.signal.throwIfAborted();
  return applyProofs(snapshot, diagnosis, checks, proofs);
}

const nothing = (...hints: string[]): Proof => ({ findings: new Map(), hints });

async function proofOf(
  snapshot: Snapshot,
  uuid: string,
  { reach, clients, trust }: { reach: ProbeReach; clients: Clients; trust: ProbeTrust },
  options: DoctorOptions,
  io: Io,
): Promise<Proof> {
  const subject = subjectOf(snapshot, uuid);
  const auth = valueOrNull(subject.auth);
  if (auth === null) return nothing('The probe did not run: the authentication method of the mapping is not known.');
  if (takesSecret(auth.method) && !options.secretValues)
    return nothing('The probe did not run: it needs the secret, and --no-secret-values was given.');
  try {
    const plan = await planOfSubject(subject, { uuid, region: snapshot.region, label: uuid }, trust, null, clients, io);
    // Without brokers, the checks of the configuration say why.
    if (isEnded(plan)) return nothing();
    const { from, result } = await probeAtPlace({
      bootstrap: plan.bootstrap,
      auth: plan.auth,
      credentials: plan.credentials,
      certificateAuthority: joinAuthorities(trust.authority, reach.authority),
      topic: plan.topic,
      group: plan.group,
      limits,
      showRecord: false,
      dial: reach.dial,
      signal: io.signal,
    });
    io.signal.throwIfAborted();
    const shown = hideValues(result, plan.hidden);
    const context = { ...plan.context, ...(await withRole(plan, shown)), from, hasAuthority: trust.authority !== null };
    const mapping = valueOrNull(subject.mapping);
    return proofOfProbe(judgeProbe(shown, context), {
      uuid,
      from,
      identity: context.identity,
      processes: mapping?.State === 'Enabled' && textState(mapping.LastProcessingResult) === 'ok',
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return nothing(`The probe did not run: ${error.message}`);
  }
}
