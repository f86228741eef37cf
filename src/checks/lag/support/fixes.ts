/** What a person can do about a function that does not keep up with its topic. */
import { defaultLogGroup } from '../../../aws/function-arn.js';
import type { Fix } from '../../../fixes/fix.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { shell, type ShellCommand } from '../../../text/shell.js';
import { manual } from '../../support/secret-use.js';

/** The REPORT line of each invocation has its duration and memory (AWS: Lambda function logs). */
export const fasterFunction = ({ FunctionArn: arn }: Mapping): Fix =>
  manual(
    'Make the function faster: compare duration and memory in its REPORT log lines (more memory also means more CPU, billed per GB-second)',
    arn === undefined ? [] : [shell`aws logs tail ${defaultLogGroup(arn)} --since 1h --filter-pattern REPORT`],
  );

/** Where the errors of the function show the record. */
export const failedRecord = ({ FunctionArn: arn }: Mapping): ShellCommand[] =>
  arn === undefined ? [] : [shell`aws logs tail ${defaultLogGroup(arn)} --since 1h`];
