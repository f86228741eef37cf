/** The answer of a probe, as text, document or report, and its exit code. */
import type { ProbeJudgement } from '../../../probe/judge/judge-probe.js';
import type { ProbeOrigin } from '../../../probe/judge/probe-context.js';
import type { SubnetsReport } from '../../../report/documents/probe.js';
import { reportOfProbe, reportOfUnprobed } from '../../../report/formats/from-probe.js';
import { renderProbe, renderQuiet } from '../../../report/probe-text.js';
import { visible } from '../../../text/visible.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { ownSourceWords } from '../../source-words.js';
import { printReport } from '../../report-files/print-report.js';
import { tool } from '../../version.js';
import type { ProbeOptions } from './options.js';
import type { UnreadProbe } from './plan.js';

/** Prints why AWS could not be read well enough to probe; returns the exit code. */
export async function printUnprobed(unread: UnreadProbe, options: ProbeOptions, io: Io): Promise<number> {
  const region = options.region ?? null;
  await printReport(io, options, reportOfUnprobed({ ...unread, auth: options.auth ?? null, region }, tool));
  return exitCodes.cannotTell;
}

/** Prints the answer of a probe; returns the exit code. */
export async function printProbe(
  judgement: ProbeJudgement,
  from: ProbeOrigin,
  plan: { label: string; region?: string; remote?: SubnetsReport },
  options: ProbeOptions,
  io: Io,
): Promise<number> {
  const showsRecord = options.showRecord === true;
  for (const note of judgement.result.facts.notes) io.stderr.write(`Note: ${visible(note)}\n`);
  const region = plan.region ?? options.region ?? null;
  const { remote } = plan;
  const answer = {
    judgement,
    from,
    target: plan.label,
    region,
    showsRecord,
    ...(remote === undefined ? {} : { remote }),
  };
  await printReport(
    io,
    options,
    reportOfProbe(answer, tool, (style) =>
      style.isBare === true
        ? renderQuiet(judgement)
        : renderProbe(judgement, {
            colour: style.colour,
            columns: style.columns,
            ...(io.stdout.isTTY === true ? {} : { headColumns: Number.POSITIVE_INFINITY }),
            region: region ?? '',
            profile: options.profile,
            source: ownSourceWords(options),
            shell: io.shell,
            target: plan.label,
            from,
            verbose: options.verbose === true,
            showsRecord,
            ...(remote === undefined ? {} : { subnets: remote.subnets }),
          }),
    ),
  );
  return { reaches: exitCodes.ok, blocked: exitCodes.problem, unknown: exitCodes.cannotTell }[judgement.result.verdict];
}
