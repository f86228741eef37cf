/** What the wizard knows so far, and what its questions may read. */
import type { MappingSettings } from '../../../../mapping/settings.js';
import type { ClusterView } from '../../../../subject/cluster-view.js';
import type { Prompts } from './prompts.js';
import type { Lists } from './account-lists.js';

export interface Draft {
  settings: Partial<MappingSettings>;
  /** The cluster's ARN, whether its name was chosen or typed. */
  clusterArn?: string;
  /** Null where it could not be read, as in another account. */
  cluster?: ClusterView | null;
  /** The optional details that the user wants to be asked, such as batch sizes. */
  wants: Readonly<
    Partial<Record<'batch' | 'group' | 'destination' | 'pollers', boolean>> & { start?: 'now' | 'tested' | 'later' }
  >;
}

export interface Asking {
  prompts: Prompts;
  lists: Lists;
  draft: Draft;
  /** The draft when this question was last answered, for a user who comes back to it. */
  earlier: Draft | undefined;
  now: Date;
}

/** One question. */
export interface Step {
  name: string;
  /** Whether to ask it, given the answers so far. */
  applies: (draft: Draft) => boolean;
  /** The draft with the answer. Throws `Back`. */
  ask: (asking: Asking) => Promise<Draft>;
}

export const withSettings = (draft: Draft, settings: Partial<MappingSettings>): Draft => ({
  ...draft,
  settings: { ...draft.settings, ...settings },
});
