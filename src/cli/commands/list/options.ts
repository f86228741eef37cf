import { outputOptions, sourceOptions } from '../../shared-options.js';
import type { OptionsOf } from '../../typed-option.js';

export const listOptions = () => [
  ...sourceOptions(),
  ...outputOptions({ quiet: 'print only the UUIDs, one per line' }),
];

export type ListOptions = OptionsOf<typeof listOptions>;
