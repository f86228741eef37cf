/** Function, cluster and topic. */
import { isCluster, isVpcConnection } from '../../../../../aws/event-source.js';
import {
  findClusterOfBrokers,
  isBrokerList,
  normalizeCluster,
  normalizeFunction,
  normalizeTopic,
  type Normalized,
} from '../../../../../mapping/normalize-input.js';
import { isOk } from '../../../../../snapshot/read.js';
import type { Cluster } from '../../../../../snapshot/resources/index.js';
import { shell } from '../../../../../text/shell.js';
import { viewCluster } from '../../../../../subject/cluster-view.js';
import { whyNoTopicApi } from '../../../../../subject/topic-api.js';
import type { Choice } from '../prompts.js';
import { withSettings, type Asking, type Draft, type Step } from '../draft.js';
import { clusterChoices, functionChoices, missingTopicChoices, topicChoices } from '../choices.js';
import { unreadList } from '../account-lists.js';
import { faultOf } from './validation.js';

const functionStep: Step = {
  name: 'function',
  applies: ({ settings }) => settings.function === undefined,
  ask: async (asking) => {
    const { prompts, lists, draft, earlier } = asking;
    const read = await lists.functions();
    const message = 'Function to invoke?';
    const fault = (text: string) =>
      text === ''
        ? 'Enter the name or ARN of a function.'
        : faultOf(asking, { function: normalizeFunction(text).value });
    if (isOk(read) && read.value.length > 0) {
      const names = new Set(read.value.map(({ FunctionName }) => FunctionName));
      const typed = (text: string): Choice<string> | undefined => {
        const { value } = normalizeFunction(text);
        // An alias or version of a listed function, or a complete name or ARN.
        const whole = value.startsWith('arn:') || (names.has(value.split(':')[0]!) && /:[\w$-]+$/.test(value));
        return whole && fault(text) === null ? { value, name: value, description: 'as typed' } : undefined;
      };
      const name = await prompts.choose({
        message,
        choices: functionChoices(read.value),
        typed,
        initial: earlier?.settings.function,
      });
      return withSettings(draft, { function: name });
    }
    prompts.say(isOk(read) ? 'Your credentials see no function in this region.' : unreadList('The functions', read));
    return withSettings(draft, {
      function: showNotes(
        asking,
        normalizeFunction(
          await prompts.type({ message: `${message} (name or ARN)`, fault, initial: earlier?.settings.function }),
        ),
      ),
    });
  },
};

const clusterStep: Step = {
  name: 'cluster',
  applies: ({ settings }) => settings.cluster === undefined,
  ask: async (asking) => {
    const { prompts, lists, earlier } = asking;
    const read = await lists.clusters();
    const message = 'MSK cluster?';
    const fault = (text: string) => {
      if (isBrokerList(text)) return 'Enter the cluster, not its brokers.';
      return text === ''
        ? 'Enter the name or ARN of a cluster.'
        : faultOf(asking, { cluster: normalizeCluster(text).value });
    };
    const typed = async (text: string): Promise<Choice<string> | undefined> => {
      if (isBrokerList(text)) return clusterOf(asking, text, isOk(read) ? read.value : []);
      const { value } = normalizeCluster(text);
      if (!value.startsWith('arn:') || fault(text) !== null) return undefined;
      return {
        value,
        name: value,
        description: isVpcConnection(value) ? 'cluster of another account, through this VPC connection' : 'as typed',
      };
    };
    if (isOk(read) && read.value.length > 0) {
      const elsewhere: Choice<string> = {
        value: '',
        name: 'a cluster of another account',
        disabled: 'paste its connection ARN',
      };
      const arn = await prompts.choose({
        message,
        choices: [...clusterChoices(read.value), elsewhere],
        typed,
        initial: earlier?.clusterArn,
      });
      return withCluster(asking, arn);
    }
    prompts.say(isOk(read) ? 'Your credentials see no MSK cluster in this region.' : unreadList('The clusters', read));
    return withCluster(
      asking,
      showNotes(
        asking,
        normalizeCluster(
          await prompts.type({ message: `${message} (name or ARN)`, fault, initial: earlier?.settings.cluster }),
        ),
      ),
    );
  },
};

