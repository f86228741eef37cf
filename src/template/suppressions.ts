/** Findings that the author of a template accepts: comments and `Metadata` next to the resource. */
import { hasExpired, isDay, matchesCheck, matchesResource, type ProjectSuppression } from '../config/suppression.js';
import type { LintFinding, SuppressedFinding } from './lint-result.js';
import type { Location } from './location.js';
import { isObject, type JsonObject, type ReadTemplates, type TemplateResource } from './resource.js';

export interface Suppression {
  /** The id of a check, which may contain `*`. */
  check: string;
  reason: string;
  /** YYYY-MM-DD; null where none is written. */
  until: string | null;
  location: Location;
  /** The line that a comment is about; null for `Metadata`, which is about its resource. */
  line: number | null;
  resource: TemplateResource | null;
  /** Of the configuration file: which names it fits; null for one in a template. */
  pattern: string | null;
  /** Without a finding it is not reported: it may be for another command. */
  mayBeUnused: boolean;
  isUsed: boolean;
}

/** Those of the configuration file that count for templates. `file`: the configuration file. */
export const fromProject = (entries: readonly ProjectSuppression[], file: string): Suppression[] =>
  entries
    .filter(({ command }) => command !== 'doctor')
    .map(({ check, resource, reason, until, command, line }, index) => ({
      check,
      reason,
      until,
      location: { file, line, column: 1, path: `suppress.${index}` },
      line: null,
      resource: null,
      pattern: resource,
      mayBeUnused: command === null && isOfAccount(resource),
      isUsed: false,
    }));

/** An ARN, a UUID or an id of AWS: a template has no such names. */
const isOfAccount = (resource: string): boolean =>
  resource.startsWith('arn:') || /^(?:[0-9a-f]{8}-[0-9a-f]{4}-|[a-z]{1,8}-[0-9a-f]{8})/.test(resource);

const mark = 'msk-lambda-ignore:';

/** All suppressions of the templates. `textOf`: a file. */
export function suppressionsOf(
  { comments, resources }: ReadTemplates,
  textOf: (file: string) => string | undefined,
): Suppression[] {
  return [
    ...comments.flatMap(({ file, line, text }): Suppression[] => {
      const at = text.indexOf(mark);
      const [check = '', ...words] = text
        .slice(at + mark.length)
        .trim()
        .split(/\s+/)
        .filter((word) => word !== '*/' && word !== '-->');
      if (at < 0) return [];
      const isDated = words.at(-2) === 'until' && isDay(words.at(-1)!);
      const [reason, until] = isDated ? [words.slice(0, -2).join(' '), words.at(-1)!] : [words.join(' '), null];
      return [
        {
          check,
          reason,
          until,
          location: { file, line, column: at + 1, path: '' },
          line: targetOf(textOf(file)?.split('\n') ?? [], line),
          resource: null,
          pattern: null,
          mayBeUnused: false,
          isUsed: false,
        },
      ];
    }),
    ...resources.flatMap((resource) =>
      entriesOf(resource.metadata).map((entry, index): Suppression => ({
        check: textMember(entry, 'check'),
        reason: textMember(entry, 'reason'),
        until: isDay(textMember(entry, 'until')) ? textMember(entry, 'until') : null,
        location: resource.locate(['Metadata', 'msk-lambda', 'ignore', index]),
        line: null,
        resource,
        pattern: null,
        mayBeUnused: false,
        isUsed: false,
      })),
    ),
  ];
}

const textMember = (entry: JsonObject, name: string): string => {
  const value = entry[name];
  return typeof value === 'string' ? value.trim() : '';
};

function entriesOf(metadata: JsonObject): JsonObject[] {
  const settings = metadata['msk-lambda'];
  const list = isObject(settings) ? settings['ignore'] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** A comment after a value is about its line; one on a line of its own is about the next line that is no comment. */
function targetOf(lines: readonly string[], line: number): number {
  const isComment = (text: string | undefined) => text !== undefined && /^\s*(?:#|\/\/|\/\*|$)/.test(text);
  let target = line;
  while (isComment(lines[target - 1]) && target < lines.length) target++;
  return target;
}

const isComplete = ({ reason, until }: Suppression): boolean => reason !== '' && until !== null;
/**
 * Takes the suppressed findings out. `resources`: those that a finding concerns, by its mapping; a suppression at a
 * resource is about all findings in it and, for a mapping, about all of its findings.
 */
export class Suppressions {
  readonly suppressed: SuppressedFinding[] = [];
  constructor(
    private readonly list: readonly Suppression[],
    private readonly resources: readonly TemplateResource[],
    private readonly now: Date,
  ) {}

  /** The findings that are not suppressed. */
  without(findings: readonly LintFinding[], mapping: TemplateResource | null): LintFinding[] {
    return findings.filter((finding) => {
      if (finding.status === 'pass' || finding.status === 'skip') return true;
      const suppression = this.list.find(
        (each) =>
          matchesCheck(each.check, finding.check) &&
          isComplete(each) &&
          !hasExpired(each, this.now) &&
          this.concerns(each, finding, mapping),
      );
      if (suppression === undefined) return true;
      suppression.isUsed = true;
      const { reason, until } = suppression;
      this.suppressed.push({
        check: finding.check,
        location: finding.location,
        reason,
        until: until!,
        finding,
        mapping: mapping?.address ?? null,
        isOfProject: suppression.pattern !== null,
      });
      return false;
    });
  }

  private concerns(
    { line, location: { file }, resource, pattern }: Suppression,
    { location, evidence }: LintFinding,
    mapping: TemplateResource | null,
  ): boolean {
    const around = [this.around(location), mapping].filter((each) => each !== null && each !== undefined);
    if (pattern !== null)
      return matchesResource(pattern, [location.file, ...around.map(({ address }) => address)], evidence);
    if (resource !== null) return around.includes(resource);
    return (
      (location.file === file && location.line === line) ||
      around.some((each) => {
        const start = each.locate([]);
        return start.file === file && start.line === line;
      })
    );
  }

  /** The resource in which a finding is located. */
  private around({ file, line }: Location): TemplateResource | undefined {
    return this.resources
      .map((resource) => ({ resource, start: resource.locate([]) }))
      .filter(({ start }) => start.file === file && start.line <= line)
      .toSorted((a, b) => b.start.line - a.start.line)[0]?.resource;
  }

  /** Findings about suppressions that suppress nothing. `ran`: whether a check was run. */
  faults(ran: (check: string) => boolean): { title: string; location: Location; fix: string }[] {
    return this.list.flatMap((suppression) => {
      const { check, location, isUsed, mayBeUnused, until, reason } = suppression;
      if (check === '') return [{ location, title: 'A suppression names no check', fix: form }];
      if (!isComplete(suppression))
        return [
          { location, title: `The suppression of ${check} has no ${reason === '' ? 'reason' : 'date'}`, fix: form },
        ];
      if (hasExpired(suppression, this.now))
        return [
          {
            location,
            title: `The suppression of ${check} expired on ${until!}`,
            fix: 'Correct the finding, or give a later date.',
          },
        ];
      return isUsed || mayBeUnused || !ran(check)
        ? []
        : [{ location, title: `The suppression of ${check} matches no finding`, fix: 'Remove it.' }];
    });
  }
}

const form = 'Write: msk-lambda-ignore: CHECK REASON until YYYY-MM-DD.';
