/**
 * One self-contained page of HTML for a browser, a ticket or paper: the answer first, then the proof, the network path,
 * the repair plan, every check, and what was read. Nothing is loaded, and it is complete without JavaScript.
 */
import { createHash } from 'node:crypto';
import type { Renderer, Report, ReportMapping } from '../report.js';
import { checksSection } from './checks-section.js';
import { baselineSection, coverageSection, suppressedSection } from './coverage-section.js';
import { detailsOf } from './details.js';
import { findingList } from './finding-list.js';
import { groupsOf } from './groups.js';
import { mappingSection } from './mapping-section.js';
import { html, sentence, type Markup } from './markup.js';
import type { RepairPlan } from '../../../repair/repair-plan.js';
import { Mentions } from '../../resource-mentions.js';
import { noNames } from '../../../snapshot/resource-names.js';
import { pageAnswer } from './page-answer.js';
import type { PageContext } from './page-context.js';
import { planningOfRegion, planSection } from './plan-section.js';
import { probeSection } from './probe-section.js';
import { script } from './script.js';
import { style } from './style.js';
import { unknownSign, verdictOrder, verdictSign, verdictWords } from './verdicts.js';

export const render: Renderer = function* (source) {
  // Some reports compute these each time they are asked.
  const report = { ...source, mappings: bySeverity(source.mappings), findings: source.findings };
  const regions = source.source?.command === 'doctor' ? source.source.regions : [];
  const plans: { region: (typeof regions)[number]; plan: RepairPlan }[] = [];
  for (const region of regions) {
    const plan = yield* pausing(planningOfRegion(region));
    if (plan !== null) plans.push({ region, plan });
  }
  const context: PageContext = {
    command: report.command,
    details: detailsOf(report),
    hasPlan: plans.length > 0,
    hasRegions: new Set(report.mappings.map(({ region }) => region)).size > 1,
    account: (source.source?.command === 'doctor' ? source.source.account : undefined) ?? { source: [] },
    drawn: new Map(),
  };
  const names = new Map(report.mappings.map(({ id, name }) => [id, name]));
  yield head(report);
  yield header(report).text;
  yield '<main id="main">';
  yield* mappingPieces(report.mappings, context, pageAnswer(report).isOfMapping);
  if (source.source?.command === 'probe') yield probeSection(source.source.answer).text;
  const files = report.findings.filter(({ suppression }) => suppression === null);
  const inFiles = {
    mentions: new Mentions(noNames),
    region: null,
    hasFixes: true,
    isInTemplate: true,
    account: context.account,
  };
  yield textOf(
    files.length > 0 &&
      html`<section>
        <h2>Findings</h2>
        ${findingList('In files', files, inFiles)}
      </section>`,
  );
  for (const { region, plan } of plans)
    yield planSection(plan, region, context, (uuid) => names.get(uuid) ?? uuid).text;
  yield textOf(baselineSection(report, context));
  yield textOf(suppressedSection(report, context));
  yield textOf(checksSection(report, context));
  yield textOf(coverageSection(report));
  yield html`</main><footer class="dim"><p>${report.tool.name} ${report.tool.version}</p></footer>`.text;
  yield `<script>${script}</script></body></html>\n`;
};

/** An empty piece at each step, after which the caller may handle a signal. */
function* pausing<T>(steps: Generator<undefined, T>): Generator<string, T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield '';
  }
}

const textOf = (value: Markup | null | false): string => (value === null || value === false ? '' : value.text);

const bySeverity = (mappings: readonly ReportMapping[]): ReportMapping[] =>
  mappings.toSorted((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only the page's own style and script count: nothing else is loaded or run, whatever a name contains. */
const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`;

function head(report: Report): string {
  const title = html`${pageAnswer(report).title} – ${report.tool.name} ${report.command}`.text;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="icon" href="data:,"><style>${style}</style></head><body>`;
}

function header(report: Report): Markup {
  const { mappings, account, region, capturedAt, command, tool } = report;
  const answer = pageAnswer(report);
  const where = [
    ...(account === null ? [] : [`account ${account}`]),
    ...(region === null ? [] : [region]),
    ...(capturedAt === null ? [] : [`${capturedAt.slice(0, 16).replace('T', ' ')} UTC`]),
  ];
  const counts = verdictOrder.flatMap((verdict) => {
    const count = mappings.filter((mapping) => mapping.verdict === verdict).length;
    return count === 0 ? [] : [html`<li>${verdictSign(verdict)} ${count} ${verdictWords[verdict]}</li>`];
  });
  return html`<a class="jump" href="#main">Skip to the answer</a>
    <header>
      <div class="top">
        <span>${tool.name} ${command}${where.map((part) => ` · ${part}`)}</span>
        <fieldset class="theme">
          <legend>Colours</legend>
          <label><input type="radio" name="theme" id="theme-auto" checked /> Auto</label
          ><label><input type="radio" name="theme" id="theme-light" /> Light</label
          ><label><input type="radio" name="theme" id="theme-dark" /> Dark</label>
        </fieldset>
      </div>
      <h1>${answer.heading}</h1>
      ${answer.unread.map((text) => html`<p>${unknownSign} Unknown: ${sentence(text)}</p>`)}${
        hasChanges(report) &&
        html`<p>Simulated: with the changes of <code>--what-if</code>. Nothing was changed in the account.</p>`
      }${
        // Where all have one verdict, the heading counts them.
        (counts.length > 1 || (mappings.length > 1 && report.trouble.length > 0)) &&
        html`<ul class="counts">
          ${counts}
        </ul>`
      }
    </header>`;
}

const hasChanges = ({ source }: Report): boolean => source?.command === 'network' && source.after !== null;

/** Up to this many groups of broken mappings are open at first. */
const mostOpen = 3;

/** `isOnly`: there is one mapping, and its answer is the heading of the page. */
function* mappingPieces(mappings: readonly ReportMapping[], context: PageContext, isOnly: boolean): Generator<string> {
  if (mappings.length === 0) return;
  const groups = groupsOf(mappings);
  yield `<section id="mappings" data-searched=""><h2>${isOnly ? (mappings[0]!.verdict === 'broken' ? 'Cause and proof' : 'Details') : 'Mappings'}</h2>`;
  for (const [index, group] of groups.entries())
    yield `<div data-item="">${
      mappingSection(group, context, {
        id: `mapping-${index + 1}`,
        isOpen: group[0]!.verdict === 'broken' && index < mostOpen,
        isOnly,
      }).text
    }</div>`;
  yield '</section>';
}
