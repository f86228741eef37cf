import { outputOptions, sourceOptions } from '../../options.js';
import type { OptionsOf } from '../../typed-option.js';

export const listOptions = () => [...sourceOptions(), ...outputOptions()];

export type ListOptions = OptionsOf<typeof listOptions>;
