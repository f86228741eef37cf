/** What the wizard knows so far, and what a question may look at. */
import type { MappingSettings } from '../../../../mapping/settings.js';
import type { ClusterView } from '../../../../subject/cluster-view.js';
import type { Prompts } from './prompts.js';
import type { Lists } from './account-lists.js';

export interface Draft {
  settings: Partial<MappingSettings>;
  /** The cluster's ARN, where its name was chosen or typed. */
  clusterArn?: string;
  /** Null where it could not be read: another account's. */
  cluster?: ClusterView | null;
  /** Which questions of detail are wanted: the numbers of a batch, say. */
  wants: Readonly<Partial<Record<'batch' | 'group' | 'destination', boolean>>>;
}

export interface Asking {
  prompts: Prompts;
  lists: Lists;
  draft: Draft;
  /** The draft as it was when this question was last answered, for whoever comes back to it. */
  earlier: Draft | undefined;
  now: Date;
}

/** One question. */
export interface Step {
  name: string;
  /** Whether it is to be asked after what is known. */
  applies: (draft: Draft) => boolean;
  /** The draft with the answer. Throws `Back`. */
  ask: (asking: Asking) => Promise<Draft>;
}

export const withSettings = (draft: Draft, settings: Partial<MappingSettings>): Draft => ({
  ...draft,
  settings: { ...draft.settings, ...settings },
});
