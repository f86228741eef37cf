import type { Change } from '../../fixes/fix.js';

const call = (uuid: string, settings: object) => ({
  service: 'lambda',
  operation: 'UpdateEventSourceMapping',
  input: { UUID: uuid, ...settings },
});

/** A change of a mapping's settings; setting `before` undoes it. Null where Lambda would refuse these values. */
export const updateMapping = (uuid: string, settings: object, before: object | null): Change => ({
  ...call(uuid, settings),
  undo: before === null ? null : call(uuid, before),
});
