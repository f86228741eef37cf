import { outputOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const snapshotOptions = () => [
  option('-o, --output-file <file>', 'where to write; stdout without it'),
  option('--anonymize', 'replace account ids, names, addresses and ids by tokens; the file is judged the same'),
  option('--anonymize-key <text>', 'the same key gives the same tokens again, so that two files can be compared'),
  ...sourceOptions(),
  // A snapshot is JSON in any format; the other flags have their usual meaning.
  ...outputOptions().filter(({ long }) => long !== '--output-file'),
];

export type SnapshotOptions = OptionsOf<typeof snapshotOptions>;
