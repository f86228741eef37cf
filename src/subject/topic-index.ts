/** The topics of a cluster by name, because many mappings read one cluster. */
import type { Topic } from '../snapshot/resources/index.js';

const indexes = new WeakMap<readonly Topic[], Map<string, Topic>>();

/** The topic of this name in a list that does not change; the first of several. */
export function topicNamed(topics: readonly Topic[], name: string): Topic | undefined {
  let index = indexes.get(topics);
  if (index === undefined) {
    index = new Map(topics.toReversed().map((topic) => [topic.TopicName, topic]));
    indexes.set(topics, index);
  }
  return index.get(name);
}

/** The names of users' topics; internal topics of Kafka and MSK begin with two underscores. */
export const namesOf = (topics: readonly Topic[]): string[] =>
  topics.map(({ TopicName: name }) => name).filter((name) => !name.startsWith('__'));
