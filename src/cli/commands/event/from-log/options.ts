import { outputOptions } from '../../../shared-options.js';
import type { OptionsOf } from '../../../typed-option.js';

export const fromLogOptions = () => [
  ...outputOptions({ quiet: 'print only the event, on one line', verbose: 'likely causes of the failure too' }),
];

export type FromLogOptions = OptionsOf<typeof fromLogOptions>;
