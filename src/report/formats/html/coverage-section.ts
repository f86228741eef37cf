/** What was read and decided, the difference to a baseline, and what is suppressed. */
import type { ReadRecord } from '../../../snapshot/read.js';
import { Mentions } from '../../resource-mentions.js';
import type { Report, ReportFinding, ReportMapping } from '../report.js';
import { copied } from './copied.js';
import { disclosure } from './disclosure.js';
import { html, type Markup, type Value } from './markup.js';
import type { PageContext } from './page-context.js';
import { statusSign } from './verdicts.js';

export function coverageSection({ source }: Pick<Report, 'source'>): Markup | null {
  if (source === null || source.command === 'lint' || source.command === 'probe') return null;
  if (source.command === 'network')
    return html`<section id="reads">
      <h2>Reads</h2>
      ${readsTable(source.snapshot.reads, source.snapshot.region)}
    </section>`;
  return html`<section id="reads">
    <h2>Coverage and reads</h2>
    ${source.regions.map(({ diagnosis: { coverage, reads, region, scope } }) => {
      const { decided, unknown, missingActions } = coverage;
      return html`<p>
          ${decided} of ${decided + unknown} checks were decided in
          ${region}.${scope !== null && scope.leftOut.length > 0 && ` ${scope.leftOut.length} checks were left out (--check, --skip).`}
        </p>
        ${
          missingActions.length > 0 &&
          html`<p>Your credentials need:</p>
            ${copied(missingActions)}`
        }${readsTable(reads, region)}`;
    })}
  </section>`;
}

function readsTable(reads: readonly ReadRecord[], region: string): Value {
  if (reads.length === 0) return null;
  const calls = reads.reduce((sum, read) => sum + read.calls, 0);
  // A resource that does not exist is an answer.
  const failed = reads.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'not-found').length;
  return disclosure({
    kind: 'reads',
    isOpen: failed > 0 && reads.length <= 40,
    summary: `${calls} ${calls === 1 ? 'call' : 'calls'} to AWS in ${region}${failed === 0 ? '' : `, ${failed} ${failed === 1 ? 'operation' : 'operations'} failed`}`,
    body: html`<div class="scroller" tabindex="0" role="group" aria-label="Reads">
      <table>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Calls</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          ${reads.map(
            ({ service, operation, outcome, calls: count, error }) =>
              html`<tr>
                <td><code>${service}:${operation}</code></td>
                <td class="number">${count}</td>
                <td>${outcome}${error !== null && `: ${error}`}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`,
  });
}

interface Entry {
  finding: ReportFinding;
  mapping: ReportMapping | null;
}

const entriesOf = ({ findings, mappings }: Pick<Report, 'findings' | 'mappings'>): Entry[] => [
  ...findings.map((finding) => ({ finding, mapping: null })),
  ...mappings.flatMap((mapping) => mapping.findings.map((finding) => ({ finding, mapping }))),
];

/** Null for a report that was not compared with a baseline. */
export function baselineSection(
  report: Pick<Report, 'findings' | 'mappings' | 'isCompared'>,
  context: PageContext,
): Markup | null {
  const compared = entriesOf(report).filter(
    ({ finding: { status, suppression } }) => suppression === null && (status === 'fail' || status === 'warn'),
  );
  const known = compared.filter(({ finding }) => finding.isKnown);
  if (report.isCompared !== true && known.length === 0) return null;
  const fresh = compared.filter(({ finding }) => !finding.isKnown);
  return html`<section id="baseline">
    <h2>Compared with the baseline</h2>
    <p>${fresh.length} new, ${known.length} known.</p>
    ${
      fresh.length > 0 &&
      disclosure({ kind: 'entries', isOpen: true, summary: `${fresh.length} new`, body: entryList(fresh, context) })
    }${known.length > 0 && disclosure({ kind: 'entries', summary: `${known.length} known`, body: entryList(known, context) })}
  </section>`;
}

/** Null where nothing is suppressed. */
export function suppressedSection(report: Pick<Report, 'findings' | 'mappings'>, context: PageContext): Markup | null {
  const suppressed = entriesOf(report).filter(({ finding }) => finding.suppression !== null);
  return suppressed.length === 0
    ? null
    : html`<section id="suppressed">
        <h2>Suppressed (${suppressed.length})</h2>
        ${entryList(suppressed, context)}
      </section>`;
}

const entryList = (entries: readonly Entry[], context: PageContext): Markup =>
  html`<ul class="findings">
    ${entries.map(({ finding: { status, check, title, suppression }, mapping }) => {
      const mentions = new Mentions(context.details(mapping?.id ?? '').names, mapping?.id ?? null);
      return html`<li>
        ${statusSign(status)} ${mapping !== null && html`<b>${mapping.name}</b>: `}${mentions.title(title)}
        <code class="dim">${check}</code>${
          suppression !== null && html`<br />Until ${suppression.until}: ${suppression.reason}`
        }
      </li>`;
    })}
  </ul>`;
