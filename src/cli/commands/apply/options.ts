import { mappingChangeOptions, printFileOption } from '../../change/options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const applyOptions = () => [
  option('-f, --file <path>', 'the file; - for stdin'),
  printFileOption('print such a file of the region’s mappings and change nothing'),
  option('--prune', 'delete the other mappings of the clusters that the file names; asked about by itself'),
  option('--confirm-prune', 'with --prune: delete them without asking'),
  ...mappingChangeOptions(),
];

export type ApplyOptions = OptionsOf<typeof applyOptions>;
