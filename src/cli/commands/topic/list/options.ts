import { accountOptions, outputOptions } from '../../../shared-options.js';
import type { OptionsOf } from '../../../typed-option.js';

export const topicListOptions = () => [...accountOptions(), ...outputOptions()];

export type TopicListOptions = OptionsOf<typeof topicListOptions>;
