/** How records reach the function: batches, pollers, filters, and the destination of failed records. */
import { isProvisioned } from '../../../../../mapping/settings.js';
import { withSettings, type Asking, type Draft, type Step } from '../draft.js';
import { faultOf, numberIn } from './validation.js';

const batchStep: Step = {
  name: 'batching',
  applies: ({ settings }) => settings.batchSize === undefined && settings.batchingWindow === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const ownBatch = await prompts.choose({
      message: 'Batching?',
      choices: [
        {
          value: false,
          name: 'the default – up to 100 records or 500 ms',
          description: 'Lambda invokes the function when one of them is reached.',
        },
        {
          value: true,
          name: 'custom',
          description: 'Up to 10,000 records, gathered for up to 300 seconds; at most 6 MB.',
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
        'Maximum number of records in a batch?',
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
        'Maximum time to gather them, in seconds?',
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
      message: 'Mode of the event pollers?',
      choices: [
        {
          value: false,
          name: 'on-demand – the default',
          description: 'Lambda scales the pollers. They must reach Lambda and STS from the subnets of the cluster.',
        },
        {
          value: true,
          name: 'provisioned – billed per event poller hour',
          description:
            'You set the minimum and maximum. Required for retry limits, schema registries and poller logs; works in subnets that cannot reach Lambda and STS.',
        },
      ],
      initial: earlier === undefined ? undefined : isProvisioned(earlier.settings),
    });
    // An empty block requests nothing, but shows that the question was answered.
    return {
      ...withSettings(draft, { provisionedPollers: provisioned ? { minimum: 1 } : {} }),
      wants: { ...draft.wants, pollers: provisioned },
    };
  },
};

const pollersStep: Step = {
  name: 'number of pollers',
  applies: ({ settings }) => isProvisioned(settings) && settings.provisionedPollers?.maximum === undefined,
  ask: async (asking) => {
    const { draft, earlier } = asking;
    const given = draft.settings.provisionedPollers;
    const minimum =
      draft.wants.pollers === true
        ? await typedNumber(
            asking,
            'Minimum event pollers?',
            earlier?.settings.provisionedPollers?.minimum ?? 1,
            (least) => faultOf(asking, { provisionedPollers: { ...given, minimum: least } }),
          )
        : given?.minimum;
    const maximum = await typedNumber(
      asking,
      'Maximum event pollers? More than one per partition has no effect.',
      earlier?.settings.provisionedPollers?.maximum ?? Math.max(minimum ?? 1, 2),
      (most) =>
        faultOf(asking, {
          provisionedPollers: { ...given, ...(minimum === undefined ? {} : { minimum }), maximum: most },
        }),
    );
    return withSettings(draft, {
      provisionedPollers: { ...given, ...(minimum === undefined ? {} : { minimum }), maximum },
    });
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
            ? 'Event filter pattern, as {"value":{"a":[1]}}, or empty?'
            : 'Another filter pattern? Empty: no more.',
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
      message: 'Destination of records that the function cannot process?',
      choices: [
        {
          value: false,
          name: 'none',
          description: isProvisioned(draft.settings)
            ? 'Lambda retries them until the topic deletes them.'
            : 'Lambda retries a failed batch until it succeeds or the topic deletes it.',
        },
        {
          value: true,
          name: 'SQS queue, SNS topic, S3 bucket or Kafka topic',
          description:
            'By ARN; a Kafka topic as kafka://TOPIC (provisioned mode only). FIFO queues and topics are not supported.',
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
        message: 'ARN of the destination, or kafka://TOPIC?',
        fault: (text) => (text === '' ? 'Enter an ARN, or kafka://TOPIC.' : faultOf(asking, { onFailure: text })),
        initial: asking.earlier?.settings.onFailure,
      }),
    }),
};

const startStep: Step = {
  name: 'start of polling',
  applies: ({ settings, wants }) => settings.enabled === undefined && wants.start === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const start = await prompts.choose({
      message: 'Start polling?',
      choices: [
        { value: 'now' as const, name: 'at once – the default' },
        {
          value: 'tested' as const,
          name: 'after a disabled test',
          description: 'Creates the mapping disabled, runs the checks again and enables it only if they pass.',
        },
        {
          value: 'later' as const,
          name: 'not yet',
          description: 'Creates the mapping disabled. Start it later with `msk-lambda enable`.',
        },
      ],
      initial: earlier?.wants.start,
    });
    return {
      ...(start === 'later' ? withSettings(draft, { enabled: false }) : draft),
      wants: { ...draft.wants, start },
    };
  },
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
  startStep,
];
