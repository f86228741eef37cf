/** Connects to the brokers step by step, and reports where it stopped and what Lambda would show. */
import { NotReadable, UsageError } from '../../../errors.js';
import { isTopicName } from '../../../kafka/topic-name.js';
import type { ProbeJudgement } from '../../../probe/judge/judge-probe.js';
import type { ProbeOrigin } from '../../../probe/judge/probe-context.js';
import { visible } from '../../../text/visible.js';
import type { Call } from '../../define-command.js';
import type { Io } from '../../io.js';
import { checkReportFiles } from '../../report-files/check-report-files.js';
import { refuseToOpen } from '../../report-files/open-page.js';
import { startProgress } from '../../progress.js';
import { limitTime } from '../../time-limit.js';
import { sayUserError } from '../../user-error.js';
import { joinAuthorities, readAuthority, refuseRoleName } from './trust.js';
import { planOfAddresses } from './from-addresses.js';
import { planOfTarget } from './from-target.js';
import { hideValues } from '../../../probe/hide-values.js';
import { readSecretFile, type LoginSecret } from './login-secret.js';
import type { ProbeOptions } from './options.js';
import { probeAtPlace } from './run-here.js';
import { onlyTarget, openReach, type ProbeReach } from './reach.js';
import { isEnded, isUnread, type EndedProbe, type ProbePlan, type UnreadProbe } from './plan.js';
import { printProbe, printUnprobed } from './print-probe.js';
import { withRole } from './with-role.js';

const here: ProbeOrigin = { kind: 'here', subnet: null };

/** Returns the exit code. Throws `UsageError` before anything is sent. */
export async function run({ args: [target], options, io }: Call<ProbeOptions>): Promise<number> {
  refuseFlags(target, options);
  if (options.clean === true) {
    const { runClean } = await import('./from-vpc/clean.js');
    return runClean(options, io);
  }
  await checkReportFiles(options);
  refuseToOpen(options, io);
  const authority = options.caFile === undefined ? null : await readAuthority(options.caFile);
  const file = options.secretFile === undefined ? null : await readSecretFile(options.secretFile);
  if (options.fromVpc === true) {
    const { runFromVpc } = await import('./from-vpc/run.js');
    return runFromVpc(target, options, { file, authority }, io).catch((error: unknown) =>
      sayNotReadable(error, target, options, io),
    );
  }
  const { via, ...source } = options;
  const reach = await openReach(via, source, io, limitTime(options.timeout, io.signal));
  try {
    return await runWith(reach, { target, authority, file }, options, io);
  } finally {
    await reach.stop();
  }
}

async function runWith(
  reach: ProbeReach,
  given: { target: string | undefined; authority: string | null; file: LoginSecret | null },
  options: ProbeOptions,
  io: Io,
): Promise<number> {
  let plan: ProbePlan | EndedProbe | UnreadProbe;
  try {
    plan = await planOf(reach, given, options, io);
  } catch (error) {
    return sayNotReadable(error, given.target, options, io);
  }
  io.signal.throwIfAborted();
  if (isUnread(plan)) return printUnprobed(plan, options, io);
  if (isEnded(plan)) return printProbe(plan.judgement, here, plan, options, io);
  const { judgement, from } = await probe(plan, { reach, authority: given.authority }, options, io);
  return printProbe(judgement, from, plan, options, io);
}

/** Throws every other error. */
async function sayNotReadable(
  error: unknown,
  target: string | undefined,
  options: ProbeOptions,
  io: Io,
): Promise<number> {
  if (!(error instanceof NotReadable)) throw error;
  await printUnprobed({ label: target ?? options.bootstrap ?? 'sandbox', because: [error.message] }, options, io);
  return sayUserError(io, error);
}

function refuseFlags(
  target: string | undefined,
  { bootstrap, topic, group, showRecord, assumeRole, sandbox, fromVpc, clean, yes, dryRun, output }: ProbeOptions,
): void {
  if ((clean === true || dryRun === true) && output !== 'text' && output !== 'json')
    throw new UsageError(`${clean === true ? '--clean' : '--dry-run'} has the formats text and json`);
  if (clean === true) {
    if (target !== undefined)
      throw new UsageError('--clean takes no target: it deletes what earlier probes left behind');
    return;
  }
  if (fromVpc !== true && (yes === true || dryRun === true))
    throw new UsageError(
      `${yes === true ? '--yes' : '--dry-run'} needs --from-vpc or --clean: otherwise a probe changes nothing`,
    );
  if (fromVpc === true && target === undefined && sandbox === undefined)
    throw new UsageError(
      '--from-vpc needs a mapping',
      'Give the UUID of a mapping, or a function that has one mapping.',
    );
  if (target === undefined && bootstrap === undefined && sandbox === undefined)
    throw new UsageError(
      'missing argument: what to probe',
      'Give a mapping, function or cluster, or addresses with --bootstrap HOST:PORT.',
    );
  if (target !== undefined && bootstrap !== undefined)
    throw new UsageError('a target and --bootstrap exclude each other: keep only one of them');
  if (topic !== undefined && !isTopicName(topic))
    throw new UsageError(
      `“${visible(topic)}” is not a valid topic name`,
      'Topic names have up to 249 letters, digits, “.”, “_” and “-”.',
    );
  refuseRoleName(assumeRole);
  if (group === '') throw new UsageError('--group is empty', 'Give the ID of the consumer group.');
  if (showRecord === true && bootstrap !== undefined && topic === undefined)
    throw new UsageError('--show-record needs --topic');
}

async function planOf(
  reach: ProbeReach,
  { target, file }: { target: string | undefined; file: LoginSecret | null },
  options: ProbeOptions,
  io: Io,
): Promise<ProbePlan | EndedProbe | UnreadProbe> {
  const open = (region = options.region) => reach.clients(region);
  if (options.bootstrap !== undefined) return planOfAddresses(options.bootstrap, options, file, open);
  const clients = await open();
  return planOfTarget(target ?? onlyTarget(reach.account), options, file, clients, io);
}

/** Probes, and judges the result. */
export async function probe(
  plan: ProbePlan,
  { reach, authority }: { reach: Pick<ProbeReach, 'dial' | 'authority'>; authority: string | null },
  options: Pick<ProbeOptions, 'stepTimeout' | 'timeout' | 'showRecord'>,
  io: Io,
): Promise<{ judgement: ProbeJudgement; from: ProbeOrigin }> {
  const progress = startProgress(io, 'Connecting to the brokers');
  try {
    const { from, result } = await probeAtPlace({
      bootstrap: plan.bootstrap,
      auth: plan.auth,
      credentials: plan.credentials,
      certificateAuthority: joinAuthorities(authority, reach.authority),
      topic: plan.topic,
      group: plan.group,
      limits: { step: options.stepTimeout * 1000, whole: options.timeout * 1000 },
      showRecord: options.showRecord === true,
      dial: reach.dial,
      signal: io.signal,
    });
    io.signal.throwIfAborted();
    const shown = hideValues(result, plan.hidden);
    const { judgeProbe } = await import('../../../probe/judge/judge-probe.js');
    const context = { ...plan.context, ...(await withRole(plan, shown)), from, hasAuthority: authority !== null };
    io.signal.throwIfAborted();
    return { judgement: judgeProbe(shown, context), from };
  } finally {
    progress.stop();
  }
}
