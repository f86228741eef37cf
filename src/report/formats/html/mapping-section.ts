/** A mapping, or several with one cause: the answer, the proof, the network path, the metrics, what else was found. */
import { clusterNameOf } from '../../../aws/event-source.js';
import { serviceNames } from '../../../network/question.js';
import { Mentions } from '../../resource-mentions.js';
import type { ReportFinding, ReportMapping } from '../report.js';
import { copied } from './copied.js';
import type { MappingDetails } from './details.js';
import { disclosure } from './disclosure.js';
import { evidenceList, findingList, fixList, type FindingStyle } from './finding-list.js';
import { html, sentence, type Markup, type Value } from './markup.js';
import type { PageContext } from './page-context.js';
import { pathsSection } from './path-section.js';
import { plotsOf } from './plots.js';
import { statementsOf } from './policy-statements.js';
import { verdictSign } from './verdicts.js';

/** `id`: unique on the page. */
export function mappingSection(
  group: readonly ReportMapping[],
  context: PageContext,
  { id, isOpen, isOnly }: { id: string; isOpen: boolean; isOnly: boolean },
): Markup {
  const [first] = group as readonly [ReportMapping];
  const others = group.length - 1;
  const body = html`${bodyOf(first, group, context, id)}`;
  // Its answer is the heading of the page.
  if (isOnly) return html`<article class="${`mapping only ${first.verdict}`}">${body}</article>`;
  return disclosure({
    kind: `mapping ${first.verdict}`,
    id,
    isOpen,
    summary: html`${verdictSign(first.verdict)} <b>${first.name}</b>:
      ${sentence(first.answer)}${
        others > 0 && html` <span class="tag">and ${others} other ${others === 1 ? 'mapping' : 'mappings'}</span>`
      }${first.region !== null && context.hasRegions && html` <span class="tag">${first.region}</span>`}`,
    body,
  });
}

function bodyOf(first: ReportMapping, group: readonly ReportMapping[], context: PageContext, id: string): Value {
  const details = context.details(first.id);
  const mentions = new Mentions(details.names, first.id);
  const style: FindingStyle = {
    mentions,
    region: first.region,
    hasFixes: !context.hasPlan,
    isInTemplate: context.command === 'lint',
    account: context.account,
  };
  const { findings } = first;
  const isOpen = ({ suppression }: ReportFinding) => suppression === null;
  const cause = causeOf(first);
  const others = findings.filter((finding) => finding !== cause && isOpen(finding));
  const failing = others.filter(({ status }) => status === 'fail');
  const isDrawn = context.command === 'network' && details.paths.length > 0;
  const warnings = isDrawn
    ? null
    : findingList(
        'Warnings',
        others.filter(({ status, severity }) => status === 'warn' && severity !== 'info'),
        { ...style, hasFixes: true },
      );
  // They are what the answer is about.
  const isFirst = first.verdict === 'at-risk';
  return [
    reported(first, details),
    whichMapping(first),
    group.length > 1 ? otherMappings(group.slice(1)) : null,
    likelyCauses(details),
    cause !== null && !isDrawn
      ? html`${why(details, cause, mentions)}${evidenceList(cause, mentions)}${locationOf(cause)}${style.hasFixes ? fixList(cause.fixes, style) : null}`
      : null,
    isFirst ? warnings : null,
    statements(first, details),
    networkOf(first, details, context, id),
    details.snapshot === null ? null : plotsOf(details.snapshot, first.id),
    isDrawn ? null : findingList('Also failing', failing, style),
    isFirst ? null : warnings,
    findingList(
      'Notes',
      others.filter(({ status, severity }) => status === 'warn' && severity === 'info'),
      { ...style, hasFixes: false },
    ),
    undecided(
      others.filter(({ status }) => status === 'unknown'),
      style,
    ),
    hints(details, mentions),
  ];
}

/** The finding that the answer is about. */
function causeOf({ verdict, causes, findings }: ReportMapping): ReportFinding | null {
  const isOpen = ({ suppression }: ReportFinding) => suppression === null;
  const cause = findings.find((finding) => finding.check === causes[0] && isOpen(finding));
  if (cause !== undefined) return cause;
  if (verdict === 'broken') return findings.find((finding) => finding.status === 'fail' && isOpen(finding)) ?? null;
  return null;
}

function reported({ lastProcessingResult: result, verdict }: ReportMapping, { state }: MappingDetails): Value {
  const parts = [
    ...(state === null || state === 'Enabled' ? [] : [`state ${state}`]),
    ...(result === null || verdict === 'healthy' ? [] : [result]),
  ];
  return parts.length === 0 ? null : html`<p><b>Lambda reports:</b> ${parts.join('. Last result: ')}</p>`;
}

