/** Starting position and consumer group. */
import { instantOf } from '../../../../../mapping/instant.js';
import { relativeInstant } from '../relative-time.js';
import { withSettings, type Step } from '../draft.js';
import { faultOf } from './validation.js';

const positionStep: Step = {
  name: 'starting position',
  applies: ({ settings }) => settings.startingPosition === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const startingPosition = await prompts.choose({
      message: 'Starting position?',
      choices: [
        {
          value: 'TRIM_HORIZON' as const,
          name: 'TRIM_HORIZON – oldest record kept',
          description: 'Reads every record that the topic still keeps, however old.',
        },
        {
          value: 'LATEST' as const,
          name: 'LATEST – only new records',
          description: 'Skips existing records. Records written in the minutes before polling starts can be missed.',
        },
        {
          value: 'AT_TIMESTAMP' as const,
          name: 'AT_TIMESTAMP – records written since a time you give',
          description: 'The next question asks for the time.',
        },
      ],
      initial: earlier?.settings.startingPosition,
    });
    return withSettings(draft, { startingPosition });
  },
};

const timestampStep: Step = {
  name: 'starting timestamp',
  applies: ({ settings }) =>
    settings.startingPosition === 'AT_TIMESTAMP' && settings.startingPositionTimestamp === undefined,
  ask: async (asking) => {
    const { prompts, draft, earlier, now } = asking;
    const timeOf = (given: string): string => relativeInstant(given, now) ?? instantOf(given);
    const text = await prompts.type({
      message: 'Read records written since when? Example: 1 hour ago, or 2026-01-31T08:00:00Z',
      fault: (given) => faultOf(asking, { startingPositionTimestamp: timeOf(given) }),
      initial: earlier?.settings.startingPositionTimestamp,
    });
    const startingPositionTimestamp = timeOf(text);
    prompts.say(`Starting at ${startingPositionTimestamp} (UTC).`);
    return withSettings(draft, { startingPositionTimestamp });
  },
};

const groupStep: Step = {
  name: 'consumer group',
  applies: ({ settings }) => settings.consumerGroup === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const ownGroup = await prompts.choose({
      message: 'Consumer group?',
      choices: [
        {
          value: false,
          name: 'the default – UUID of the mapping',
          description: 'If the mapping is recreated, it starts at the starting position again.',
        },
        {
          value: true,
          name: 'a custom ID',
          description:
            'If the mapping is recreated with the same ID, it resumes from the committed offsets. Lambda allows an ID in one mapping only; it cannot be changed later.',
        },
      ],
      initial: earlier?.wants.group,
    });
    return { ...draft, wants: { ...draft.wants, group: ownGroup } };
  },
};

const groupNameStep: Step = {
  name: 'consumer group ID',
  applies: ({ settings, wants }) => wants.group === true && settings.consumerGroup === undefined,
  ask: async (asking) => {
    const { prompts, draft, earlier } = asking;
    return withSettings(draft, {
      consumerGroup: await prompts.type({
        message: 'Consumer group ID?',
        fault: (text) => faultOf(asking, { consumerGroup: text }),
        initial: earlier?.settings.consumerGroup,
      }),
    });
  },
};

export const readingSteps: readonly Step[] = [positionStep, timestampStep, groupStep, groupNameStep];
