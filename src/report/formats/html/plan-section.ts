/** The repair plan: steps with their commands to copy, choices, manual steps, and what the simulation shows. */
import { checks as allChecks } from '../../../checks/index.js';
import { renderCli } from '../../../fixes/render-cli.js';
import { undoOf } from '../../../plan/repair.js';
import { planningRepair } from '../../../repair/build-repair-plan.js';
import type { RepairPlan, RepairStep } from '../../../repair/repair-plan.js';
import { shellCommand, type ShellCommand } from '../../../text/shell.js';
import { inAccount } from '../../in-account.js';
import { ownerTemplate } from '../../plan-formats/owner-template.js';
import { costLabel, ownerSentence, resultSentence } from '../../repair-plan-text.js';
import { Mentions } from '../../resource-mentions.js';
import { safetyLabel } from '../../fix-lines.js';
import { stepTitle } from '../../step-title.js';
import type { ReportSource } from '../report.js';
import { copied } from './copied.js';
import { html, sentence, type Markup, type Value } from './markup.js';
import type { PageContext } from './page-context.js';

type Region = Extract<ReportSource, { command: 'doctor' }>['regions'][number];

/**
 * The plan of the report, or the one that `doctor --plan` would print; null where there is nothing to repair. A step
 * before each mapping: for thousands it takes seconds.
 */
export function* planningOfRegion({ diagnosis, snapshot, plan }: Region): Generator<undefined, RepairPlan | null> {
  if (plan !== undefined) return plan;
  if (snapshot === null) return null;
  const ran = diagnosis.scope === null ? null : new Set<string>(diagnosis.scope.run);
  const checks = ran === null ? allChecks : allChecks.filter(({ id }) => ran.has(id));
  const made = yield* planningRepair(snapshot, diagnosis, { checks });
  return made.steps.some(({ isChosen }) => isChosen) || made.byHand.length > 0 ? made : null;
}

export function planSection(
  plan: RepairPlan,
  { diagnosis, plan: given }: Region,
  context: PageContext,
  nameOf: (uuid: string) => string,
): Markup {
  const { region, names } = diagnosis;
  const mentions = new Mentions(names);
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  const options = { region, profile: context.account.profile };
  const hasSeveral = new Set(plan.steps.flatMap(({ resolves }) => resolves.map(({ mapping }) => mapping))).size > 1;
  const targets = diagnosis.mappings.length === 1 ? diagnosis.mappings.map(({ uuid }) => uuid) : [];
  const command = (flag: string) =>
    copied([inAccount(shellCommand('msk-lambda', 'doctor', ...targets, flag), { region, ...context.account })]);
  // A plan of the command line has the user's options already.
  const inOwnAccount = (line: ShellCommand): string =>
    given === undefined ? inAccount(line, { region, ...context.account }) : line;
  return html`<section class="plan">
    <h2>Repair plan${context.hasRegions && ` (${region})`}</h2>
    ${
      chosen.length > 0 &&
      html`<ol class="steps">
        ${chosen.map((step) => stepItem(step, mentions, options, hasSeveral ? nameOf : null))}
      </ol>`
    }${plan.choices.map(
      ({ question, options, chosen: taken }) =>
        html`<h3>Choice: ${question}</h3>
          <ul>
            ${options.map(
              ({ title, cost }, index) =>
                html`<li>
                  ${index === taken ? html`<b>${title}</b> <span class="tag">chosen</span>` : title}${
                    !title.includes('billed') && costLabel({ cost }) !== '' && ` (${costLabel({ cost })})`
                  } <code class="dim">--choose ${index + 1}</code>
                </li>`,
            )}
          </ul>`,
    )}${
      plan.byHand.length > 0 &&
      html`<h3>${plan.byHand.length === 1 ? 'Manual step' : 'Manual steps'}</h3>
        <ul class="fixes">
          ${plan.byHand.map(
            ({ title, command: line }) =>
              html`<li>${sentence(mentions.sentence(title))}${line !== null && copied([inOwnAccount(line)])}</li>`,
          )}
        </ul>`
    }${
      chosen.length > 0 &&
      html`<p><b>${resultSentence(plan.simulated, 'this plan')}</b></p>
        <p>Make these changes after a confirmation:</p>
        ${command('--fix')}`
    }
  </section>`;
}

function stepItem(
  step: RepairStep,
  mentions: Mentions,
  options: { region: string; profile: string | undefined },
  nameOf: ((uuid: string) => string) | null,
): Markup {
  const labels = [
    safetyLabel({ safety: step.safety, changes: [step] }),
    costLabel(step),
    undoOf(step) === null ? 'cannot be undone' : 'can be undone',
  ].filter((label) => label !== '');
  return html`<li>
    <b>${mentions.sentence(stepTitle(step))}</b> ${labels.map((label) => html`<span class="tag">${label}</span> `)}
    <p>${sentence(mentions.sentence(step.reason))}</p>
    ${step.dangers.map(
      (danger) =>
        html`<p class="${step.safety === 'risky' ? 'danger' : 'caution'}">
          ${step.safety === 'risky' && html`<b>Danger:</b> `}${sentence(mentions.sentence(danger))}
        </p>`,
    )}${step.owner !== null && html`<p class="caution">${ownerSentence(step.owner)}</p>`}${copied(ownerTemplate(step))}
    <p class="dim">Resolves ${resolved(step, nameOf)}</p>
    ${copied([renderCli(step, options)])}
  </li>`;
}

const mostNames = 8;

function resolved({ resolves }: RepairStep, nameOf: ((uuid: string) => string) | null): Value {
  const checks = [...new Set(resolves.map(({ check }) => check))].map(
    (check, index) => html`${index > 0 && ', '}<code>${check}</code>`,
  );
  if (nameOf === null) return checks;
  const names = [...new Set(resolves.map(({ mapping }) => nameOf(mapping)))];
  const more = names.length - mostNames;
  return html`${checks} of ${names.slice(0, mostNames).join(', ')}${more > 0 && ` and ${more} more`}`;
}
