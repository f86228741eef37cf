import { mappingChangeOptions, uuidOption } from '../../change/options.js';
import { mappingOptions } from '../../flags/mapping-flags.js';
import type { OptionsOf } from '../../typed-option.js';

export const recreateOptions = () => [uuidOption(), ...mappingOptions('recreate'), ...mappingChangeOptions()];

export type RecreateOptions = OptionsOf<typeof recreateOptions>;
