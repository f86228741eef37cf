/** Consumer groups that several mappings use. */
import type { Mapping } from '../../../snapshot/resources/index.js';

/** A valid id, similar to the present one. */
export const nextGroup = (id: string): string => `${id.replaceAll(/[^a-zA-Z0-9\-/*:_+=.@]/g, '-').slice(0, 198)}-2`;

/** What sharing the group means for both mappings. */
export function shared(mapping: Mapping, other: Mapping): string {
  const sameTopic = other.EventSourceArn === mapping.EventSourceArn && other.Topics[0] === mapping.Topics[0];
  const resting = other.State === 'Disabled' ? ' (it is disabled)' : '';
  if (sameTopic)
    return `uses the same group on the same topic${resting}: each of the two mappings receives only a part of the records`;
  return `uses the same group on ${other.EventSourceArn === mapping.EventSourceArn ? 'another topic' : 'another cluster'}${resting}; AWS requires a unique group for each mapping`;
}
