/** Findings that the author of a template accepts: comments and `Metadata` next to the resource. */
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
  isUsed: boolean;
}

const mark = 'msk-lambda-ignore:';
const date = /^\d{4}-\d{2}-\d{2}$/;

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
      const isDated = words.at(-2) === 'until' && date.test(words.at(-1)!);
      const [reason, until] = isDated ? [words.slice(0, -2).join(' '), words.at(-1)!] : [words.join(' '), null];
      return [
        {
          check,
          reason,
          until,
          location: { file, line, column: at + 1, path: '' },
          line: targetOf(textOf(file)?.split('\n') ?? [], line),
          resource: null,
          isUsed: false,
        },
      ];
    }),
    ...resources.flatMap((resource) =>
      entriesOf(resource.metadata).map((entry, index): Suppression => ({
        check: textMember(entry, 'check'),
        reason: textMember(entry, 'reason'),
        until: date.test(textMember(entry, 'until')) ? textMember(entry, 'until') : null,
        location: resource.locate(['Metadata', 'msk-lambda', 'ignore', index]),
        line: null,
        resource,
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
const hasExpired = ({ until }: Suppression, now: Date): boolean =>
  until !== null && until < now.toISOString().slice(0, 10);

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
          matches(each.check, finding.check) &&
          isComplete(each) &&
          !hasExpired(each, this.now) &&
          this.concerns(each, finding, mapping),
      );
      if (suppression === undefined) return true;
      suppression.isUsed = true;
      const { reason, until } = suppression;
      const entry = { check: finding.check, location: finding.location, reason, until: until! };
      // Mappings can share a finding.
      if (!this.suppressed.some((other) => JSON.stringify(other) === JSON.stringify(entry)))
        this.suppressed.push(entry);
      return false;
    });
  }

  private concerns(
    { line, location: { file }, resource }: Suppression,
    { location }: LintFinding,
    mapping: TemplateResource | null,
  ): boolean {
    const around = [this.around(location), mapping].filter((each) => each !== null && each !== undefined);
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
      const { check, location, isUsed, until, reason } = suppression;
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
      return isUsed || !ran(check)
        ? []
        : [{ location, title: `The suppression of ${check} matches no finding`, fix: 'Remove it.' }];
    });
  }
}

const form = 'Write: msk-lambda-ignore: CHECK REASON until YYYY-MM-DD.';

/** `network.*` matches all checks of the group. */
export const matches = (pattern: string, id: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*')}$`).test(id);
