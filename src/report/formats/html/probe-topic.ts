/** The partitions of a probed topic: leader, offsets, and the lag as a number and a bar. */
import type { PartitionResult, ProbeResult } from '../../../probe/probe-result.js';
import { disclosure } from './disclosure.js';
import { html, type Markup, type Value } from './markup.js';
import { number } from './plot.js';

/** Up to this many partitions are shown at once. */
const fewPartitions = 24;

/** Null where no topic was probed. `id`: a prefix for ids, unique on the page. */
export function topicTable({ topic }: Pick<ProbeResult, 'topic'>): Markup | null {
  if (topic === null) return null;
  const { name, partitions } = topic;
  if (partitions === null) return html`<p>Topic <b>${name}</b>: the partitions were not read.</p>`;
  const lags = partitions.flatMap(({ lag }) => lag ?? []);
  const total = lags.reduce((sum, lag) => sum + lag, 0);
  const withoutLeader = partitions.filter(({ leader }) => leader === null).length;
  const summary = html`Topic <b>${name}</b>: ${number(partitions.length)}
    ${partitions.length === 1 ? 'partition' : 'partitions'}${lags.length > 0 && `, lag ${number(total)}`}${
      withoutLeader > 0 && html`, <b class="danger">${number(withoutLeader)} without a leader</b>`
    }`;
  if (partitions.length === 0) return html`<p>${summary}</p>`;
  const table = tableOf(partitions, Math.max(0, ...lags));
  return partitions.length > fewPartitions
    ? disclosure({ kind: 'partitions', isOpen: withoutLeader > 0, summary, body: table })
    : html`<p>${summary}</p>
        ${table}`;
}

const headings = ['Partition', 'Leader', 'First offset', 'End offset', 'Committed', 'Lag'] as const;

const tableOf = (partitions: readonly PartitionResult[], most: number): Markup =>
  html`<div class="scroller" tabindex="0" role="group" aria-label="Partitions">
    <table class="numbers">
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${partitions.map(
          ({ id, leader, offsets, committed, lag }) =>
            html`<tr>
              <th scope="row">${id}</th>
              <td>${leader === null ? html`<b class="danger">none</b>` : `node ${leader}`}</td>
              <td>${cell(offsets?.first)}</td>
              <td>${cell(offsets?.last)}</td>
              <td>${cell(committed)}</td>
              <td>${cell(lag)}${most > 0 && bar(lag, most)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const cell = (value: number | null | undefined): Value =>
  value === null || value === undefined
    ? html`<span aria-hidden="true">–</span><span class="unseen">unknown</span>`
    : number(value);

const bar = (lag: number | null, most: number): Markup =>
  html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect width="${lag === null ? 0 : Math.round((lag / most) * 1000) / 10}" height="4" />
  </svg>`;
