/** `probe --from-vpc`: from the subnets of the pollers, by temporary functions. */
import { isWithoutMapping } from '../../../../account/scopes/brokers.js';
import { readAccount } from '../../../../account/scopes/account.js';
import { readProbed } from '../../../../account/scopes/probed.js';
import { UsageError } from '../../../../errors.js';
import { worstOf } from '../../../../remote/judge-subnets.js';
import { creationOf, deletionOf, type FunctionsPlan } from '../../../../remote/plan-functions.js';
import { sentenceOf } from '../../../../remote/refusal.js';
import type { ProbeFunctionsDocument } from '../../../../report/documents/probe-functions.js';
import { renderCalls, renderPreview } from '../../../../report/probe-subnets-text.js';
import { subjectOf } from '../../../../subject/subject.js';
import { visible } from '../../../../text/visible.js';
import { exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';
import { openClients, openUnlimitedClients, sandboxClients, sayTrouble, sayUnread } from '../../../open-account.js';
import { openSandbox } from '../../../open-sandbox.js';
import { printAnswer } from '../../../print-answer.js';
import type { OutputOptions } from '../../../shared-options.js';
import { limitTime } from '../../../time-limit.js';
import { tool } from '../../../version.js';
import { labelOf } from '../from-target.js';
import type { LoginSecret } from '../login-secret.js';
import type { ProbeOptions } from '../options.js';
import { printProbe, printUnprobed } from '../print-probe.js';
import { onlyTarget } from '../reach.js';
import { executeRemote, mayCreate, sayRemoval } from './execute.js';
import { isPrepared, prepareRemote } from './prepare.js';

const here = { kind: 'here', subnet: null } as const;
/** Seconds that an invocation may take besides the probe. */
const margin = 60;

/** Returns the exit code. Throws `UserError` before anything is created. */
export async function runFromVpc(
  given: string | undefined,
  options: ProbeOptions,
  { file, authority }: { file: LoginSecret | null; authority: string | null },
  io: Io,
): Promise<number> {
  // One account for both clients: the functions that one makes read the secret that the other read.
  const sandbox = options.sandbox === undefined ? null : openSandbox(options.sandbox);
  const clients =
    sandbox === null
      ? await openClients(options, io)
      : await sandboxClients(sandbox, { signal: limitTime(options.timeout, io.signal) });
  const target = given ?? onlyTarget(sandbox?.snapshot() ?? null);
  const found = await readProbed({ clients, target, tool, now: new Date() });
  const [uuid = ''] = found.snapshot.targets;
  if (found.trouble === null && isWithoutMapping(uuid))
    throw new UsageError(
      '--from-vpc needs a mapping: the functions run as its execution role',
      'Give the UUID of a mapping, or a function that has one mapping.',
    );
  const unread = (because: readonly string[]) => printUnprobed({ label: target, because }, options, io);
  sayTrouble(io, found.trouble);
  if (found.trouble !== null) return unread([found.trouble.sentence]);
  const because = sayUnread(io, found.snapshot);
  if (because.length > 0) return unread(because);
  const { snapshot, trouble } = await readAccount({
    clients,
    targets: [uuid],
    secretValues: false,
    tool,
    now: new Date(),
  });
  io.signal.throwIfAborted();
  sayTrouble(io, trouble);
  if (trouble !== null) return unread([trouble.sentence]);
  const subject = subjectOf(snapshot, uuid);
  const prepared = await prepareRemote(
    {
      subject,
      uuid,
      region: snapshot.region,
      label: labelOf(subject, target, false),
      options,
      file,
      authority,
      limits: { step: options.stepTimeout, whole: options.timeout },
      showRecord: options.showRecord === true,
    },
    clients,
    io,
  );
  if (!isPrepared(prepared)) return printProbe(prepared.judgement, here, prepared, options, io);
  const { plan } = prepared.run;
  if (options.dryRun === true) return printPlan(plan, prepared.run.fallback !== null, options, io);
  if (!(await mayCreate([prepared], options, io))) {
    io.stderr.write('Nothing was created.\n');
    return exitCodes.ok;
  }
  const { subnets, outcome } = await executeRemote(
    prepared,
    sandbox === null
      ? await openRemoteClients(options, io)
      : await sandboxClients(sandbox, { signal: new AbortController().signal }),
    io,
  );
  sayRemoval(outcome, io);
  for (const { from, refusal } of subnets)
    if (refusal !== null) io.stderr.write(`${from.subnet}: ${visible(sentenceOf(refusal))}\n`);
  const { judgement, from } = worstOf(subnets);
  const removed = new Set(outcome.removed);
  const functions = plan.functions.map(({ name, subnet }) => ({ name, subnet, removed: removed.has(name) }));
  const shown = { label: prepared.label, region: snapshot.region, remote: { subnets, functions } };
  return printProbe(judgement, from, shown, options, io);
}

/** Clients that Ctrl-C does not stop, because they remove what was created, and that wait for an invocation. */
export const openRemoteClients = (
  options: Pick<ProbeOptions, 'region' | 'profile' | 'endpointUrl' | 'timeout' | 'debug'>,
  io: Io,
) =>
  openUnlimitedClients(
    { ...options, requestTimeout: (options.timeout + margin) * 1000 },
    io,
    new AbortController().signal,
  );

/** Other formats were refused before. */
export const textOrJson = ({ output, outputFile }: ProbeOptions): Pick<OutputOptions, 'output' | 'outputFile'> => ({
  output: output === 'json' ? 'json' : 'text',
  ...(outputFile === undefined ? {} : { outputFile }),
});

async function printPlan(plan: FunctionsPlan, mayPassSecret: boolean, options: ProbeOptions, io: Io): Promise<number> {
  await printAnswer(io, textOrJson(options), {
    text: () =>
      [
        renderPreview(plan, { columns: io.columns, mayPassSecret }),
        `The calls, without the code of the functions:\n${renderCalls(plan)}`,
        'Nothing was created (--dry-run).',
      ].join('\n\n'),
    json: (): ProbeFunctionsDocument => ({
      schemaVersion: 1,
      changed: 0,
      functions: plan.functions.map(({ name, subnet }) => ({
        name,
        subnet,
        expires: plan.expires,
        outcome: 'planned',
        because: null,
      })),
      calls: plan.functions.flatMap((planned) => [creationOf(plan, planned, null), deletionOf(planned.name)]),
    }),
  });
  return exitCodes.ok;
}
