import { expect, test } from 'vitest';
import { colourLevel, turnColoursOff } from '../../src/cli/io.js';

test.each([
  [{}, 1, 0],
  [{ NO_COLOR: '1' }, 0, 0],
  // https://no-color.org: whatever the value.
  [{ NO_COLOR: 'false' }, 0, 0],
  [{ NO_COLOR: '0' }, 0, 0],
  [{ NO_COLOR: '' }, 1, 0],
  [{ CI: 'true' }, 0, 0],
  [{ CI: 'false' }, 1, 0],
  [{ TERM: 'dumb' }, 0, 0],
  [{ FORCE_COLOR: '' }, 1, 1],
  [{ FORCE_COLOR: '1', NO_COLOR: '1', CI: 'true', TERM: 'dumb' }, 1, 1],
  [{ FORCE_COLOR: '3' }, 3, 3],
  [{ FORCE_COLOR: '0' }, 0, 0],
  [{ FORCE_COLOR: 'false', NO_COLOR: '' }, 0, 0],
] as const)('the colours of %j at a terminal and through a pipe', (env, atTerminal, throughPipe) =>
  expect([colourLevel(env, true), colourLevel(env, false)]).toEqual([atTerminal, throughPipe]),
);

test('with --no-color, libraries see no colour that is forced', () => {
  const off = (env: NodeJS.ProcessEnv) => {
    turnColoursOff(env);
    return env;
  };
  expect(off({ NO_COLOR: '1', FORCE_COLOR: '1' })).toEqual({ NO_COLOR: '1' });
  expect(off({})).toEqual({ NO_COLOR: '1' });
});
