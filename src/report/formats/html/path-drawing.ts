/** The network path of one poller subnet as SVG: a row for each destination, with the blocking hop marked and numbered. */
import type { Mentions } from '../../resource-mentions.js';
import { html, type Markup } from './markup.js';
import { columns, type Cell, type PathRow } from './path-columns.js';

const [width, height, gap, rowGap, head] = [138, 40, 14, 12, 24];
const step = width + gap;
const full = columns.length * step - gap;
/** About as many characters of 12 pixels as a box is wide. */
const longest = 19;

/** A row of one subnet with the number of its reason in the list below the drawing; 0 for an open path. */
export interface DrawnRow extends PathRow {
  number: number;
}

const signs = { blocked: '✗', unknown: '?' } as const;

/** `id`: a prefix for the ids of the drawing, unique on the page. */
export function drawPaths(rows: readonly DrawnRow[], mentions: Mentions, id: string, label: string): Markup {
  const total = head + rows.length * (height + rowGap);
  return html`<svg class="paths" viewBox="-4 0 ${full + 8} ${total}" role="group" aria-label="${label}">
    ${columns.map(
      (name, column) => html`<text class="column" x="${column * step + width / 2}" y="14">${name}</text>`,
    )}${rows.map((row, index) => drawRow(row, head + index * (height + rowGap), mentions, `${id}-${index + 1}`))}
  </svg>`;
}

function drawRow(row: DrawnRow, y: number, mentions: Mentions, id: string): Markup {
  const middle = y + height / 2;
  const until = row.at ?? columns.length - 1;
  const boxes = row.cells.map((cell, column) =>
    column === row.at || !isShown(row, column) ? null : box(row, column, cell, y, mentions),
  );
  return html`<g role="img" aria-label="${spoken(row, mentions)}"
      ><path class="reached" d="M${width / 2} ${middle}H${until * step + width / 2}" />${
        until < columns.length - 1 &&
        html`<path class="unreached" d="M${until * step + width / 2} ${middle}H${full - width / 2}" />`
      }${boxes}</g
    >${row.at !== null && decidingHop(row, row.at, y, mentions, id)}`;
}

const isShown = ({ cells, at }: PathRow, column: number): boolean =>
  column === columns.length - 1 || column === at || cells[column]!.ids.length > 0 || cells[column]!.note !== '';

function box(row: PathRow, column: number, cell: Cell, y: number, mentions: Mentions): Markup {
  const [first, second] = captions(row, column, cell, mentions);
  const kind = row.at !== null && column > row.at ? 'hop unreached' : 'hop';
  return html`<g class="${kind}"
    ><title>${fullText(cell, mentions, first)}</title>${shape(column, y)}${texts(column, y, first, second)}</g
  >`;
}

/** The hop at which the path ends: a thicker frame, a sign and a number, and its reason for the keyboard and the pointer. */
function decidingHop(row: DrawnRow, column: number, y: number, mentions: Mentions, id: string): Markup {
  const [first, second] = captions(row, column, row.cells[column]!, mentions);
  const kind = row.answer === 'blocked' ? 'blocked' : 'unknown';
  const x = column * step;
  const reasons = row.reasons.map(({ resource, fact }) => `${mentions.resource(resource)}: ${mentions.sentence(fact)}`);
  return html`<g
    class="${`hop ${kind} r${Math.min(row.number, 9)}`}"
    tabindex="0"
    role="img"
    aria-labelledby="${`${id}t ${id}d`}"
    data-column="${column}"
    ><title id="${`${id}t`}">
      ${columns[column]!} ${first}: ${kind === 'blocked' ? 'blocked' : 'could not be decided'} (${row.check ?? ''})</title
    ><desc id="${`${id}d`}">${reasons.join('. ')}</desc>${shape(column, y)}${texts(column, y, first, second)}<circle
      cx="${x + width - 4}"
      cy="${y + 4}"
      r="11"
    /><text class="sign" x="${x + width - 4}" y="${y + 8}">${signs[kind]}${row.number > 0 && row.number}</text></g
  >`;
}

const shape = (column: number, y: number): Markup =>
  html`<rect x="${column * step}" y="${y}" width="${width}" height="${height}" rx="6" />`;

function texts(column: number, y: number, first: string, second: string): Markup {
  const x = column * step + width / 2;
  return second === ''
    ? html`<text x="${x}" y="${y + 24}">${short(first)}</text>`
    : html`<text x="${x}" y="${y + 17}">${short(first)}</text
        ><text class="note" x="${x}" y="${y + 32}">${short(second)}</text>`;
}

const short = (text: string): string => {
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
};

/** Two short lines for a box: a name, and below it the id, the zone or the traffic. */
function captions(row: PathRow, column: number, cell: Cell, mentions: Mentions): [string, string] {
  if (column === columns.length - 1) {
    const names = cell.ids.map((id) => nameOf(id, mentions));
    return [row.destinations.join(', '), names.join(', ')];
  }
  const [id, ...more] = cell.ids;
  if (id === undefined) return [cell.note === '' ? (row.answer === 'blocked' ? 'none' : 'unknown') : cell.note, ''];
  const { name, zone } = mentions.parts(id);
  const first = `${name === '' ? ending(id) : name}${more.length === 0 ? '' : ` +${more.length}`}`;
  if (column === 0) return [first, zone];
  return [first, cell.note === '' ? (name === '' ? '' : ending(id)) : cell.note];
}

const nameOf = (id: string, mentions: Mentions): string => {
  const { name } = mentions.parts(id);
  return name === '' ? ending(id) : name;
};

/** `vpce-…60001` */
const ending = (id: string): string => {
  const dash = id.indexOf('-');
  return dash === -1 || id.length <= longest ? id : `${id.slice(0, dash)}-…${id.slice(-5)}`;
};

const fullText = ({ ids, note }: Cell, mentions: Mentions, first: string): string =>
  ids.length === 0
    ? first
    : `${ids.map((id) => `${mentions.parts(id).name} ${id}`.trim()).join(', ')}${note === '' ? '' : ` (${note})`}`;

/** The row for a screen reader. */
function spoken(row: PathRow, mentions: Mentions): string {
  const [from] = captions(row, 0, row.cells[0]!, mentions);
  const to = row.destinations.join(', ');
  if (row.at === null) return `${from} reaches ${to}`;
  return `${from} to ${to}: ${row.answer === 'blocked' ? 'blocked' : 'could not be decided'} in column ${columns[row.at]!}`;
}
