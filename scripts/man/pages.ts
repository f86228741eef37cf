/** Every man page by its file name. */
import { commands } from '../../src/cli/commands/index.js';
import { tool } from '../../src/cli/version.js';
import { commandPage } from './command-page.js';
import { mainPage } from './main-page.js';

export const manPages: ReadonlyMap<string, string> = new Map([
  [`${tool.name}.1`, mainPage()],
  ...commands.map((command) => [`${tool.name}-${command.name}.1`, commandPage(command)] as const),
]);
