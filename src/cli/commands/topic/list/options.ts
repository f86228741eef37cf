import { accountOptions, outputOptions } from '../../../shared-options.js';
import type { OptionsOf } from '../../../typed-option.js';

export const topicListOptions = () => [
  ...accountOptions(),
  ...outputOptions({ quiet: 'print only the topic names, one per line' }),
];

export type TopicListOptions = OptionsOf<typeof topicListOptions>;
