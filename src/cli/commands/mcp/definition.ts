import { defineCommand } from '../../define-command.js';
import { mcpOptions } from './options.js';

export default defineCommand({
  name: 'mcp',
  group: 'Diagnose',
  summary: 'serve the diagnosis to an AI assistant, over MCP on standard input and output',
  description:
    'A Model Context Protocol server: the assistant calls doctor, explain, network, policy, lint, list, probe, broker, inspect and lag, ' +
    'and receives the text of each command with its JSON document. ' +
    'These tools change nothing. With --allow-changes there are two more, repair and undo: ' +
    'the first call returns the plan, and only a second call with the token of this plan makes the changes. ' +
    'Files are read below --root only. Standard output carries only messages of the protocol.',
  options: mcpOptions,
  examples: [
    { command: 'msk-lambda mcp --profile dev --region eu-west-1', does: 'a server for one account and region' },
    { command: 'msk-lambda mcp --sandbox', does: 'try it without an AWS account' },
  ],
  load: async () => (await import('./run.js')).run,
});
