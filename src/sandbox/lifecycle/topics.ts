/** New topics: MSK shows them only after a while, as CREATING, then ACTIVE. Each read moves them one step. */
import { isOk } from '../../snapshot/read.js';
import { awsError, valueOrError, type Answers, type Input } from '../answers.js';

export interface TopicLife {
  answers: Answers;
  /** Starts a topic; returns MSK's answer to CreateTopic. */
  begin(input: Input): object;
}

const shown = ['', 'CREATING'];

export function beginTopicLife(): TopicLife {
  const readCounts = new Map<string, number>();
  const configs = new Map<string, unknown>();
  const keyOf = ({ ClusterArn: cluster, TopicName: name }: Input): string => `${String(cluster)} ${String(name)}`;
  return {
    begin: (input) => {
      readCounts.set(keyOf(input), 0);
      configs.set(keyOf(input), input['Configs']);
      return {
        TopicArn: `${String(input['ClusterArn']).replace(':cluster/', ':topic/')}/${String(input['TopicName'])}`,
        TopicName: input['TopicName'],
        Status: 'CREATING',
      };
    },
    answers: {
      DescribeTopic: (input, snapshot) => {
        const topic = valueOrError(snapshot.topics, input['ClusterArn'], 'NotFoundException').find(
          ({ TopicName }) => TopicName === input['TopicName'],
        );
        const key = keyOf(input);
        const reads = readCounts.get(key) ?? shown.length;
        readCounts.set(key, reads + 1);
        if (topic === undefined || shown[reads] === '')
          throw awsError('NotFoundException', `Topic ${String(input['TopicName'])} does not exist.`, 404);
        const { OutOfSyncReplicaCount: _, ...description } = topic;
        const config = configs.get(key);
        return {
          ...description,
          Status: shown[reads] ?? 'ACTIVE',
          ...(config === undefined ? {} : { Configs: config }),
        };
      },
      ListTopics: ({ ClusterArn: arn }, snapshot) => {
        const cluster = snapshot.clusters[String(arn)];
        if (snapshot.topics[String(arn)] === undefined && cluster !== undefined && isOk(cluster))
          throw awsError('BadRequestException', 'This operation is not supported for this cluster.');
        return { Topics: valueOrError(snapshot.topics, arn, 'NotFoundException') };
      },
    },
  };
}
