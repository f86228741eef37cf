import { mappingChangeOptions, printFileOption } from '../../change/options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const applyOptions = () => [
  option('-f, --file <path>', 'required: the mapping file, YAML or JSON; - for standard input'),
  printFileOption('print the existing mappings of the region as such a file and change nothing'),
  option('--prune', 'also delete the mappings of these clusters that are not in the file; asks separately'),
  option('--confirm-prune', 'with --prune: delete them without asking'),
  ...mappingChangeOptions(),
];

export type ApplyOptions = OptionsOf<typeof applyOptions>;
