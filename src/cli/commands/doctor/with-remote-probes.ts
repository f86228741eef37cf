/** `doctor --probe --from-vpc`: probes from the subnets of the pollers decide what no API of AWS shows. */
import { takesSecret } from '../../../aws/msk.js';
import type { AnyCheck } from '../../../checks/define.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import { UserError } from '../../../errors.js';
import { besidesWarnings } from '../../../probe/proof/with-proof.js';
import type { Proof } from '../../../probe/proof/proof-of-probe.js';
import { proofOfSubnets } from '../../../remote/proof-of-subnets.js';
import { isOk } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { valueOrNull } from '../../../subject/fact.js';
import { subjectOf } from '../../../subject/subject.js';
import type { Clients } from '../../../account/clients.js';
import type { Io } from '../../io.js';
import { openUnlimitedClients } from '../../open-account.js';
import { executeRemote, mayCreate, sayRemoval } from '../probe/from-vpc/execute.js';
import { isPrepared, prepareRemote, type RemotePreparation } from '../probe/from-vpc/prepare.js';
import { openRemoteClients } from '../probe/from-vpc/run.js';
import type { ProbeTrust } from '../probe/trust.js';
import { applyProofs } from './apply-proofs.js';
import type { DoctorOptions } from './options.js';

/** Seconds for a step, and for the probe of one mapping. */
const limits = { step: 10, whole: 60 };

/** The diagnosis with what the functions proved. Throws `UsageError` where nobody can be asked. */
export async function withRemoteProbes(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  { checks, trust }: { checks: readonly AnyCheck[]; trust: ProbeTrust },
  options: DoctorOptions,
  io: Io,
): Promise<Diagnosis> {
  const proofs = new Map<string, Proof>();
  const prepared = new Map<string, RemotePreparation>();
  const reading = await openUnlimitedClients(options, io);
  for (const uuid of snapshot.targets) {
    const read = snapshot.mappings[uuid];
    if (read === undefined || !isOk(read)) continue;
    const preparation = await prepare(snapshot, uuid, { clients: reading, trust }, options, io);
    if (typeof preparation === 'string') proofs.set(uuid, { findings: new Map(), hints: [preparation] });
    else if (preparation !== null) prepared.set(uuid, preparation);
  }
  if (prepared.size > 0 && (await mayCreate([...prepared.values()], options, io))) {
    const clients = await openRemoteClients({ ...options, timeout: limits.whole }, io);
    // One mapping after the other: mappings of one cluster share its subnets and their free addresses.
    for (const [uuid, preparation] of prepared) {
      const { subnets, outcome } = await executeRemote(preparation, clients, io);
      sayRemoval(outcome, io);
      const { context, run } = preparation;
      const proof = proofOfSubnets(subnets, {
        uuid,
        processes: context.processes,
        identity: context.probe.identity,
        readsSecret: run.login.kind === 'secret' && outcome.subnets.every(({ secret }) => secret === null),
      });
      const judged = diagnosis.mappings.find((mapping) => mapping.uuid === uuid);
      proofs.set(uuid, besidesWarnings(proof, judged));
    }
  }
  io.signal.throwIfAborted();
  return applyProofs(snapshot, diagnosis, checks, proofs);
}

/** A sentence where the probe cannot run; null where the checks of the configuration say why. */
async function prepare(
  snapshot: Snapshot,
  uuid: string,
  { clients, trust: { authority } }: { clients: Clients; trust: ProbeTrust },
  options: DoctorOptions,
  io: Io,
): Promise<RemotePreparation | string | null> {
  const subject = subjectOf(snapshot, uuid);
  const auth = valueOrNull(subject.auth);
  if (auth === null) return 'The probe did not run: the authentication method of the mapping is not known.';
  if (takesSecret(auth.method) && !options.secretValues)
    return 'The probe did not run: it needs the secret, and --no-secret-values was given.';
  try {
    const request = { subject, uuid, region: snapshot.region, label: uuid, options: {}, file: null, authority };
    const preparation = await prepareRemote({ ...request, limits, showRecord: false }, clients, io);
    return isPrepared(preparation) ? preparation : null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `The probe did not run: ${error.message}`;
  }
}
