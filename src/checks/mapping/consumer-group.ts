import { defineCheck, fail, pass, warn } from '../define.js';

/** What Lambda takes as a ConsumerGroupId (API reference, AmazonManagedKafkaEventSourceConfig). */
const wellFormed = /^[a-zA-Z0-9\-/*:_+=.@]{1,200}$/;

interface Evidence {
  uuid: string;
  group: string;
  sharing: { uuid: string; sameTopic: boolean }[];
}

export default defineCheck({
  id: 'mapping.consumer-group',
  title: 'The consumer group is malformed, or shared with another mapping',
  severity: 'error',
  stage: 'mapping',
  needs: ['mapping', 'consumerGroup', 'siblings'],
  judge({ mapping, consumerGroup: { id, custom }, siblings }) {
    const evidence: Evidence = { uuid: mapping.UUID, group: id, sharing: [] };
    if (!wellFormed.test(id)) return fail(evidence);
    if (!custom) return pass;
    const sharing = siblings
      .filter((other) => (other.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? other.UUID) === id)
      .map((other) => ({ uuid: other.UUID, sameTopic: other.EventSourceArn === mapping.EventSourceArn && other.Topics[0] === mapping.Topics[0] }));
    return sharing.length === 0 ? pass : warn({ ...evidence, sharing });
  },
  describe: ({ uuid, group, sharing }) =>
    sharing.length === 0
      ? { title: `“${group}” is no consumer group id`, evidence: [{ resource: uuid, fact: 'a ConsumerGroupId has 1–200 letters, digits and -/*:_+=.@' }] }
      : {
          title: `The consumer group ${group} is used by ${sharing.length === 1 ? 'another mapping' : `${sharing.length} other mappings`} too`,
          evidence: sharing.map((other) => ({
            resource: other.uuid,
            fact: other.sameTopic
              ? `uses the group ${group} on the same topic: the two split its records between them`
              : `uses the group ${group} on another source, though AWS wants it used once`,
          })),
        },
  fixes: () => [{ title: 'Make one of the mappings anew with a consumer group of its own: the group of a mapping cannot be changed', safety: 'by-hand', changes: [] }],
});
