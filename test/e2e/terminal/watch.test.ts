/** `watch` at a terminal: the table is drawn over the last one, and Ctrl-C leaves it on the screen. */
import { afterEach, expect, test } from 'vitest';
import { keys, sitDown, type Person } from './person.js';

let person: Person | undefined;
afterEach(() => person?.leave());

test.each([60, 120])('the table at %i columns, and Ctrl-C', async (columns) => {
  const user = (person = sitDown(['watch', '--sandbox', '--interval', '5s'], { columns, rows: 12 }));
  await user.sees('Ctrl-C ends.');
  user.types(keys.interrupt);
  expect(await user.ends()).toBe(130);
  const screen = user.screen();
  expect(screen.match(/order-handler ← orders/g)).toHaveLength(1);
  expect(screen.includes('Enabled')).toBe(columns === 120);
  expect(screen).toMatch(/1 broken/);
  // The cursor is visible again.
  expect(user.raw().lastIndexOf('\u001b[?25h')).toBeGreaterThan(user.raw().lastIndexOf('\u001b[?25l'));
});
