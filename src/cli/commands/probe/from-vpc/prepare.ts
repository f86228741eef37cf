/** A probe from the subnets of the pollers, prepared from what was read: nothing is created yet. */
import { randomBytes } from 'node:crypto';
import type { Clients } from '../../../../account/clients.js';
import { takesSecret } from '../../../../aws/msk.js';
import { textState } from '../../../../catalogue/text-state.js';
import { checks } from '../../../../checks/index.js';
import { runChecks } from '../../../../checks/run.js';
import type { SubnetsContext } from '../../../../remote/judge-subnets.js';
import { functionZip } from '../../../../remote/function-code.js';
import { addressOf, planFunctions } from '../../../../remote/plan-functions.js';
import type { RemoteRun } from '../../../../remote/probe-from-subnets.js';
import { valueOrNull } from '../../../../subject/fact.js';
import type { Subject } from '../../../../subject/subject.js';
import type { Io } from '../../../io.js';
import { planOfSubject, type LoginOptions } from '../from-target.js';
import type { LoginSecret } from '../login-secret.js';
import { isEnded, type EndedProbe, type ProbePlan } from '../plan.js';

export interface RemotePreparation {
  label: string;
  run: RemoteRun;
  context: SubnetsContext;
}

interface PreparationRequest {
  subject: Subject;
  uuid: string;
  region: string;
  label: string;
  options: LoginOptions;
  file: LoginSecret | null;
  authority: string | null;
  /** Seconds. */
  limits: { step: number; whole: number };
  showRecord: boolean;
}

export const isPrepared = (value: RemotePreparation | EndedProbe): value is RemotePreparation => 'run' in value;

/** Throws `NotReadable` and `UsageError` for what is needed and is not there. */
export async function prepareRemote(
  request: PreparationRequest,
  clients: Clients,
  io: Pick<Io, 'stderr'>,
): Promise<RemotePreparation | EndedProbe> {
  const { subject, uuid, region, label, options, file, authority, limits, showRecord } = request;
  const functions = planFunctions({
    subject,
    region,
    run: randomBytes(4).toString('hex'),
    now: new Date(),
    probeTimeout: limits.whole,
  });
  const withRole = { ...options, executionRole: functions.roleArn };
  const plan = await planOfSubject(subject, { uuid, region, label }, withRole, file, clients, io);
  if (isEnded(plan)) return plan;
  const { login, fallback } = loginOf(plan, region, file !== null || options.secret !== undefined);
  const mapping = valueOrNull(subject.mapping);
  return {
    label,
    run: {
      plan: functions,
      zip: await functionZip(),
      probe: {
        bootstrap: plan.bootstrap,
        auth: plan.auth,
        certificateAuthority: authority,
        topic: plan.topic,
        group: plan.group,
        limits: { step: limits.step * 1000, whole: limits.whole * 1000 },
        showRecord,
      },
      login,
      fallback,
    },
    context: {
      subject,
      services: functions.services,
      processes: mapping?.State === 'Enabled' && textState(mapping.LastProcessingResult) === 'ok',
      auth: plan.auth,
      hidden: plan.hidden,
      probe: {
        ...plan.context,
        roleFindings:
          plan.auth === 'iam'
            ? runChecks(
                checks.filter(({ id }) => id.startsWith('access.kafka-')),
                subject,
              )
            : [],
        hasAuthority: authority !== null,
      },
    },
  };
}

/** `isOther`: the user gave another secret than the mapping's, which the role need not be able to read. */
function loginOf(
  { auth, credentials, context }: ProbePlan,
  region: string,
  isOther: boolean,
): Pick<RemoteRun, 'login' | 'fallback'> {
  if (auth === 'iam') return { login: { kind: 'role', region }, fallback: null };
  if (!takesSecret(auth)) return { login: { kind: 'none' }, fallback: null };
  const id = context.secret?.use.arn ?? null;
  if (isOther || id === null) return { login: { kind: 'given', credentials }, fallback: null };
  const address = addressOf('secretsmanager', region);
  return { login: { kind: 'secret', method: auth, id, region, address }, fallback: credentials };
}
