import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { lintOptions } from './options.js';

export default defineCommand({
  name: 'lint',
  group: 'Show',
  summary: 'check the mappings of a template before it is deployed',
  description:
    'Reads templates of CloudFormation, SAM, CDK and Serverless Framework, or Terraform, builds the account as it will be after the deployment, and runs the checks of doctor on it. ' +
    'Needs no AWS account. Facts that are known only after deployment are unknown, never failures.',
  arguments: [
    new Argument('[path...]', 'template files or folders; - for standard input; default: the current folder'),
  ],
  options: lintOptions,
  examples: [
    { command: 'msk-lambda lint template.yaml', does: 'check one template' },
    {
      command: 'msk-lambda lint network.yaml app.yaml --parameter Stage=prod',
      does: 'two stacks, joined by their exports',
    },
    { command: 'msk-lambda lint infrastructure', does: 'the Terraform configuration of a folder' },
  ],
  load: async () => (await import('./run.js')).run,
});
