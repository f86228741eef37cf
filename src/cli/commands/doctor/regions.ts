/**
 * `doctor --regions`: several regions in parallel. A region that is refused, or has no mapping, is reported and does
 * not stop the others.
 */
import pLimit from 'p-limit';
import { listRegions } from '../../../account/queries/regions.js';
import { readAccount } from '../../../account/scopes/account.js';
import type { AnyCheck } from '../../../checks/define.js';
import { diagnoseAccount } from './diagnose-account.js';
import { verdicts, type Diagnosis } from '../../../diagnosis/diagnosis.js';
import { regionsPieces } from '../../../report/doctor-regions-text.js';
import { ownSourceWords, sourceWords } from '../../source-words.js';
import { toDoctorDocument } from '../../../report/documents/doctor.js';
import { mappingsOfDiagnosis } from '../../../report/formats/from-doctor.js';
import { doctorLines } from '../../../report/formats/doctor-lines.js';
import { unreadText } from '../../../report/formats/unread.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { printReport } from '../../report-files/print-report.js';
import { isOk } from '../../../snapshot/read.js';
import { sayWarnings, judgedVerdicts, verdictsOf } from './print-diagnosis.js';
import { sayUserError } from '../../user-error.js';
import { notReadable } from '../../../mapping/resolve.js';
import type { DoctorOptions } from './options.js';
import { exitCodeOf, exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { startProgress, type Progress } from '../../progress.js';
import { openClients, refuseMissingProfile, regionOf } from '../../open-account.js';
import { NotReadable, UsageError, UserError } from '../../../errors.js';
import { tool } from '../../version.js';

/** Regions in parallel; each has its own limit of parallel calls. */
const atOnce = 4;

interface RegionResult {
  region: string;
  diagnosis: Diagnosis | null;
  snapshot: Snapshot | null;
  /** Why the region could not be read. */
  unread: string | null;
  /** The named targets are not in this region. */
  absent: UserError | null;
}

export async function runRegions(
  targets: readonly string[],
  options: DoctorOptions,
  io: Io,
  chosen: readonly AnyCheck[],
): Promise<number> {
  // Once, not for each region.
  await refuseMissingProfile({ profile: options.profile, sandbox: options.sandbox, region: 'several' }, io);
  const names = await regionNames(options, io);
  if (names instanceof NotReadable) return sayNoRegions(names, options, io);
  const progress = startProgress(io, 'Reading the regions');
  const limit = pLimit(atOnce);
  let done = 0;
  const results = await Promise.all(
    names.map((region) =>
      limit(async () => {
        const result = await readRegion(region, targets, options, io, chosen);
        progress.say(`${++done} of ${names.length}`);
        return result;
      }),
    ),
  ).finally(() => (progress satisfies Progress).stop());
  io.signal.throwIfAborted();
  return answer(results, targets, options, io);
}

async function sayNoRegions(error: NotReadable, options: DoctorOptions, io: Io): Promise<number> {
  const unread = [{ region: 'all', because: error.message }];
  await printReport(io, options, {
    command: 'doctor',
    tool,
    capturedAt: null,
    account: null,
    region: null,
    trouble: [error.message],
    mappings: [],
    findings: [],
    source: null,
    text: ({ isBare, columns }) => (isBare === true ? '' : unreadText(error.message, columns)),
    json: () => ({ schemaVersion: 1, regions: [], unread }),
    jsonl: () => doctorLines([], tool, { unread }),
  });
  return sayUserError(io, error);
}

/** The named regions without duplicates, or those that the account may use; an error where they could not be listed. */
async function regionNames(options: DoctorOptions, io: Io): Promise<string[] | NotReadable> {
  const named = [...new Set(options.regions)];
  if (!named.includes('all')) {
    const odd = named.find((name) => !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(name));
    if (named.length === 0 || odd !== undefined)
      throw new UsageError(
        odd === undefined ? '--regions names no region' : `“${odd}” is no name of a region`,
        'For example `--regions eu-west-1,us-east-1`, or `--regions all`.',
      );
    return named;
  }
  // Any region can list them all.
  const regions = await listRegions(
    await openClients({ ...options, region: regionOf(options, io) ?? 'us-east-1' }, io),
  );
  io.signal.throwIfAborted();
  if (isOk(regions)) return regions.value;
  const { message, hint } = notReadable('The list of regions', regions);
  const others = hint.startsWith('Your credentials need')
    ? ' Or name the regions: `--regions eu-west-1,us-east-1`.'
    : '';
  return new NotReadable(message, `${hint}${others}`);
}

async function readRegion(
  region: string,
  targets: readonly string[],
  options: DoctorOptions,
  io: Io,
  chosen: readonly AnyCheck[],
): Promise<RegionResult> {
  const result: RegionResult = { region, diagnosis: null, snapshot: null, unread: null, absent: null };
  try {
    const clients = await openClients({ ...options, region }, io);
    // A sandbox has one region.
    if ((await clients.region()) !== region)
      return { ...result, absent: new UsageError(`the sandbox account has no mapping in ${region}`) };
    const { snapshot, trouble } = await readAccount({
      clients,
      targets,
      tool,
      now: new Date(),
      secretValues: options.secretValues,
      nameLeftOut: true,
    });
    return trouble === null
      ? { ...result, snapshot, diagnosis: await diagnoseAccount(snapshot, chosen, { options, io, isWhole: false }) }
      : { ...result, unread: trouble.sentence };
  } catch (error) {
    if (error instanceof UserError && error.exitCode === exitCodes.usage) return { ...result, absent: error };
    throw error;
  }
}

async function answer(
  results: readonly RegionResult[],
  targets: readonly string[],
  options: DoctorOptions,
  io: Io,
): Promise<number> {
  const unread = results.flatMap(({ region, unread: because }) => (because === null ? [] : [{ region, because }]));
  const diagnoses = results.flatMap(({ diagnosis }) => diagnosis ?? []);
  const [absent] = results.flatMap((result) => result.absent ?? []);
  if (
    targets.length > 0 &&
    absent !== undefined &&
    diagnoses.every(({ mappings, leftOut }) => mappings.length + leftOut.length === 0) &&
    unread.length === 0
  )
    throw absent;
  const mappings = diagnoses.flatMap(({ region, mappings: inRegion, names }) =>
    inRegion.map((mapping) => ({ region, mapping, names })),
  );
  const leftOut = diagnoses.flatMap(({ region, leftOut: inRegion, names }) =>
    inRegion.map((mapping) => ({ region, mapping, names })),
  );
  const gravest = mappings.toSorted(
    (a, b) => verdicts.indexOf(a.mapping.verdict) - verdicts.indexOf(b.mapping.verdict),
  );
  const empty = results
    .filter(({ region }) => ![...unread, ...mappings, ...leftOut].some((entry) => entry.region === region))
    .map(({ region }) => region);
  const report = await printReport(io, options, {
    command: 'doctor',
    tool,
    capturedAt: diagnoses[0]?.capturedAt ?? null,
    account: diagnoses[0]?.account ?? null,
    region: null,
    trouble: unread.map(({ region, because }) => `${region}: ${because}`),
    get mappings() {
      return diagnoses
        .flatMap(mappingsOfDiagnosis)
        .toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
    },
    findings: [],
    source: {
      command: 'doctor',
      regions: results.flatMap(({ diagnosis, snapshot }) => (diagnosis === null ? [] : [{ diagnosis, snapshot }])),
      account: { profile: options.profile, source: ownSourceWords(options) },
    },
    text: ({ colour, columns, isAnswer }) =>
      isAnswer && options.quiet === true
        ? [...gravest, ...leftOut.filter(({ mapping: { verdict } }) => verdict !== null)]
            .map(
              ({
                region,
                mapping: {
                  uuid,
                  verdict,
                  causes: [cause],
                },
              }) => [region, uuid, verdict, cause?.check ?? '-'].join(' '),
            )
            .join('\n')
        : regionsPieces(
            { diagnoses, empty, unread },
            {
              ...io,
              colour,
              columns,
              verbose: options.verbose === true,
              profile: options.profile,
              source: sourceWords(options),
            },
          ),
    json: () => ({
      schemaVersion: 1,
      regions: diagnoses.map((diagnosis) => toDoctorDocument(diagnosis, tool)),
      unread,
    }),
    jsonl: () => doctorLines(diagnoses, tool, { unread }),
  });
  if (options.output !== 'text' || options.quiet === true)
    for (const { region, because } of unread) io.stderr.write(`${region}: ${because}\n`);
  const code = exitCodeOf(verdictsOf(report, diagnoses.flatMap(judgedVerdicts), options), options.failOn);
  sayWarnings(io, diagnoses);
  // Most accounts cannot use some of all regions. A region that the user named, or a failure of every region, is
  // reported as not read.
  const gap = unread.length > 0 && (!options.regions!.includes('all') || diagnoses.length === 0);
  return code === exitCodes.ok && gap ? exitCodes.cannotTell : code;
}
