import { outputOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const snapshotOptions = () => [
  option(
    '--anonymize',
    'replace account IDs, names, addresses and resource IDs with tokens; the diagnosis stays the same',
  ),
  option(
    '--anonymize-key <text>',
    'with --anonymize: the same key gives the same tokens, so that two files can be compared',
  ),
  ...sourceOptions(),
  ...outputOptions({ quiet: 'print no note about the written file' }),
];

export type SnapshotOptions = OptionsOf<typeof snapshotOptions>;
