/** The client and the operations of it that this tool calls; imported when first needed. */
import { SNSClient, GetTopicAttributesCommand } from '@aws-sdk/client-sns';

export { SNSClient as Client };
export const commands = {
  GetTopicAttributes: GetTopicAttributesCommand,
};
