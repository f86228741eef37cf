import { outputOptions, sourceOptions } from '../../shared-options.js';
import type { OptionsOf } from '../../typed-option.js';

export const listOptions = () => [...sourceOptions(), ...outputOptions()];

export type ListOptions = OptionsOf<typeof listOptions>;
