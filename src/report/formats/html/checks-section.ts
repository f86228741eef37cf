/** Every check by family: the result for the mappings, each text once however many mappings have it. */
import type { Status } from '../../../checks/run.js';
import { groupBy } from '../../../text/group-by.js';
import { Mentions } from '../../resource-mentions.js';
import { factsOfChecks, type CheckFacts } from '../check-facts.js';
import type { Report, ReportFinding, ReportMapping } from '../report.js';
import { disclosure } from './disclosure.js';
import { evidenceList } from './finding-list.js';
import { html, sentence, type Markup, type Value } from './markup.js';
import type { PageContext } from './page-context.js';
import { statusSign, statusWords } from './verdicts.js';

/** At most this many mappings are named for a result; the mappings above name all. */
const mostNames = 12;

const statuses = ['fail', 'warn', 'unknown', 'pass', 'skip'] as const satisfies readonly Status[];

interface Result {
  finding: ReportFinding;
  mappings: ReportMapping[];
}

export function checksSection(report: Pick<Report, 'mappings' | 'findings'>, context: PageContext): Markup | null {
  const byCheck = resultsOf(report);
  if (byCheck.size === 0) return null;
  const facts = new Map(factsOfChecks(new Set(byCheck.keys())).map((check) => [check.id, check]));
  const families = groupBy([...byCheck], ([id]) => familyOf(id));
  const isSingle = report.mappings.length === 1;
  return html`<section id="checks" data-searched="">
    <h2>Checks</h2>
    ${[...families].map(([family, checks]) => {
      const counted = statuses.flatMap((status) => {
        const count = checks.filter(([, results]) => worstOf(results) === status).length;
        return count === 0 ? [] : [`${count} ${status === 'warn' && count > 1 ? 'warnings' : statusWords[status]}`];
      });
      return disclosure({
        kind: 'family',
        summary: html`<b>${family}</b> <span class="dim">${counted.join(', ')}</span>`,
        body: html`<ul class="checks">
          ${checks.map(([id, results]) => checkItem(id, results, facts.get(id), { context, isSingle }))}
        </ul>`,
      });
    })}
  </section>`;
}

const familyOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('.')));

/** In the order of the families in the findings. */
function resultsOf({ mappings, findings }: Pick<Report, 'mappings' | 'findings'>): Map<string, Result[]> {
  const byKey = new Map<ReportFinding | string, Result>();
  const byCheck = new Map<string, Result[]>();
  const add = (finding: ReportFinding, mapping: ReportMapping | null): void => {
    const { check, status, title, evidence, suppression, isKnown, location } = finding;
    const key = JSON.stringify([
      check,
      status,
      status === 'pass' ? '' : [title, evidence, location],
      suppression,
      isKnown,
      // Names are of the region.
      status === 'pass' || status === 'skip' ? '' : mapping?.region,
    ]);
    const result = byKey.get(key) ?? { finding, mappings: [] };
    if (!byKey.has(key)) byCheck.set(check, [...(byCheck.get(check) ?? []), result]);
    byKey.set(key, result);
    if (mapping !== null) result.mappings.push(mapping);
  };
  for (const finding of findings) add(finding, null);
  for (const mapping of mappings) for (const finding of mapping.findings) add(finding, mapping);
  return byCheck;
}

const worstOf = (results: readonly Result[]): Status =>
  statuses.find((status) => results.some(({ finding }) => finding.status === status)) ?? 'skip';

function checkItem(
  id: string,
  results: readonly Result[],
  facts: CheckFacts | undefined,
  { context, isSingle }: { context: PageContext; isSingle: boolean },
): Markup {
  const worst = worstOf(results);
  const sorted = results.toSorted((a, b) => statuses.indexOf(a.finding.status) - statuses.indexOf(b.finding.status));
  const needsDocs = worst === 'fail' || worst === 'warn' || worst === 'unknown';
  return html`<li data-item="">
    ${statusSign(worst)} <code>${id}</code>${
      // The title of a check is the problem that it detects.
      facts !== undefined && !needsDocs && html` <span class="dim">Detects: ${facts.title}</span>`
    }
    <ul>
      ${sorted.map((result) => resultItem(result, context, isSingle))}
    </ul>
    ${needsDocs && facts !== undefined ? docs(facts) : null}
  </li>`;
}

function resultItem({ finding, mappings }: Result, context: PageContext, isSingle: boolean): Value {
  const { status, title, suppression, isKnown, location } = finding;
  const first = mappings[0];
  const mentions = new Mentions(context.details(first?.id ?? '').names, first?.id ?? null);
  const isPlain = status === 'pass' || status === 'skip';
  const names = mappings.slice(0, mostNames).map(({ name }) => name);
  const more = mappings.length - names.length;
  const whose =
    isSingle || mappings.length === 0
      ? null
      : isPlain
        ? html` <span class="dim">(${mappings.length} ${mappings.length === 1 ? 'mapping' : 'mappings'})</span>`
        : html`<br /><span class="dim">${names.join(', ')}${more > 0 && ` and ${more} more`}</span>`;
  return html`<li>
    ${status === 'pass' ? 'passed' : sentence(mentions.title(title))}${isKnown && html` <span class="tag">known</span>`}${
      suppression !== null &&
      html` <span class="tag">suppressed until ${suppression.until}</span> ${suppression.reason}`
    }${location !== null && html` <code>${location.file}:${location.line}:${location.column}</code>`}${whose}${
      isPlain ? null : evidenceList(finding, mentions)
    }
  </li>`;
}

const docs = ({ indicator, docs: pages }: CheckFacts): Markup =>
  html`<p class="dim">
    Indicator: ${indicator}.
    ${pages.map((page, index) => html`${index > 0 && ', '}<a href="${page}">${titleOfPage(page)}</a>`)}
  </p>`;

/** `with-msk-configure.html` of `docs.aws.amazon.com`. */
const titleOfPage = (page: string): string => {
  const { hostname, pathname } = new URL(page);
  return `${hostname}: ${pathname.split('/').findLast((part) => part !== '') ?? ''}`;
};
