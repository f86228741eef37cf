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

export const readPollerLog = (uuid: string, provisioned: boolean): Fix => ({
  title: provisioned
    ? 'Enable the pollers’ log at level WARN and read the error in the function’s log group'
    : 'Enable the pollers’ log and read the error (needs provisioned mode, billed per event poller unit and hour)',
  safety: 'by-hand',
  changes: [],
  commands: [
    provisioned
      ? shell`msk-lambda update ${uuid} --log-level WARN`
      : shell`msk-lambda update ${uuid} --minimum-pollers 1 --maximum-pollers 1 --log-level WARN`,
  ],
});
