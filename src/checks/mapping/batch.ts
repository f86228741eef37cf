import { batchingWindow, batchSize, defaultBatchSize, inWords, isOutside } from '../../aws/limits.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, warn } from '../define.js';
import { recordsPerCall } from './support/records-per-call.js';
import { updateMapping } from '../support/update-mapping.js';

interface Evidence {
  uuid: string;
  facts: string[];
  /** The value that an update sets. */
  settings: Settings;
  /** The value for the undo; null where Lambda would refuse it. */
  before: Settings | null;
}

interface Settings {
  BatchSize?: number;
  MaximumBatchingWindowInSeconds?: number;
}

export default defineCheck({
  id: 'mapping.batch',
  title: 'The batch size or batching window is out of range or exceeds the payload limit',
  severity: 'error',
  stage: 'mapping',
  indicator: 'BatchSize is outside 1–10,000, or MaximumBatchingWindowInSeconds is outside 0–300',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  ],
  needs: ['mapping'],
  mayUse: ['lagMetrics'],
  judge({ mapping, lagMetrics }) {
    const { BatchSize: size, MaximumBatchingWindowInSeconds: window } = mapping;
    const [sizeWrong, windowWrong] = [isOutside(size, batchSize), isOutside(window, batchingWindow)];
    if (sizeWrong || windowWrong)
      return fail<Evidence>({
        uuid: mapping.UUID,
        facts: [
          ...(sizeWrong ? [`BatchSize is ${size}; the valid range is ${inWords(batchSize)}`] : []),
          ...(windowWrong
            ? [`MaximumBatchingWindowInSeconds is ${window}; the valid range is ${inWords(batchingWindow)}`]
            : []),
        ],
        settings: {
          ...(sizeWrong ? { BatchSize: defaultBatchSize } : {}),
          ...(windowWrong ? { MaximumBatchingWindowInSeconds: batchingWindow.most } : {}),
        },
        before: null,
      });
    const traffic = recordsPerCall(valueOrNull(lagMetrics) ?? []);
    // Only if less than half of a batch fits.
    if (size === undefined || traffic === null || traffic.fitting * 2 > size) return pass;
    const { meanBytes, fitting } = traffic;
    return warn<Evidence>({
      uuid: mapping.UUID,
      facts: [
        `records of this topic have ${Math.round(meanBytes)} bytes on average, so the 6 MB payload limit of an invocation allows about ${fitting} records`,
      ],
      settings: { BatchSize: fitting },
      before: { BatchSize: size },
    });
  },
  describe: ({ uuid, facts, before }) => ({
    title:
      before === null
        ? 'The mapping’s batch size or batching window is out of range'
        : `The batch size ${before.BatchSize} is more than fits in one invocation`,
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  fixes: ({ uuid, settings, before }) => [
    {
      title: `Set ${Object.entries(settings)
        .map(([name, value]) => `${name} to ${value}`)
        .join(' and ')}`,
      safety: 'care',
      changes: [updateMapping(uuid, settings, before)],
    },
  ],
});
