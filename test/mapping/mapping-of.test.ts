import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plannedMapping, settingsOf, toCreateInput } from '../../src/mapping/mapping-of.js';
import { mappingSchema } from '../../src/snapshot/resources/index.js';
import { anySettings, everything, least } from './support/settings.js';

test('only what is asked for is sent', () => {
  expect(toCreateInput(least)).toEqual({
    EventSourceArn: least.cluster,
    FunctionName: least.function,
    Topics: [least.topic],
    StartingPosition: 'TRIM_HORIZON',
  });
  expect(
    toCreateInput({ ...least, provisionedPollers: {}, filters: [], metrics: [], reportBatchItemFailures: false }),
  ).toEqual(toCreateInput(least));
});

test('what Lambda takes without being asked is no setting', () => {
  expect(settingsOf(plannedMapping(least))).toEqual(least);
  const settings = settingsOf({
    ...plannedMapping(least),
    BatchSize: 100,
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
  });
  expect(settings).toEqual(least);
  expect(settingsOf({ ...plannedMapping(least), BatchSize: 99 })).toEqual({ ...least, batchSize: 99 });
});

test('the mapping as it would be has every setting, in the shape that AWS shows', () => {
  const { tags: _, ...shown } = everything;
  expect(settingsOf(plannedMapping(everything))).toEqual(shown);
  fc.assert(
    fc.property(anySettings, (settings) => {
      const planned = plannedMapping(settings);
      expect(mappingSchema.parse(planned)).toEqual(planned);
      expect(settingsOf(plannedMapping(settingsOf(planned)))).toEqual(settingsOf(planned));
    }),
  );
});
