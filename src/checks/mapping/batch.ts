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
  title: 'Batch size or batching window is out of range, or larger than a call can carry',
  severity: 'error',
  stage: 'mapping',
  indicator: 'BatchSize or MaximumBatchingWindowInSeconds lies outside 1–10,000 and 0–300',
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
          ...(sizeWrong ? [`BatchSize is ${size}; it goes ${inWords(batchSize)}`] : []),
          ...(windowWrong ? [`MaximumBatchingWindowInSeconds is ${window}; it goes ${inWords(batchingWindow)}`] : []),
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
        `BatchSize is ${size}, and a record of this topic has ${Math.round(meanBytes)} bytes: a call carries 6 MB, which is about ${fitting} records, and is made when they are full`,
      ],
      settings: { BatchSize: fitting },
      before: { BatchSize: size },
    });
  },
  describe: ({ uuid, facts }) => ({
    title: 'The mapping’s batching does not fit',
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  fixes: ({ uuid, settings, before }) => [
    {
      title: 'Bring the batching into range',
      safety: 'care',
      changes: [updateMapping(uuid, settings, before)],
    },
  ],
});
