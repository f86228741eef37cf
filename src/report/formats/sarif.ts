/**
 * SARIF 2.1.0 (OASIS): a rule for each check, a result for each failure and warning. An undecided check is no result
 * but a notification: it is a condition of the run, and viewers show every result as a problem.
 */
import { ownCommand } from '../../fixes/own-command.js';
import { createHash } from 'node:crypto';
import type * as Sarif from 'sarif';
import { visible } from '../../text/visible.js';
import { toJson } from '../json.js';
import type { Location } from '../../template/location.js';
import { artifactUri, type Folders } from './artifact-uri.js';
import { factsOfChecks, type CheckFacts } from './check-facts.js';
import { groupedFindings, isUnexplained, isUnread, type GroupedFinding } from './grouped-findings.js';
import type { Renderer, Report, ReportFinding, ReportMapping } from './report.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export const render: Renderer = (report, folders) => toJson(toSarif(report, folders));

/** The log as data. Pure; file names are relative to `SRCROOT`, the root folder. */
export function toSarif(report: Report, folders: Folders): Sarif.Log {
  const groups = groupedFindings(report);
  const rules = factsOfChecks(new Set(groups.map(({ finding }) => finding.check)));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const shown = groups.filter(({ finding: { status } }) => status === 'fail' || status === 'warn');
  const undecided = groups.filter(({ finding }) => finding.status === 'unknown' && finding.suppression === null);
  const suppressed = groups.filter(({ finding }) => finding.status === 'unknown' && finding.suppression !== null);
  const fingerprints = new Fingerprints([...shown, ...suppressed], folders);
  const hasBaseline = [...shown, ...suppressed].some(({ finding }) => finding.isKnown);
  const { name, version } = report.tool;
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, rules: rules.map(toRule) } },
        automationDetails: {
          id: `${name}/${[report.command, ...(report.region === null ? [] : [report.region])].join('/')}/`,
        },
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root folder of the sources.' } } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful:
              report.trouble.length === 0 && !report.mappings.some((mapping) => isUnread(mapping, report)),
            toolExecutionNotifications: [
              ...report.trouble.map((sentence) => notification('error', sentence)),
              // A mapping that is broken for a reason that no check found has no rule, and no result says that one is unknown.
              ...report.mappings
                .filter((mapping) => isUnexplained(mapping) || isUnread(mapping, report))
                .map((mapping) => notification('error', `${mapping.name}: ${mapping.answer}`, [logical([mapping])])),
              ...undecided.map((group) => ({
                ...notification('warning', textOf(group), locationsOf(group, folders)),
                associatedRule: { id: group.finding.check, index: indexes.get(group.finding.check) ?? -1 },
              })),
            ],
          },
        ],
        results: [...shown, ...suppressed].map((group) => ({
          ...toResult(group, folders),
          ruleIndex: indexes.get(group.finding.check) ?? -1,
          partialFingerprints: { 'mskLambdaFinding/v1': fingerprints.of(group) },
          ...(hasBaseline ? { baselineState: group.finding.isKnown ? ('unchanged' as const) : ('new' as const) } : {}),
        })),
      },
    ],
  };
}

const levels = { info: 'note', warning: 'warning', error: 'error' } as const;

function toRule({ id, title, severity, indicator, docs }: CheckFacts): Sarif.ReportingDescriptor {
  const text = `${plain(title)}. How to recognise it: ${plain(indicator)}.`;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: `${plain(title)}.` },
    fullDescription: { text: `${plain(title)}.` },
    help: {
      text: [text, ...docs].join('\n'),
      markdown: [
        `${plain(title)}.`,
        `How to recognise it: ${plain(indicator)}.`,
        docs.map((page) => `- [${page.replace('https://', '')}](${page})`).join('\n'),
        `All details: \`${ownCommand('explain', id)}\``,
      ].join('\n\n'),
    },
    ...(docs[0] === undefined ? {} : { helpUri: docs[0] }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [id.split('.')[0]!], 'problem.severity': severity === 'info' ? 'recommendation' : severity },
  };
}