function whichMapping({ id, sourceId, location, name }: ReportMapping): Value {
  const cluster = clusterNameOf(sourceId) ?? sourceId;
  const source = cluster === null ? null : html` on <b>${cluster}</b>`;
  if (location !== null)
    return html`<p class="dim"><code>${location.file}:${location.line}:${location.column}</code>${source}</p>`;
  return name === id ? null : html`<p class="dim">Mapping <code>${id}</code>${source}</p>`;
}

const otherMappings = (others: readonly ReportMapping[]): Markup =>
  disclosure({
    kind: 'others',
    summary: `${others.length} other ${others.length === 1 ? 'mapping has' : 'mappings have'} the same cause`,
    body: html`<ul class="columns">
      ${others.map(({ name, id }) => html`<li data-item="">${name}${name !== id && html` <code class="dim">${id}</code>`}</li>`)}
    </ul>`,
  });

const likelyCauses = ({ likely }: MappingDetails): Value =>
  likely.length === 0
    ? null
    : html`<h3>Likely, not proved</h3>
        <ul>
          ${likely.map(({ check, because }) => html`<li>${sentence(because)} <code class="dim">${check}</code></li>`)}
        </ul>`;

function why({ because }: MappingDetails, { check }: ReportFinding, mentions: Mentions): Value {
  const text =
    because === null ? '' : `${because.charAt(0).toUpperCase()}${because.slice(1)}${/[.!?]$/.test(because) ? '' : '.'}`;
  return html`<p class="why">
    ${text !== '' && html`<b>Why:</b> ${sentence(mentions.sentence(text))} `}<code class="dim">${check}</code>
  </p>`;
}

const locationOf = ({ location }: ReportFinding): Value =>
  location === null ? null : html`<p><code>${location.file}:${location.line}:${location.column}</code></p>`;

function statements({ findings }: ReportMapping, details: MappingDetails): Value {
  const checks = new Set(
    findings.filter(({ check, status }) => status === 'fail' && check.startsWith('access.')).map(({ check }) => check),
  );
  // The facts are derived only where they are needed.
  if (details.snapshot === null || checks.size === 0 || details.subject === null) return null;
  return statementsOf(details.snapshot, details.subject, checks).map(
    ({ kind, title, because, json }) =>
      html`<section class="${`statement ${kind}`}">
        <p><b>${title}</b></p>
        ${!/^(?:denies|no statement) /.test(because) && html`<p>${sentence(because)}</p>`}
        <p class="dim">${kind === 'denies' ? 'The statement that denies:' : 'The statement that is missing:'}</p>
        ${copied(json.split('\n'))}
      </section>`,
  );
}

/** Mappings of one cluster have the same paths: they are drawn once. */
function networkOf(
  { name }: ReportMapping,
  { names, paths, after, offers }: MappingDetails,
  context: PageContext,
  id: string,
): Value {
  if (paths.length === 0) return null;
  const key = JSON.stringify(
    [paths, after].map((list) => list?.map(({ components, ...path }) => [path, components.map(({ facts }) => facts)])),
  );
  const earlier = context.drawn.get(key);
  if (earlier !== undefined)
    return html`<p>Network path: the same as of <a href="${`#${earlier.id}`}">${earlier.name}</a>.</p>`;
  context.drawn.set(key, { id: `${id}-network`, name });
  return [
    pathsSection(paths, { names, id: `${id}-network`, ...(after === null ? {} : { heading: 'Network path now' }) }),
    after === null
      ? null
      : pathsSection(after, { names, id: `${id}-after`, heading: 'Network path after these changes (simulated)' }),
    offers.length === 0
      ? null
      : html`<h3>Ways to reach the services</h3>
          <ul>
            ${offers.map(
              ({ way, services, needs, costs }) =>
                html`<li>
                  <b>${ways[way]}</b> (${services.map((service) => serviceNames[service]).join(', ')}): needs ${needs}.
                  ${costs.startsWith('per ') ? `Billed ${costs}` : `Costs ${costs}`}.
                </li>`,
            )}
          </ul>`,
  ];
}

const ways = {
  endpoints: 'VPC endpoints',
  'nat-gateway': 'NAT gateway',
  'provisioned-pollers': 'Provisioned mode',
} as const;

/** The checks in one line, and each reason once. */
function undecided(findings: readonly ReportFinding[], { mentions }: FindingStyle): Value {
  if (findings.length === 0) return null;
  const evidence = [
    ...new Map(findings.flatMap((finding) => finding.evidence).map((item) => [JSON.stringify(item), item])).values(),
  ];
  return html`<h3>Could not check</h3>
    <p>${findings.map(({ check }, index) => html`${index > 0 && ', '}<code>${check}</code>`)}</p>
    ${evidenceList({ title: '', evidence }, mentions)}`;
}

const hints = ({ hints: notes }: MappingDetails, mentions: Mentions): Value =>
  notes.length === 0
    ? null
    : html`<ul class="hints">
        ${notes.map((hint) => html`<li>${sentence(mentions.sentence(hint))}</li>`)}
      </ul>`;