/** The cluster of bootstrap brokers that were pasted instead of its name. */
async function clusterOf(
  { lists }: Asking,
  brokers: string,
  clusters: readonly Cluster[],
): Promise<Choice<string> | undefined> {
  const strings = await Promise.all(
    clusters.map(async ({ ClusterArn: arn }) => ({ arn, read: await lists.brokers(arn) })),
  );
  const found = findClusterOfBrokers(
    brokers,
    strings.map(({ arn, read }) => ({ arn, strings: isOk(read) ? read.value : [] })),
  );
  const cluster = clusters.find(({ ClusterArn: arn }) => arn === found?.value);
  return cluster === undefined
    ? undefined
    : {
        value: cluster.ClusterArn,
        name: cluster.ClusterName ?? cluster.ClusterArn,
        description: 'the cluster of these brokers',
      };
}

/** A cluster that was named by a flag is read, for the questions after it. */
const clusterGivenStep: Step = {
  name: 'cluster that was given',
  applies: ({ settings, cluster }) => settings.cluster !== undefined && cluster === undefined,
  ask: async (asking) => withCluster(asking, normalizeCluster(asking.draft.settings.cluster!).value),
};

async function withCluster({ lists, draft }: Asking, nameOrArn: string): Promise<Draft> {
  const all = await lists.clusters();
  const listed = isOk(all)
    ? all.value.find(({ ClusterArn: arn, ClusterName: name }) => arn === nameOrArn || name === nameOrArn)
    : undefined;
  const single = listed === undefined && isCluster(nameOrArn) ? await lists.cluster(nameOrArn) : undefined;
  const cluster = listed ?? (single !== undefined && isOk(single) ? single.value : undefined);
  const unique =
    cluster?.ClusterName !== undefined &&
    isOk(all) &&
    all.value.filter(({ ClusterName: name }) => name === cluster.ClusterName).length === 1;
  const arn = cluster?.ClusterArn ?? (nameOrArn.startsWith('arn:') ? nameOrArn : undefined);
  return {
    ...withSettings(draft, { cluster: unique ? cluster.ClusterName! : (arn ?? nameOrArn) }),
    cluster: cluster === undefined ? null : viewCluster(cluster),
    ...(arn === undefined ? {} : { clusterArn: arn }),
  };
}

const topicStep: Step = {
  name: 'topic',
  applies: ({ settings }) => settings.topic === undefined,
  ask: async (asking) => {
    const { prompts, lists, draft, earlier } = asking;
    const { clusterArn, cluster } = draft;
    const message = 'Topic to read?';
    const fault = (text: string) =>
      text === '' ? 'Enter the name of a topic.' : faultOf(asking, { topic: normalizeTopic(text, null).value });
    const lacking =
      cluster === null || cluster === undefined || clusterArn === undefined
        ? 'the cluster could not be read'
        : whyNoTopicApi(cluster);
    const read = lacking === null ? await lists.topics(clusterArn!) : undefined;
    if (read !== undefined && isOk(read) && read.value.length > 0) {
      const mappings = await lists.mappings(clusterArn!);
      const names = read.value.map(({ TopicName }) => TopicName);
      const typed = (text: string): Choice<string>[] => {
        const { value } = normalizeTopic(text, names);
        return fault(text) === null ? missingTopicChoices(value, read.value, createTopicCommand(asking, value)) : [];
      };
      const topic = await prompts.choose({
        message,
        choices: topicChoices(read.value, isOk(mappings) ? mappings.value : [], draft.settings.function ?? ''),
        typed,
        initial: earlier?.settings.topic,
      });
      if (!names.includes(topic))
        prompts.say(`Topic ${topic} does not exist yet. Create it: ${createTopicCommand(asking, topic)}`);
      return withSettings(draft, { topic });
    }
    prompts.say(
      lacking !== null
        ? `The topics cannot be listed: ${lacking}.`
        : isOk(read!)
          ? 'Your credentials see no topic in this cluster.'
          : unreadList('The topics', read!),
    );
    return withSettings(draft, {
      topic: showNotes(
        asking,
        normalizeTopic(await prompts.type({ message: message, fault, initial: earlier?.settings.topic }), null),
      ),
    });
  },
};

/** For a topic that the cluster does not have. */
const createTopicCommand = ({ draft }: Asking, topic: string): string =>
  shell`msk-lambda topic create ${draft.settings.cluster ?? draft.clusterArn ?? ''} --topic ${topic} --partitions 6 --replication-factor 3`;

/** The normalised text, with a message about what was corrected. */
function showNotes({ prompts }: Asking, { value, notes }: Normalized): string {
  for (const note of notes) prompts.say(`Note: ${note}.`);
  return value;
}

export const whatSteps: readonly Step[] = [functionStep, clusterStep, clusterGivenStep, topicStep];
