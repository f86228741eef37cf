/** How long the filter takes to decide about a million records, against what Node needs to parse them. */
import { compileFilter } from '../src/filter/record-filter.js';
import { row } from './support/child.js';
import { orderPattern, orders } from './support/orders.js';

const [records, rounds] = [1000, 1000];
const values = orders(records).map(({ value }) => value!);

/** Seconds for all rounds, and how many records the work accepts. */
function time(work: (value: Buffer) => boolean): { seconds: number; accepted: number } {
  let accepted = 0;
  const started = performance.now();
  for (let round = 0; round < rounds; round++) for (const value of values) if (work(value)) accepted++;
  return { seconds: (performance.now() - started) / 1000, accepted };
}

const filter = compileFilter([orderPattern]);
const parsed = time((value) => JSON.parse(value.toString('utf8')) !== null);
const { seconds, accepted } = time((value) => filter.sends({ value }));
if (accepted === 0 || accepted > (records * rounds) / 2) throw new Error(`the filter sends ${accepted} records`);
row('filter, 1,000,000 records of 1 KB', `${seconds.toFixed(1)} s`, '20 s');
row('– against `JSON.parse` of the same records', `× ${(seconds / parsed.seconds).toFixed(2)}`, '× 2');
