import { validateSettings } from '../../../../../mapping/validate.js';
import type { MappingSettings } from '../../../../../mapping/settings.js';
import type { Asking } from '../draft.js';

/** The error of one setting in combination with the others, as a sentence; null where it is valid. */
export function faultOf(
  { draft, now }: Pick<Asking, 'draft' | 'now'>,
  settings: Partial<MappingSettings>,
): string | null {
  const names = Object.keys(settings);
  const problem = validateSettings({ ...draft.settings, ...settings }, { now, nameOf: nameOf }).find(({ setting }) =>
    names.includes(setting.split('.')[0]!),
  );
  return problem === undefined ? null : `${problem.message}.`;
}

const words: Record<string, string> = {
  function: 'The function',
  cluster: 'The cluster',
  topic: 'The topic',
  startingPositionTimestamp: 'The time',
  consumerGroup: 'The consumer group',
  batchSize: 'The batch size',
  batchingWindow: 'The time',
  onFailure: 'The destination',
  provisionedPollers: 'provisioned mode',
  'provisionedPollers.minimum': 'The minimum',
  'provisionedPollers.maximum': 'the maximum',
  secret: 'The secret',
};
const nameOf = (setting: string): string => words[setting] ?? (setting.startsWith('filters') ? 'The pattern' : 'It');

/** A whole number that was typed. */
export const numberIn = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : Number.NaN);
