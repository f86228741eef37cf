/** The questions of `create`, in order, with a way back, up to complete settings. Changes nothing. */
import type { MappingSettings } from '../../../../mapping/settings.js';
import { withoutGaps } from '../../../../mapping/mapping-of.js';
import { Back, type Prompts } from './prompts.js';
import type { Draft, Step } from './draft.js';
import type { Lists } from './account-lists.js';
import { deliverySteps } from './steps/batches-pollers-filters.js';
import { readingSteps } from './steps/starting-position.js';
import { wayInSteps } from './steps/authentication.js';
import { whatSteps } from './steps/function-cluster-topic.js';
import type { Shell } from '../../../../text/shells.js';
import { renderSummary } from './summary.js';

const steps: readonly Step[] = [...whatSteps, ...wayInSteps, ...readingSteps, ...deliverySteps];

export interface WizardRequest {
  prompts: Prompts;
  lists: Lists;
  /** Settings from flags and file, which are not asked for. */
  given: Partial<MappingSettings>;
  now: Date;
  /** `--disabled-test` was given. */
  disabledTest: boolean;
  /** Words of the command line that do not belong to the mapping: region, profile. */
  accountFlags: readonly string[];
  /** The shell for the command that is shown. */
  shell?: Shell;
}

/** What the user agreed to. */
export interface Agreed {
  settings: MappingSettings;
  /** Create it disabled, check it, then enable it. */
  disabledTest: boolean;
}

/** Null without agreement. */
export async function runWizard({
  prompts,
  lists,
  given,
  now,
  accountFlags,
  disabledTest,
  shell,
}: WizardRequest): Promise<Agreed | null> {
  prompts.say('Ctrl-B: previous question. Ctrl-C: quit. Nothing is created before you confirm.');
  const summary: Step = {
    name: 'summary',
    applies: () => true,
    ask: async ({ draft }) => agree(prompts, draft, accountFlags, shell),
  };
  const all = [...steps, summary];
  /** The answered questions, with the draft before each. */
  const answered: { at: number; before: Draft }[] = [];
  let draft: Draft = { settings: given, wants: disabledTest ? { start: 'tested' } : {} };
  let earlier: Draft | undefined;
  for (let at = 0; at < all.length;) {
    const step = all[at]!;
    if (!step.applies(draft)) {
      at++;
      continue;
    }
    try {
      const after = await step.ask({ prompts, lists, draft, earlier, now });
      answered.push({ at, before: draft });
      draft = after;
      at++;
    } catch (error) {
      if (!(error instanceof Back)) throw error;
      const last = answered.findLast(({ at: place_ }) => !isSilent(all[place_]!));
      if (last === undefined) prompts.say('This is the first question.');
      else {
        answered.splice(answered.indexOf(last));
        earlier = {
          ...draft,
          settings: { ...earlier?.settings, ...draft.settings },
          wants: { ...earlier?.wants, ...draft.wants },
        };
        draft = last.before;
        at = last.at;
      }
    }
  }
  return draft.settings.function === undefined
    ? null
    : { settings: finished(draft.settings), disabledTest: draft.wants.start === 'tested' };
}

/** A step that only reads something. */
const isSilent = ({ name }: Step): boolean => name === 'cluster that was given';

/** The answer may be to leave, which empties the draft. */
async function agree(
  prompts: Prompts,
  draft: Draft,
  accountFlags: readonly string[],
  shell: Shell | undefined,
): Promise<Draft> {
  const settings = finished(draft.settings);
  prompts.show(
    renderSummary(settings, [...(draft.wants.start === 'tested' ? ['--disabled-test'] : []), ...accountFlags], shell),
  );
  const goesOn = await prompts.choose({
    message: 'Continue with these settings?',
    choices: [
      { value: true, name: 'yes – run the checks first' },
      { value: false, name: 'no – quit without creating anything' },
    ],
  });
  return goesOn ? draft : { settings: {}, wants: {} };
}

/** Without the markers of questions that were answered with “none”. */
const finished = ({ provisionedPollers: pollers, filters, ...settings }: Partial<MappingSettings>): MappingSettings =>
  withoutGaps({
    ...settings,
    provisionedPollers: pollers === undefined || Object.keys(pollers).length === 0 ? undefined : pollers,
    filters: filters === undefined || filters.length === 0 ? undefined : filters,
  }) as MappingSettings;
