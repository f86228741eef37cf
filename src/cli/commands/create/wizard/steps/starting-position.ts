/** Starting position and consumer group. */
import { instantOf } from '../../../../../mapping/instant.js';
import { withSettings, type Step } from '../draft.js';
import { faultOf } from './validation.js';

const positionStep: Step = {
  name: 'starting position',
  applies: ({ settings }) => settings.startingPosition === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const startingPosition = await prompts.choose({
      message: 'Where is reading to begin?',
      choices: [
        {
          value: 'TRIM_HORIZON' as const,
          name: 'with the oldest record that the topic still holds',
          description: 'TRIM_HORIZON: everything is read once, however old.',
        },
        {
          value: 'LATEST' as const,
          name: 'with what is written from now on',
          description: 'LATEST: what is written in the minutes until polling begins can be missed.',
        },
        {
          value: 'AT_TIMESTAMP' as const,
          name: 'with what was written since an instant',
          description: 'AT_TIMESTAMP: the instant is asked for next.',
        },
      ],
      initial: earlier?.settings.startingPosition,
    });
    return withSettings(draft, { startingPosition });
  },
};

const timestampStep: Step = {
  name: 'starting instant',
  applies: ({ settings }) =>
    settings.startingPosition === 'AT_TIMESTAMP' && settings.startingPositionTimestamp === undefined,
  ask: async (asking) => {
    const { prompts, draft, earlier } = asking;
    const text = await prompts.type({
      message: 'Since which instant? (2026-01-31T08:00:00Z)',
      fault: (given) => faultOf(asking, { startingPositionTimestamp: instantOf(given) }),
      initial: earlier?.settings.startingPositionTimestamp,
    });
    return withSettings(draft, { startingPositionTimestamp: instantOf(text) });
  },
};

const groupStep: Step = {
  name: 'consumer group',
  applies: ({ settings }) => settings.consumerGroup === undefined,
  ask: async ({ prompts, draft, earlier }) => {
    const ownGroup = await prompts.choose({
      message: 'Which consumer group?',
      choices: [
        {
          value: false,
          name: 'Lambda’s own',
          description: 'The mapping’s UUID. A mapping that is made anew starts at the starting position again.',
        },
        {
          value: true,
          name: 'one with a name',
          description:
            'A mapping that is made anew goes on where the old one was. No other mapping may have it, and it cannot be changed.',
        },
      ],
      initial: earlier?.wants.group,
    });
    return { ...draft, wants: { ...draft.wants, group: ownGroup } };
  },
};

const groupNameStep: Step = {
  name: 'name of the group',
  applies: ({ settings, wants }) => wants.group === true && settings.consumerGroup === undefined,
  ask: async (asking) => {
    const { prompts, draft, earlier } = asking;
    return withSettings(draft, {
      consumerGroup: await prompts.type({
        message: 'The group’s id?',
        fault: (text) => faultOf(asking, { consumerGroup: text }),
        initial: earlier?.settings.consumerGroup,
      }),
    });
  },
};

export const readingSteps: readonly Step[] = [positionStep, timestampStep, groupStep, groupNameStep];
