/** `watch`: `doctor` repeated at the lowest cost, until the mappings work, the time is up or the user ends it. */
import { appendFile } from 'node:fs/promises';
import type { Clients } from '../../../account/clients.js';
import { checks } from '../../../checks/index.js';
import type { Diagnosis, MappingDiagnosis } from '../../../diagnosis/diagnosis.js';
import { systemClock, type Clock } from '../../../mapping/clock.js';
import { toDoctorDocument } from '../../../report/documents/doctor.js';
import { toWatchDocument } from '../../../report/documents/watch.js';
import { toJsonLines } from '../../../report/json.js';
import { noMappings } from '../../../report/no-mappings.js';
import { watchedOf, watchLine, watchTable, type WatchedMapping } from '../../../report/watch-text.js';
import { toAscii } from '../../../text/symbols.js';
import { visible } from '../../../text/visible.js';
import type { Call } from '../../define-command.js';
import { exitCodeOf, exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { openUnlimitedClients, sayTrouble } from '../../open-account.js';
import { printAnswer, writeWhole } from '../../print-answer.js';
import { tool } from '../../version.js';
import { chooseChecks } from '../doctor/choose-checks.js';
import { judgedVerdicts, sayWarnings } from '../doctor/print-diagnosis.js';
import { prepare, targetsOf } from '../../report-files/prepare.js';
import type { WatchOptions } from './options.js';
import { openScreen, type Screen } from './screen.js';
import { AccountWatch, type Evaluation } from './watch-account.js';

/** What a test replaces. */
export interface WatchSetup {
  clock?: Clock;
  clients?: Clients;
}

export async function run(given: Call<WatchOptions>, setup: WatchSetup = {}): Promise<number> {
  const call = await prepare(given, { reports: false, templates: false });
  const { options, io } = call;
  const { clock = systemClock(io.signal) } = setup;
  const chosen = chooseChecks(checks, options.check, options.skip);
  if (options.outputFile !== undefined) await writeWhole(options.outputFile, '');
  const watch = new AccountWatch({
    clients: setup.clients ?? (await openUnlimitedClients(options, io)),
    targets: targetsOf(call),
    checks: chosen,
    clock,
    io,
    options,
  });
  const started = clock.now().getTime();
  const deadline = options.for === undefined ? Number.POSITIVE_INFINITY : started + options.for * 1000;
  const { evaluation: first, trouble } = await watch.begin();
  io.signal.throwIfAborted();
  sayTrouble(io, trouble);
  if (trouble !== null) return exitCodes.cannotTell;
  const printer = new ChangePrinter(options, io);
  let evaluation = first;
  try {
    for (;;) {
      await printer.print(evaluation);
      if (watchedOf(evaluation.diagnosis).length === 0) {
        io.stderr.write(`${noMappings(evaluation.diagnosis.region)}\n`);
        break;
      }
      if (options.until === 'healthy' && isWorking(evaluation.diagnosis, options.failOn)) break;
      const left = deadline - clock.now().getTime();
      if (left <= 0 || io.stdout.isClosed === true) break;
      await clock.sleep(Math.min(options.interval * 1000, left));
      io.signal.throwIfAborted();
      evaluation = await watch.look();
    }
  } catch (error) {
    if (!io.signal.aborted) throw error;
    return exitCodes.interrupted;
  } finally {
    printer.end();
  }
  if (options.output === 'json')
    await printAnswer(
      io,
      { ...options, output: 'json' },
      { text: () => '', json: () => toDoctorDocument(evaluation.diagnosis, tool) },
    );
  sayWarnings(io, [evaluation.diagnosis]);
  return exitCodeOf(judgedVerdicts(evaluation.diagnosis), options.failOn);
}

/** Whether every mapping works: with warnings too, unless these count as problems; a disabled mapping does not. */
const isWorking = (diagnosis: Diagnosis, failOn: WatchOptions['failOn']): boolean =>
  judgedVerdicts(diagnosis).every((verdict) => verdict === 'healthy' || (verdict === 'at-risk' && failOn !== 'warn'));

/** What is printed of a mapping; a new value is a change. */
const shownOf = ({ verdict, observed, causes }: MappingDiagnosis): string =>
  JSON.stringify([verdict, observed.state, observed.lastProcessingResult, causes.map(({ check }) => check)]);

/** Prints a line for each change, or draws the table. */
class ChangePrinter {
  private readonly last = new Map<string, { shown: string; since: Date }>();
  private readonly screen: Screen | null;
  private notes = '';

  constructor(
    private readonly options: WatchOptions,
    private readonly io: Io,
  ) {
    const isTable =
      options.output === 'text' &&
      options.quiet !== true &&
      options.verbose !== true &&
      options.outputFile === undefined &&
      io.stdout.isTTY === true &&
      (io.env['CI'] ?? '') === '' &&
      io.env['TERM'] !== 'dumb';
    this.screen = isTable ? openScreen(io) : null;
  }

  async print(evaluation: Evaluation): Promise<void> {
    const watched = this.changesOf(evaluation);
    this.forget(watched);
    if (this.screen !== null) {
      const { colour } = this.io;
      const columns = Math.max(20, this.io.stdout.columns ?? this.io.columns);
      this.screen.draw(watchTable({ ...evaluation, watched }, { colour, columns, rows: this.io.stdout.rows ?? 24 }));
      return;
    }
    this.sayNotes(evaluation);
    if (this.options.output === 'json') return;
    for (const { mapping, isNew } of watched)
      if (isNew || this.options.verbose === true) await this.write(this.lineOf(mapping, evaluation));
  }

  end(): void {
    this.screen?.end();
  }

  private changesOf({ at, diagnosis }: Evaluation): (WatchedMapping & { isNew: boolean })[] {
    return watchedOf(diagnosis).map((mapping) => {
      const shown = shownOf(mapping);
      const earlier = this.last.get(mapping.uuid);
      if (earlier?.shown === shown) return { mapping, since: earlier.since, isNew: false };
      this.last.set(mapping.uuid, { shown, since: at });
      return { mapping, since: at, isNew: true };
    });
  }

  /** Mappings that no longer exist. */
  private forget(watched: readonly WatchedMapping[]): void {
    const uuids = new Set(watched.map(({ mapping }) => mapping.uuid));
    for (const uuid of this.last.keys()) {
      if (uuids.has(uuid)) continue;
      this.last.delete(uuid);
      if (this.screen === null) this.io.stderr.write(`The mapping ${visible(uuid)} no longer exists.\n`);
    }
  }

  /** Once, until something else fails. */
  private sayNotes({ notes }: Evaluation): void {
    const text = notes.map((note) => `Note: ${visible(note)}\n`).join('');
    if (text !== this.notes) this.io.stderr.write(text);
    this.notes = text;
  }

  private lineOf(mapping: MappingDiagnosis, { diagnosis, at }: Evaluation): string {
    if (this.options.output === 'jsonl')
      return [...toJsonLines([toWatchDocument(mapping, at)], (line) => line)].join('');
    if (this.options.quiet === true)
      return `${[mapping.uuid, mapping.verdict, mapping.causes[0]?.check ?? '-'].join(' ')}\n`;
    return `${watchLine(mapping, diagnosis, at, this.io.colour)}\n`;
  }

  private async write(line: string): Promise<void> {
    const text = this.io.ascii && this.options.output === 'text' ? toAscii(line) : line;
    if (this.options.outputFile !== undefined) await appendFile(this.options.outputFile, text);
    else if (this.io.stdout.write(text) === false)
      await new Promise<void>((done) => this.io.stdout.write('', () => done()));
  }
}
