import { connectionOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const mcpOptions = () => [
  option('--allow-changes', 'offer repair and undo too; each shows its plan first'),
  option('--root <folder>', 'folder whose files the tools may read; default: the current folder'),
  ...connectionOptions(),
  option('--sandbox [name]', 'use a simulated account instead of AWS; names: msk-lambda sandbox list', {
    group: 'Account',
    conflicts: ['profile', 'endpointUrl'],
  }),
];

export type McpOptions = OptionsOf<typeof mcpOptions>;
