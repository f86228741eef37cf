/** The decisions of the user: each asked once for all mappings with the same cause on the same resources. */
import { UsageError } from '../errors.js';
import type { Finding } from '../checks/run.js';
import { costOf, type Cost } from '../fixes/cost.js';
import type { Fix } from '../fixes/fix.js';
import { choiceKey, isManual } from './alternatives.js';
import type { TakenChange } from './taken-fix.js';

interface OpenChoice {
  question: string;
  titles: string[];
  costs: Cost[];
  chosen: number;
  /** The calls of each option, of all mappings. */
  changes: TakenChange[][];
}

/** A mapping with the cause, and its fixes. */
export interface Candidate {
  uuid: string;
  finding: Finding;
  fixes: readonly Fix[];
}

export class Choices {
  private readonly byKey = new Map<string, number>();
  private readonly open: OpenChoice[] = [];

  /** `answers`: for each choice in order the zero-based option; undefined where the user was not asked. */
  constructor(private readonly answers: readonly number[] | undefined) {}

  /**
   * The index of the choice between these fixes, and of the option that is taken. `others`: mappings with the same
   * cause, for which an option is too.
   */
  choose(
    finding: Finding,
    fixes: readonly Fix[],
    uuid: string,
    others: () => readonly Candidate[],
  ): { choice: number; option: number } {
    const key = choiceKey(finding.check, fixes, uuid);
    const known = this.byKey.get(key);
    const choice = known ?? this.add(finding, fixes);
    this.byKey.set(key, choice);
    for (const candidate of [{ uuid, finding, fixes }, ...(known === undefined ? others() : [])])
      this.collect(choice, candidate);
    return { choice, option: this.open[choice]!.chosen };
  }

  private collect(choice: number, { uuid, finding, fixes }: Candidate): void {
    for (const [option, { changes }] of fixes.entries())
      for (const change of changes)
        this.open[choice]!.changes[option]!.push({
          change,
          for: { mapping: uuid, check: finding.check },
          reason: finding.title,
          option: { choice, option },
        });
  }

  get all(): readonly OpenChoice[] {
    return this.open;
  }

  /** Throws where an answer belongs to no choice. */
  checkAnswers(): void {
    const spare = (this.answers?.length ?? 0) - this.open.length;
    if (spare > 0)
      throw new UsageError(
        this.open.length === 0
          ? 'The repair plan has no choice to make.'
          : `The repair plan has ${counted(this.open.length, 'choice')}, not ${this.answers!.length}.`,
      );
  }

  private add(finding: Finding, fixes: readonly Fix[]): number {
    const index = this.open.length;
    const chosen = this.answers?.[index] ?? 0;
    if (!Number.isInteger(chosen) || fixes[chosen] === undefined)
      throw new UsageError(
        `Choice ${index + 1} of the repair plan (${finding.title}) has ${counted(fixes.length, 'option')}, not ${chosen + 1}.`,
      );
    this.open.push({
      question: finding.title,
      titles: fixes.map(({ title }) => title),
      costs: fixes.map(costOfOption),
      chosen,
      changes: fixes.map(() => []),
    });
    return index;
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A manual fix has no calls to derive the cost from, and says it in its title. */
const costOfOption = (fix: Fix): Cost =>
  !isManual(fix)
    ? costOf(fix)
    : /billed per hour/.test(fix.title)
      ? 'hour'
      : /billed per GB/.test(fix.title)
        ? 'data'
        : 'free';
