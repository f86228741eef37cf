/** A probe of a mapping or a cluster: brokers, login, topic and consumer group as Lambda uses them. */
import type { Clients } from '../../../account/clients.js';
import { isWithoutMapping } from '../../../account/scopes/brokers.js';
import { readProbed } from '../../../account/scopes/probed.js';
import { clusterNameOf } from '../../../aws/event-source.js';
import { takesSecret, type AuthMethod } from '../../../aws/msk.js';
import { checks } from '../../../checks/index.js';
import { runChecks } from '../../../checks/run.js';
import { NotReadable, UsageError } from '../../../errors.js';
import { emptyResult } from '../../../probe/empty-result.js';
import { problemText } from '../../../probe/judge/lambda-text.js';
import { functionOf } from '../../../report/doctor-head-line.js';
import { chooseBroker } from '../../../subject/broker.js';
import { valueOrNull, type Fact } from '../../../subject/fact.js';
import { subjectOf, type Subject } from '../../../subject/subject.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { sayTrouble, sayUnread } from '../../open-account.js';
import { tool } from '../../version.js';
import { parseAddresses } from './addresses.js';
import { methodOfContent, type LoginSecret } from './login-secret.js';
import { prepareLogin, readAccountSecret } from './login.js';
import type { ProbeOptions } from './options.js';
import type { EndedProbe, ProbePlan, UnreadProbe } from './plan.js';

/** Throws `UsageError` and `TargetNotFound`; what could not be read is said on stderr. */
export async function planOfTarget(
  target: string,
  options: ProbeOptions,
  file: LoginSecret | null,
  clients: Clients,
  io: Io,
): Promise<ProbePlan | EndedProbe | UnreadProbe> {
  const { snapshot, trouble } = await readProbed({ clients, target, tool, now: new Date() });
  io.signal.throwIfAborted();
  const [uuid = ''] = snapshot.targets;
  const subject = subjectOf(snapshot, uuid);
  const label = labelOf(subject, target, isWithoutMapping(uuid));
  sayTrouble(io, trouble);
  if (trouble !== null) return { label, because: [trouble.sentence] };
  const because = sayUnread(io, snapshot);
  if (because.length > 0) return { label, because };
  return planOfSubject(subject, { uuid, region: snapshot.region, label }, options, file, clients, io);
}

/** What the plan depends on besides the subject: the flags of the login, or nothing. */
export type LoginOptions = Pick<ProbeOptions, 'auth' | 'secret' | 'assumeRole' | 'topic' | 'group'> & {
  /** The execution role where the probe runs with its credentials. */
  executionRole?: string;
};

/** The same for what was read already. Throws `UsageError`, and `NotReadable` for what is needed and could not be read. */
export async function planOfSubject(
  subject: Subject,
  { uuid, region, label }: { uuid: string; region: string; label: string },
  options: LoginOptions,
  file: LoginSecret | null,
  clients: Clients,
  io: Pick<Io, 'stderr'>,
): Promise<ProbePlan | EndedProbe> {
  const { eventSource, bootstrap } = subject;
  if (eventSource.is !== 'known' || bootstrap.is !== 'known') {
    throw notDetermined(eventSource.is === 'known' ? bootstrap : eventSource);
  }
  const named = file ?? (options.secret === undefined ? null : await readAccountSecret(clients, options.secret));
  const auth = methodOf(subject, options, named, io);
  if (options.assumeRole !== undefined && auth !== 'iam')
    throw new UsageError(`--assume-role is for IAM, and the authentication method is ${auth}`);
  const { hosts } = chooseBroker(auth, eventSource.value.kind, bootstrap.value);
  if (hosts.length === 0) return { auth, judgement: withoutBrokers(subject, auth), label };
  const mappingUuid = isWithoutMapping(uuid) ? null : uuid;
  const reference = valueOrNull(subject.secretReference);
  const secret =
    named ?? (takesSecret(auth) && reference !== null ? await readAccountSecret(clients, reference.uri) : null);
  const clusterArn = eventSource.value.arn;
  const login = await prepareLogin(auth, {
    secret,
    assumeRole: options.assumeRole,
    executionRole: options.executionRole ?? null,
    clients: async () => clients,
    region: async () => eventSource.value.region,
    mappingUuid,
    clusterArn,
  });
  const mapping = valueOrNull(subject.mapping);
  return {
    label,
    region,
    bootstrap: parseAddresses(hosts.join(',')),
    auth,
    credentials: login.credentials,
    hidden: login.hidden,
    topic: options.topic ?? (mappingUuid === null ? null : valueOrNull(subject.topic)),
    group: options.group ?? (mappingUuid === null ? null : (valueOrNull(subject.consumerGroup)?.id ?? null)),
    context: {
      clusterArn,
      mappingUuid,
      secret: login.secret,
      identity: login.identity,
      hasPollers: mappingUuid !== null && options.group === undefined && mapping?.State !== 'Disabled',
      roleFindings: [],
    },
    clients,
  };
}

/** The mapping or cluster for people. */
export function labelOf(subject: Subject, target: string, isCluster: boolean): string {
  const mapping = valueOrNull(subject.mapping);
  if (mapping === null) return target;
  if (isCluster) return clusterNameOf(mapping.EventSourceArn ?? '') ?? target;
  return `${functionOf({ functionArn: mapping.FunctionArn ?? null })} ← ${visible(mapping.Topics[0] ?? '')}`;
}

/** The user's method, otherwise that of a named secret, otherwise the one that Lambda selects. Throws `NotReadable`. */
function methodOf(
  subject: Subject,
  options: LoginOptions,
  named: LoginSecret | null,
  io: Pick<Io, 'stderr'>,
): AuthMethod {
  const selected = subject.auth;
  const wanted = options.auth ?? (named === null ? null : methodOfContent(named));
  if (wanted === null && named !== null && selected.is === 'known' && !takesSecret(selected.value.method))
    throw new UsageError('the secret does not show the authentication method', 'Pass --auth scram or --auth mtls.');
  if (wanted !== null) {
    if (selected.is === 'known' && selected.value.method !== wanted)
      io.stderr.write(
        `Note: Lambda selects ${selected.value.method}, because ${visible(selected.value.because)}; the probe uses ${wanted}.\n`,
      );
    return wanted;
  }
  if (selected.is === 'known') return selected.value.method;
  throw notDetermined(selected);
}

function notDetermined(fact: Fact<unknown>): NotReadable {
  const because =
    fact.is === 'unread'
      ? fact.missing.map(({ action, error }) => `${action}: ${error}`).join('; ')
      : fact.is === 'not-applicable'
        ? fact.because
        : '';
  return new NotReadable(
    `The brokers could not be determined: ${because}`,
    'Pass the addresses with --bootstrap, and the login with --auth and --secret-file.',
  );
}

/** The cluster has no address for the method: nothing can be connected to, and the checks say why. */
function withoutBrokers(subject: Subject, auth: AuthMethod): EndedProbe['judgement'] {
  const findings = runChecks(
    checks.filter(({ id }) =>
      ['mapping.source-access', 'cluster.state', 'cluster.auth', 'cluster.broker'].includes(id),
    ),
    subject,
  ).filter(({ status }) => status === 'fail');
  if (findings.length === 0)
    throw new UsageError(
      `the cluster has no bootstrap addresses for ${auth}`,
      'See the addresses that it has with `msk-lambda broker`.',
    );
  return {
    result: emptyResult(auth, 'blocked'),
    findings,
    wouldShow: problemText('connection-error'),
  };
}