const pascalCase = (id: string): string =>
  id
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function toResult(group: GroupedFinding, folders: Folders): Sarif.Result {
  const { check, status, severity, suppression, related, fixes, location } = group.finding;
  return {
    ruleId: check,
    ...(status === 'unknown'
      ? ({ kind: 'open', level: 'none' } as const)
      : ({ kind: 'fail', level: status === 'fail' ? 'error' : severity === 'info' ? 'note' : 'warning' } as const)),
    message: { text: textOf(group) },
    locations: locationsOf(group, folders),
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related
            .filter((other) => JSON.stringify(other) !== JSON.stringify(location))
            .map((other, id) => ({ id, physicalLocation: physical(other, folders) })),
        }),
    ...(suppression === null
      ? {}
      : {
          suppressions: [
            {
              kind: suppression.kind,
              status: 'accepted',
              justification: visible(`${suppression.reason} (until ${suppression.until})`),
            },
          ],
        }),
    ...(fixes.length === 0
      ? {}
      : { properties: { fixes: fixes.map(({ title, safety }) => ({ title: visible(title), safety })) } }),
  };
}

const notification = (
  level: 'error' | 'warning',
  text: string,
  locations: Sarif.Location[] = [],
): Sarif.Notification => ({
  level,
  message: { text: plain(text) },
  ...(locations.length === 0 ? {} : { locations }),
});

/** The title, the evidence line by line, and the fixes. */
function textOf({ finding: { title, evidence, fixes }, mappings }: GroupedFinding): string {
  const names = mappings.map(({ name }) => name).filter((name) => !title.includes(name));
  return [
    plain(names.length === 0 ? title : `${names.join(', ')}: ${title}`),
    ...evidence.map(({ resource, fact }) => plain(`- ${resource}: ${fact}`)),
    ...fixes.map((fix, index) => plain(`${index === 0 ? 'Fix' : 'Or'}: ${fix.title}`)),
  ].join('\n');
}

/**
 * A message has placeholders in braces, which are doubled to be braces (SARIF 3.11.5), and links in the form
 * `[text](target)` (3.11.6), which foreign text must not become.
 */
const plain = (text: string): string =>
  visible(text).replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (');

/** The place in a template, and the mapping with the resources that the evidence names. */
function locationsOf({ finding, mappings }: GroupedFinding, folders: Folders): Sarif.Location[] {
  const { logicalLocations } = logical(mappings, finding);
  return [
    {
      ...(finding.location === null ? {} : { physicalLocation: physical(finding.location, folders) }),
      ...(logicalLocations === undefined || logicalLocations.length === 0 ? {} : { logicalLocations }),
    },
  ].filter((location) => Object.keys(location).length > 0);
}

function logical(mappings: readonly ReportMapping[], finding?: ReportFinding): Sarif.Location {
  const resources = [
    ...mappings.map(({ id, name }) => ({ id, name, kind: 'mapping' })),
    ...(finding?.evidence ?? []).map(({ resource, name }) => ({ id: resource, name, kind: 'resource' })),
  ];
  const unique = [...new Map(resources.toReversed().map((resource) => [resource.id, resource])).values()].toReversed();
  return {
    logicalLocations: unique.map(({ id, name, kind }) => ({
      fullyQualifiedName: visible(id),
      ...(name === undefined || name === id ? {} : { name: visible(name) }),
      kind,
    })),
  };
}

function physical({ file, line, column }: Location, folders: Folders): Sarif.PhysicalLocation {
  const { uri, isBelowRoot } = artifactUri(file, folders);
  return {
    artifactLocation: { uri, ...(isBelowRoot ? { uriBaseId: 'SRCROOT' } : {}) },
    region: { startLine: line, startColumn: column },
  };
}

/**
 * A fingerprint is the check with what it is about, not its text or line, so that it stays the same between runs. What
 * mappings of a template share is about the resource, not about them: another mapping does not change it.
 */
class Fingerprints {
  private readonly uses = new Map<string, number>();
  private readonly places = new Map<string, number>();

  constructor(
    groups: readonly GroupedFinding[],
    private readonly folders: Folders,
  ) {
    for (const group of groups) count(this.places, this.placeOf(group));
  }

  of(group: GroupedFinding): string {
    const resource = this.placeOf(group);
    const ids = group.mappings.map(({ id }) => id).toSorted();
    // At one place, a check can have a finding for each mapping.
    const isAlone = group.finding.location !== null && this.places.get(resource) === 1;
    const key = isAlone ? resource : JSON.stringify([resource, ...ids]);
    const use = count(this.uses, key);
    return createHash('sha256')
      .update(use === 1 ? key : `${key} ${use}`)
      .digest('hex');
  }

  private placeOf({ finding: { check, location } }: GroupedFinding): string {
    const parts = location === null ? [] : [artifactUri(location.file, this.folders).uri, location.path];
    return JSON.stringify([check, ...parts]);
  }
}

/** How often the key was counted, with this time. */
function count(counts: Map<string, number>, key: string): number {
  const sum = (counts.get(key) ?? 0) + 1;
  counts.set(key, sum);
  return sum;
}
