import { ownCommand } from '../../fixes/own-command.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, fail, pass } from '../define.js';

export default defineCheck({
  id: 'mapping.conflict',
  title: 'A mapping of the same cluster, function and topic exists',
  severity: 'error',
  stage: 'mapping',
  indicator: 'another mapping has the same cluster, function and topic',
  docs: ['https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'],
  needs: ['mapping', 'relatedMappings', 'topic'],
  // AWS allows one mapping for each triple and refuses a second with ResourceConflictException.
  judge({ mapping, relatedMappings, topic }) {
    const twin = relatedMappings.find(
      (other) =>
        other.EventSourceArn === mapping.EventSourceArn &&
        other.FunctionArn === mapping.FunctionArn &&
        other.Topics[0] === topic,
    );
    return twin === undefined ? pass : fail({ uuid: twin.UUID });
  },
  describe: ({ uuid }) => ({
    title: `The mapping ${uuid} exists already`,
    evidence: [{ resource: uuid, fact: 'it has the same event source, function and topic' }],
  }),
  fixes: ({ uuid }) => [
    manual('Change the mapping that exists (msk-lambda update) instead of creating another one', [
      ownCommand('inspect', uuid),
    ]),
  ],
});
