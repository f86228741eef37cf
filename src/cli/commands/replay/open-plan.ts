/** Connects a replay to a topic: the brokers, login and settings of the mapping, or of the flags. */
import { readProbed } from '../../../account/scopes/probed.js';
import { isWithoutMapping } from '../../../account/scopes/brokers.js';
import { lookUpFunction, lookUpReservedConcurrency } from '../../../account/queries/functions.js';
import type { Clients } from '../../../account/clients.js';
import { functionNameOf } from '../../../aws/function-arn.js';
import { defaultPollers } from '../../../aws/limits.js';
import { NotReadable, UsageError } from '../../../errors.js';
import { isTopicName } from '../../../kafka/topic-name.js';
import type { ProbeJudgement } from '../../../probe/judge/judge-probe.js';
import type { ProbeOrigin } from '../../../probe/judge/probe-context.js';
import { hideInText } from '../../../probe/hide-values.js';
import type { ProbeInput } from '../../../probe/probe-input.js';
import type { Capacity } from '../../../replay/estimate.js';
import { KafkaSource } from '../../../replay/kafka-source.js';
import { hasProvisionedPollers } from '../../../snapshot/provisioned.js';
import { isOk } from '../../../snapshot/read.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { valueOrNull } from '../../../subject/fact.js';
import { subjectOf } from '../../../subject/subject.js';
import { renderProbe } from '../../../report/probe-text.js';
import { visible } from '../../../text/visible.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { sayTrouble, sayUnread } from '../../open-account.js';
import { startProgress } from '../../progress.js';
import { ownSourceWords } from '../../source-words.js';
import { limitTime } from '../../time-limit.js';
import { tool } from '../../version.js';
import { addressText } from '../probe/addresses.js';
import { planOfAddresses } from '../probe/from-addresses.js';
import { planOfSubject } from '../probe/from-target.js';
import { readSecretFile, type LoginSecret } from '../probe/login-secret.js';
import { isEnded, type EndedProbe, type ProbePlan } from '../probe/plan.js';
import { onlyTarget, openReach, type ProbeReach } from '../probe/reach.js';
import { probe } from '../probe/run.js';
import { readAuthority } from '../probe/trust.js';
import type { ReplayOptions } from './options.js';
import { positionsOf } from './positions.js';
import type { ReplayPlan } from './replay-plan.js';
import { patternsOf, settingsOf } from './settings-of.js';

/** Milliseconds that a broker waits for records at the end of a partition. */
const waits = { follow: 400, once: 100 };

interface Found {
  connection: ProbePlan | EndedProbe;
  mapping: Mapping | null;
  /** Null without AWS access. */
  clients: Clients | null;
}

/** The plan, or the exit code after the reason was printed. Throws `UsageError` before anything is sent, and `NotReadable`. */
export async function openPlan(
  target: string | undefined,
  options: ReplayOptions,
  io: Io,
): Promise<ReplayPlan | number> {
  refuseFlags(target, options);
  const authority = options.caFile === undefined ? null : await readAuthority(options.caFile);
  const file = options.secretFile === undefined ? null : await readSecretFile(options.secretFile);
  // A pattern that is not valid is reported before anything is sent.
  patternsOf(null, options);
  const reach = await openReach(options.via, options, io, limitTime(options.timeout, io.signal));
  let isOpen = false;
  try {
    const found = await find(target, options, file, reach, io);
    if (found === null) return exitCodes.cannotTell;
    const plan = await planWith(found, { reach, authority }, options, io);
    if (typeof plan === 'number') return plan;
    isOpen = true;
    return plan;
  } finally {
    if (!isOpen) await reach.stop();
  }
}

async function planWith(
  found: Found,
  { reach, authority }: { reach: ProbeReach; authority: string | null },
  options: ReplayOptions,
  io: Io,
): Promise<ReplayPlan | number> {
  const { connection, mapping } = found;
  /** The finding of the probe, on standard error: the answer of a replay has no place for it. */
  const sayFinding = (judgement: ProbeJudgement, from: ProbeOrigin): number => {
    const text = renderProbe(judgement, {
      colour: io.colour,
      columns: io.columns,
      region: options.region ?? '',
      profile: options.profile,
      source: ownSourceWords(options),
      shell: io.shell,
      target: connection.label,
      from,
      verbose: options.verbose === true,
      showsRecord: false,
    });
    io.stderr.write(`${text}\n`);
    return exitCodes.cannotTell;
  };
  if (isEnded(connection)) return sayFinding(connection.judgement, { kind: 'here', subnet: null });
  if (connection.topic === null) throw new UsageError('missing topic', 'Pass --topic NAME.');
  const { topic, group } = connection;
  // The probe joins an empty group to see whether it may; a replay only reads.
  const { stepTimeout, timeout } = options;
  const { judgement, from } = await probe(
    { ...connection, group: null },
    { reach, authority },
    { stepTimeout, timeout },
    io,
  );
  if (judgement.result.verdict !== 'reaches') return sayFinding(judgement, from);
  const note = (sentence: string): void =>
    void io.stderr.write(`Note: ${visible(hideInText(sentence, connection.hidden))}\n`);
  const input: ProbeInput = {
    bootstrap: connection.bootstrap,
    auth: connection.auth,
    credentials: connection.credentials,
    certificateAuthority: [authority, reach.authority].filter((pem) => pem !== null).join('\n') || null,
    topic,
    group: null,
    // A replay may take hours; only each answer has a limit.
    limits: { step: options.stepTimeout * 1000, whole: Number.POSITIVE_INFINITY },
    showRecord: false,
    dial: reach.dial,
    signal: io.signal,
  };
  const source = new KafkaSource(input, note, options.follow === true ? waits.follow : waits.once);
  const progress = startProgress(io, 'Reading the offsets');
  try {
    const { partitions, backlog } = await positionsOf(source, options, { topic, group }, note);
    io.signal.throwIfAborted();
    const bootstrapServers = connection.bootstrap.map(addressText).join(',');
    const { clusterArn } = connection.context;
    const timeout = await timeoutOf(mapping, found.clients, options, note);
    const capacity = await capacityOf(mapping, backlog === null ? null : found.clients, options);
    return {
      topic,
      origin: clusterArn === null ? { bootstrapServers } : { eventSourceArn: clusterArn, bootstrapServers },
      source,
      partitions,
      backlog,
      settings: settingsOf(mapping, options),
      capacity,
      patterns: patternsOf(mapping, options),
      mapping,
      functionArn: mapping?.FunctionArn ?? null,
      functionName: mapping?.FunctionArn === undefined ? null : (functionNameOf(mapping.FunctionArn) ?? null),
      functionTimeout: timeout,
      async close() {
        source.close();
        await reach.stop();
      },
    };
  } catch (error) {
    source.close();
    throw error instanceof NotReadable
      ? new NotReadable(hideInText(error.message, connection.hidden), error.hint)
      : error;
  } finally {
    progress.stop();
  }
}

