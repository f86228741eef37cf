import { ownCommand } from '../../fixes/own-command.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, fail, pass } from '../define.js';

export default defineCheck({
  id: 'mapping.conflict',
  title: 'A mapping with the same cluster, function and topic already exists',
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
    title: `Mapping ${uuid} already has this cluster, function and topic`,
    evidence: [
      { resource: uuid, fact: 'Lambda allows one mapping for each combination of cluster, function and topic' },
    ],
  }),
  fixes: ({ uuid }) => [
    manual('Change the existing mapping instead of creating another', [ownCommand('inspect', uuid)]),
  ],
});
