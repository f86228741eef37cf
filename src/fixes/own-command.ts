/** Commands of this program to copy. */
import { shellCommand, type ShellCommand } from '../text/shell.js';

export const ownCommand = (...words: readonly string[]): ShellCommand => shellCommand('msk-lambda', ...words);
