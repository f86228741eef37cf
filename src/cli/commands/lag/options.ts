import { outputOptions, shellOptions, sourceOptions } from '../../shared-options.js';
import type { OptionsOf } from '../../typed-option.js';

export const lagOptions = () => [
  ...sourceOptions(),
  ...shellOptions(),
  ...outputOptions({ quiet: 'print only the number of records' }),
];

export type LagOptions = OptionsOf<typeof lagOptions>;
