import { outputOptions, sourceOptions } from '../../shared-options.js';
import type { OptionsOf } from '../../typed-option.js';

export const inspectOptions = () => [
  ...sourceOptions(),
  ...outputOptions({ quiet: 'no effect: the result has no decoration' }),
];

export type InspectOptions = OptionsOf<typeof inspectOptions>;
