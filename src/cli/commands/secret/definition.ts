import { defineCommand } from '../../define-command.js';
import create from './create/definition.js';
import check from './check/definition.js';

export default defineCommand({
  name: 'secret',
  group: 'Change',
  summary: 'check or create the secret by which a mapping logs in',
  examples: [{ command: 'msk-lambda secret check AmazonMSK_orders', does: 'whether a secret serves' }],
  commands: [check, create],
});
