import { outputOptions, sourceOptions } from '../../options.js';
import type { OptionsOf } from '../../typed-option.js';

export const inspectOptions = () => [...sourceOptions(), ...outputOptions()];

export type InspectOptions = OptionsOf<typeof inspectOptions>;
