/** The network paths of a mapping: a drawing for each poller subnet, with the reasons below it. */
import type { PathAnswer } from '../../../network/answer.js';
import { groupBy } from '../../../text/group-by.js';
import type { ResourceNames } from '../../../snapshot/resource-names.js';
import { Mentions } from '../../resource-mentions.js';
import { disclosure } from './disclosure.js';
import { html, sentence, type Markup } from './markup.js';
import { drawPaths, type DrawnRow } from './path-drawing.js';
import { columns, rowsOf, type PathRow } from './path-columns.js';

export interface PathStyle {
  names: ResourceNames;
  /** Unique on the page. */
  id: string;
  heading?: string;
}

/** Open where a path is blocked or could not be decided. */
export function pathsSection(
  paths: readonly PathAnswer[],
  { names, id, heading = 'Network path of each poller subnet' }: PathStyle,
): Markup {
  const bySubnet = [...groupBy(paths, ({ placement, from }) => `${placement} ${from}`).values()];
  return disclosure({
    kind: 'network',
    id,
    isOpen: paths.some(({ answer }) => answer !== 'reaches'),
    summary: html`<b>${heading}</b> <span class="dim">${answerOf(paths)}</span>`,
    body: bySubnet.map((ofSubnet, index) => subnetFigure(ofSubnet, names, `${id}-${index + 1}`)),
  });
}

function answerOf(paths: readonly PathAnswer[]): string {
  const count = (answer: PathAnswer['answer']) => paths.filter((path) => path.answer === answer).length;
  const [blocked, unknown] = [count('blocked'), count('unknown')];
  if (blocked > 0) return `${blocked} of ${paths.length} paths are blocked`;
  return unknown > 0
    ? `${unknown} of ${paths.length} paths could not be decided`
    : `all ${paths.length} paths reach their destination`;
}

function subnetFigure(paths: readonly PathAnswer[], names: ResourceNames, id: string): Markup {
  // A subnet and its route table often have the same name: each drawing gives the ids.
  const mentions = new Mentions(names);
  const rows = numbered(rowsOf(paths));
  const { name, id: subnetId, zone } = mentions.parts(paths[0]!.from);
  const subnet = name === '' ? subnetId : name;
  const details = [name === '' ? '' : subnetId, zone].filter((part) => part !== '').join(', ');
  const reasons = [
    ...groupBy(
      rows.filter(({ number }) => number > 0),
      ({ number }) => number,
    ).values(),
  ];
  return html`<figure class="drawing">
    <figcaption>From <b>${subnet}</b>${details !== '' && ` (${details})`}</figcaption>
    <div class="scroller" tabindex="0" role="group" aria-label="${`Network paths from ${subnet}`}">
      ${drawPaths(rows, mentions, id, `Network paths from ${subnet}`)}
    </div>
    ${
      reasons.length > 0 &&
      html`<ol class="reasons">
        ${reasons.map((group) => reasonItem(group, new Mentions(names)))}
      </ol>`
    }
  </figure>`;
}

/** Rows with the same check and the same reasons have the same number. */
function numbered(rows: readonly PathRow[]): DrawnRow[] {
  const numbers = new Map<string, number>();
  return rows.map((row) => {
    if (row.check === null) return { ...row, number: 0 };
    const key = JSON.stringify([row.check, row.reasons]);
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return { ...row, number };
  });
}

function reasonItem(rows: readonly DrawnRow[], mentions: Mentions): Markup {
  const [{ number, answer, check, reasons, at }] = rows as readonly [DrawnRow];
  const destinations = [...new Set(rows.flatMap((row) => row.destinations))].join(', ');
  const column = at === null ? '' : columns[at]!;
  return html`<li class="${`${answer} w${Math.min(number, 9)}`}">
    <b>${destinations}: ${answer === 'blocked' ? 'blocked at' : 'could not be decided at'} ${column}</b>
    <code class="dim">${check ?? ''}</code>${reasons.map(
      ({ resource, fact }) => html`<br />${mentions.resource(resource)}: ${sentence(mentions.sentence(fact))}`,
    )}
  </li>`;
}
