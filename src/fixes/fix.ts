/** A fix is data: shown in any tongue, replayed on a snapshot, or applied with its undo recorded. */
import type { AwsCall } from '../aws/call.js';
import type { ShellCommand } from '../text/shell.js';

/** A call and the one that takes it back; null where nothing can. */
export interface Change extends AwsCall {
  undo: AwsCall | null;
}

/**
 * The rule is assess-safety.ts. `safe`: only adds what this mapping needs. `care`: costs money, or changes a setting that
 * the undo restores. `risky`: extends what others are allowed to do, changes a policy or group that others use or a
 * permissions boundary, or changes which records arrive and what happens to those that fail. `by-hand`: no call can do
 * it; `changes` is empty and `commands` may hold lines to run.
 */
export type Safety = 'safe' | 'care' | 'risky' | 'by-hand';

export interface Fix {
  title: string;
  safety: Safety;
  changes: Change[];
  /** Lines for a person to run that are no AWS call (`kafka-acls …`, `openssl …`): shell`openssl verify ${file}`. */
  commands?: ShellCommand[];
  /** Policy statements to add by hand, as JSON: not for a shell. */
  statements?: string[];
}
