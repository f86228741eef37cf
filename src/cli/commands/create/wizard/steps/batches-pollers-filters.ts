/** How records reach the function: batches, pollers, filters, and the destination of failed records. */
import { isProvisioned } from '../../../../../mapping/settings.js';
import { withSettings, type Asking, type Draft, type Step } from '../draft.js';
import { faultOf, numberIn } from './validation.js';

const batchStep: Step = {
  name: 'batching',
  applies: ({ settings }) => settings.batchSize === undefined && settings.batchingWindow === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const ownBatch = await prompts.choose({
      message: 'How are records to be batched?',
      choices: [
        { value: false, name: 'as Lambda does', description: 'Up to 100 records, gathered for half a second at most.' },
        {
          value: true,
          name: 'by numbers of my own',
          description: 'Up to 10,000 records, gathered for up to 300 seconds; 6 MB are the most in any case.',
        },
      ],
      initial: earlier?.wants.batch,
    });
    return { ...draft, wants: { ...draft.wants, batch: ownBatch } };
  },
};

const typedNumber = async (
  { prompts }: Asking,
  message: string,
  initial: number,
  fault: (value: number) => string | null,
): Promise<number> =>
  numberIn(
    await prompts.type({
      message,
      initial: String(initial),
      fault: (text) => (Number.isNaN(numberIn(text)) ? 'Expected a whole number.' : fault(numberIn(text))),
    }),
  );

const batchSizeStep: Step = {
  name: 'batch size',
  applies: ({ settings, wants }) => wants.batch === true && settings.batchSize === undefined,
  ask: async (asking) =>
    withSettings(asking.draft, {
      batchSize: await typedNumber(
        asking,
        'Most records in a batch?',
        asking.earlier?.settings.batchSize ?? 100,
        (batchSize) => faultOf(asking, { batchSize }),
      ),
    }),
};

const batchWindowStep: Step = {
  name: 'batching window',
  applies: ({ settings, wants }) => wants.batch === true && settings.batchingWindow === undefined,
  ask: async (asking) =>
    withSettings(asking.draft, {
      batchingWindow: await typedNumber(
        asking,
        'Seconds to gather them?',
        asking.earlier?.settings.batchingWindow ?? 1,
        (batchingWindow) => faultOf(asking, { batchingWindow }),
      ),
    }),
};

const modeStep: Step = {
  name: 'mode',
  applies: ({ settings }) => settings.provisionedPollers === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const provisioned = await prompts.choose({
      message: 'Which pollers?',
      choices: [
        {
          value: false,
          name: 'on demand',
          description: 'Lambda scales them by itself. They need a way to Lambda and STS from the cluster’s subnets.',
        },
        {
          value: true,
          name: 'provisioned',
          description:
            'Your own, billed by the hour: for retries with a limit, a registry, a log, and subnets without a way to Lambda and STS.',
        },
      ],
      initial: earlier === undefined ? undefined : isProvisioned(earlier.settings),
    });
    // An empty block requests nothing, but shows that the question was answered.
    return withSettings(draft, { provisionedPollers: provisioned ? { minimum: 1 } : {} });
  },
};

const pollersStep: Step = {
  name: 'number of pollers',
  applies: ({ settings }) => isProvisioned(settings) && settings.provisionedPollers?.maximum === undefined,
  ask: async (asking) => {
    const { draft, earlier } = asking;
    const least = draft.settings.provisionedPollers?.minimum ?? 1;
    const maximum = await typedNumber(
      asking,
      'Most pollers? (one a partition is the most that is of use)',
      earlier?.settings.provisionedPollers?.maximum ?? Math.max(least, 2),
      (most) => faultOf(asking, { provisionedPollers: { ...draft.settings.provisionedPollers, maximum: most } }),
    );
    return withSettings(draft, { provisionedPollers: { ...draft.settings.provisionedPollers, maximum } });
  },
};

/** AWS allows five patterns for each mapping, unless the quota was raised. */
const mostPatterns = 5;

const filterStep: Step = {
  name: 'filters',
  applies: ({ settings }) => settings.filters === undefined,
  ask: async (asking) => {
    const { prompts, draft, earlier } = asking;
    const filters: string[] = [];
    while (filters.length < mostPatterns) {
      const text = await prompts.type({
        message:
          filters.length === 0
            ? 'Only records that match a pattern? (JSON, as {"value":{"kind":["order"]}}; nothing for all)'
            : 'Or another pattern? (nothing: no more)',
        fault: (given) => (given === '' ? null : faultOf(asking, { filters: [given] })),
        initial: earlier?.settings.filters?.[filters.length],
      });
      if (text === '') break;
      filters.push(text);
    }
    return withSettings(draft, { filters });
  },
};

const destinationStep: Step = {
  name: 'destination',
  applies: ({ settings }) => settings.onFailure === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const wanted = await prompts.choose({
      message: 'Where are records to go that the function cannot process?',
      choices: [
        {
          value: false,
          name: 'nowhere',
          description: isProvisioned(draft.settings)
            ? 'They are tried again until they leave the topic.'
            : 'A batch is tried again until it succeeds or leaves the topic.',
        },
        {
          value: true,
          name: 'to a queue, an SNS topic, a bucket or a Kafka topic',
          description: 'By its ARN, or as kafka://topic with provisioned pollers. FIFO ones are not taken.',
        },
      ],
      initial: earlier?.wants.destination,
    });
    return { ...draft, wants: { ...draft.wants, destination: wanted } };
  },
};

const destinationArnStep: Step = {
  name: 'ARN of the destination',
  applies: ({ settings, wants }: Draft) => wants.destination === true && settings.onFailure === undefined,
  ask: async (asking) =>
    withSettings(asking.draft, {
      onFailure: await asking.prompts.type({
        message: 'Its ARN, or kafka://topic?',
        fault: (text) => (text === '' ? 'It takes an ARN, or kafka://topic.' : faultOf(asking, { onFailure: text })),
        initial: asking.earlier?.settings.onFailure,
      }),
    }),
};

export const deliverySteps: readonly Step[] = [
  batchStep,
  batchSizeStep,
  batchWindowStep,
  modeStep,
  pollersStep,
  filterStep,
  destinationStep,
  destinationArnStep,
];
