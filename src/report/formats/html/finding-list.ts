/** Findings in a list: title, evidence, location, repair. */
import { renderCli } from '../../../fixes/render-cli.js';
import type { Fix } from '../../../fixes/fix.js';
import { inAccount } from '../../in-account.js';
import { safetyLabel } from '../../fix-lines.js';
import type { Mentions } from '../../resource-mentions.js';
import type { ReportFinding } from '../report.js';
import { copied } from './copied.js';
import { html, sentence, type Markup, type Value } from './markup.js';

export interface FindingStyle {
  mentions: Mentions;
  region: string | null;
  /** With the repair of each finding; a repair plan shows it once for all. */
  hasFixes: boolean;
  /** In a template, a name is that of a resource of the template: no command of the AWS CLI knows it. */
  isInTemplate: boolean;
  /** Options that lead a command to the account that was read. */
  account: { profile?: string | undefined; source: readonly string[] };
}

export const findingList = (heading: string, findings: readonly ReportFinding[], style: FindingStyle): Markup | null =>
  findings.length === 0
    ? null
    : html`<h3>${heading}</h3>
        <ul class="findings">
          ${findings.map((finding) => html`<li>${findingText(finding, style)}</li>`)}
        </ul>`;

function findingText(finding: ReportFinding, style: FindingStyle): Value {
  const { check, title, fixes, location, suppression, isKnown } = finding;
  return html`${sentence(style.mentions.title(title))} <code class="dim">${check}</code>${
      isKnown && html` <span class="tag">known</span>`
    }${
      suppression !== null &&
      html` <span class="tag">suppressed until ${suppression.until}</span> ${suppression.reason}`
    }${location !== null && html`<br /><code>${location.file}:${location.line}:${location.column}</code>`}${evidenceList(finding, style.mentions)}${
      style.hasFixes && fixList(fixes, style)
    }`;
}

/** Each fact once, with all resources that it is true for. */
export function evidenceList(
  { evidence, title }: Pick<ReportFinding, 'evidence' | 'title'>,
  mentions: Mentions,
): Value {
  const facts = new Map<string, string[]>();
  for (const { resource, fact, name } of evidence.filter((item) => item.fact !== title)) {
    const subject = mentions.resource(resource);
    const shown = subject === resource && name !== undefined && name !== resource ? `${name} (${resource})` : subject;
    const text = mentions.sentence(fact);
    const subjects = facts.get(text) ?? [];
    facts.set(text, subjects);
    if (!subjects.includes(shown)) subjects.push(shown);
  }
  return facts.size === 0
    ? null
    : html`<ul class="evidence">
        ${[...facts].map(([fact, subjects]) => html`<li><b>${subjects.join(', ')}</b>: ${sentence(fact)}</li>`)}
      </ul>`;
}

export const fixList = (fixes: readonly Fix[], style: FindingStyle): Value =>
  fixes.length === 0
    ? null
    : html`<ul class="fixes">
        ${fixes.map(
          (fix, index) =>
            html`<li>
              <b>${index === 0 ? 'Repair' : 'Or'}</b>: ${sentence(style.mentions.sentence(fix.title))}
              <span class="tag">${safetyLabel(fix)}</span>${copied(commandsOf(fix, style))}
            </li>`,
        )}
      </ul>`;

const commandsOf = (
  { changes, commands = [], statements = [] }: Fix,
  { region, account, isInTemplate }: FindingStyle,
): string[] => [
  ...(isInTemplate ? [] : changes).map((change) =>
    renderCli(change, { region: region ?? undefined, profile: account.profile }),
  ),
  ...commands.map((command) => inAccount(command, { region: region ?? '', ...account })),
  ...statements,
];
