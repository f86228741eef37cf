import { outputOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const networkOptions = () => [
  option('--explain', 'the steps of each path, and what each says'),
  option('--what-if <change>', 'judge the account as it would be after this change; repeatable', {
    parse: (change: string, earlier: readonly string[] = []): string[] => [...earlier, change],
  }),
  ...sourceOptions(),
  ...outputOptions(),
];

export type NetworkOptions = OptionsOf<typeof networkOptions>;