function refuseFlags(target: string | undefined, options: ReplayOptions): void {
  const { bootstrap, topic, group, sandbox, from, to, command } = options;
  if (target === undefined && bootstrap === undefined && sandbox === undefined)
    throw new UsageError(
      'missing argument: the mapping',
      'Give a mapping or function, or addresses with --bootstrap HOST:PORT and --topic.',
    );
  if (target !== undefined && bootstrap !== undefined)
    throw new UsageError('a target and --bootstrap exclude each other: keep only one of them');
  if (bootstrap !== undefined && topic === undefined)
    throw new UsageError('--bootstrap needs a topic', 'Pass --topic NAME.');
  if (topic !== undefined && !isTopicName(topic)) throw new UsageError(`“${visible(topic)}” is not a valid topic name`);
  if (from?.kind === 'offset' && to !== undefined && to < from.offset)
    throw new UsageError(`--from ${from.offset} is after --to ${to}`, 'Both are inclusive: --to is at least --from.');
  if (command?.trim() === '')
    throw new UsageError('--command is empty', 'Give the command, such as "python3 handler.py".');
  if (group === '') throw new UsageError('--group is empty', 'Give the ID of the consumer group.');
}

/** Null where AWS could not be read; the reason was said on standard error. */
async function find(
  named: string | undefined,
  options: ReplayOptions,
  file: LoginSecret | null,
  reach: ProbeReach,
  io: Io,
): Promise<Found | null> {
  const open = (region = options.region) => reach.clients(region);
  if (options.bootstrap !== undefined) {
    const connection = await planOfAddresses(options.bootstrap, options as never, file, open);
    return { connection, mapping: null, clients: null };
  }
  const clients = await open();
  const target = named ?? onlyTarget(reach.account);
  const progress = startProgress(io, 'Reading the mapping');
  try {
    const { snapshot, trouble } = await readProbed({ clients, target, tool, now: new Date() });
    io.signal.throwIfAborted();
    if (trouble !== null) {
      sayTrouble(io, trouble);
      return null;
    }
    if (sayUnread(io, snapshot).length > 0) return null;
    const [uuid = ''] = snapshot.targets;
    const subject = subjectOf(snapshot, uuid);
    const connection = await planOfSubject(
      subject,
      { uuid, region: snapshot.region, label: target },
      options,
      file,
      clients,
      io,
    );
    return { connection, mapping: isWithoutMapping(uuid) ? null : valueOrNull(subject.mapping), clients };
  } finally {
    progress.stop();
  }
}

/** Seconds; null where the function or its timeout is not known. */
async function timeoutOf(
  mapping: Mapping | null,
  clients: Clients | null,
  { functionTimeout, handler, command }: ReplayOptions,
  note: (sentence: string) => void,
): Promise<number | null> {
  const arn = mapping?.FunctionArn;
  if (functionTimeout !== undefined || arn === undefined || clients === null || (handler ?? command) === undefined)
    return null;
  const read = await lookUpFunction(clients, arn);
  if (isOk(read)) return read.value.Timeout ?? null;
  note(`The timeout of the function could not be read: ${read.error}`);
  return null;
}

/** The reserved concurrency is read only where a handler is called, for the time that a backlog takes. */
async function capacityOf(
  mapping: Mapping | null,
  clients: Clients | null,
  { handler, command, function: deployed }: ReplayOptions,
): Promise<Capacity> {
  const { MinimumPollers: minimum, MaximumPollers: maximum } = mapping?.ProvisionedPollerConfig ?? {};
  const pollers =
    mapping !== null && hasProvisionedPollers(mapping)
      ? { minimum: minimum ?? defaultPollers.minimum, maximum: maximum ?? defaultPollers.maximum }
      : null;
  const arn = mapping?.FunctionArn;
  const calls = handler !== undefined || command !== undefined || deployed === true;
  if (arn === undefined || clients === null || !calls) return { pollers, reservedConcurrency: null };
  const read = await lookUpReservedConcurrency(clients, arn);
  return { pollers, reservedConcurrency: isOk(read) ? read.value : null };
}
