/** What a person can do about failed records. */
import { defaultLogGroup } from '../../../aws/function-arn.js';
import type { Fix } from '../../../fixes/fix.js';
import { shell } from '../../../text/shell.js';

export const readFunctionLog = (functionArn: string | undefined): Fix => ({
  title: 'Find the error in the function’s log, and correct the function or the producer',
  safety: 'by-hand',
  changes: [],
  ...(functionArn === undefined ? {} : { commands: [shell`aws logs tail ${defaultLogGroup(functionArn)} --since 1h`] }),
});

export const sendElsewhere = (uuid: string, title: string): Fix => ({
  title,
  safety: 'by-hand',
  changes: [],
  commands: [shell`msk-lambda update ${uuid} --on-failure QUEUE_TOPIC_OR_BUCKET_ARN`],
});
