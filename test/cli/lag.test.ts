/** `lag`: the plot, its numbers and exit codes. */
import { expect, test } from 'vitest';
import { plot } from '../../src/report/lag-plot.js';
import { runInProcess } from './in-process.js';

test('a mapping that falls behind: line one has the number, the plot rises, the limit has a command', async () => {
  const { stdout, exitCode } = await runInProcess(['lag', 'order-handler', '--sandbox', 'falls-behind']);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n', 1)[0]).toMatch(
    /^order-handler ← orders: 52,500 records behind, up from 3,000 at \d\d:\d\d$/,
  );
  expect(stdout).toMatch(/Limited by batch size/);
  expect(stdout).toMatch(/--batch-size 200/);
});

test('no datapoints: not known, with the setting that adds them', async () => {
  const { stdout, exitCode } = await runInProcess(['lag', 'order-handler', '--sandbox', 'scram', '--output', 'json']);
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ now: null, series: [], limit: { by: null } });
});

test('--quiet prints the number alone', async () => {
  const { stdout } = await runInProcess(['lag', 'order-handler', '--sandbox', 'falls-behind', '--quiet']);
  expect(stdout).toBe('52500\n');
});

test('a plot keeps to its width, and its highest column belongs to the largest value', () => {
  const lines = plot([0, 5, 10], { columns: 20, rows: 4, ascii: true });
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
  expect(lines[0]).toMatch(/^10 {2,}\S+$/);
  expect(plot([0, 0], { columns: 20, rows: 2, ascii: true }).at(-1)).toBe('0');
  for (const line of plot(
    Array.from({ length: 300 }, (_, index) => index),
    { columns: 60, rows: 3, ascii: false },
  ))
    expect(line.length).toBeLessThanOrEqual(60);
});
