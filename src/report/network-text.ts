/** The answer of `network` for people: poller subnets down, destinations across, the blocking component in the cell. */
import Table from 'cli-table3';
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { PathAnswer } from '../network/answer.js';
import { visible } from './visible.js';
import { wrap } from './wrap.js';

export interface MappingPaths {
  uuid: string;
  paths: readonly PathAnswer[];
  /** Why there are none. */
  because: string | null;
}

interface Style {
  colour: ChalkInstance;
  columns: number;
  explain: boolean;
}

export function renderNetwork(mappings: readonly MappingPaths[], style: Style): string {
  if (mappings.length === 0) return 'There is no event source mapping on Amazon MSK here.';
  return mappings.map((mapping) => renderMapping(mapping, style)).join('\n\n');
}

function renderMapping({ uuid, paths, because }: MappingPaths, style: Style): string {
  const { colour, columns } = style;
  if (because !== null) return [colour.bold(uuid), wrap(`The pollers’ network cannot be told: ${visible(because)}`, { columns })].join('\n');
  const subnets = [...new Set(paths.map(({ from }) => from))];
  const destinations = [...new Set(paths.map(destinationOf))];
  const cell = (from: string, to: string) => answerOf(paths.filter((path) => path.from === from && destinationOf(path) === to), colour);
  const rows = subnets.map((from) => [visible(from), ...destinations.map((to) => cell(from, to))]);
  return [colour.bold(uuid), drawTable(['from', ...destinations], rows, columns), ...reasons(paths, style), ...(style.explain ? steps(paths, style) : [])].join('\n');
}

const destinationOf = ({ to, port }: PathAnswer): string => (to.kind === 'service' ? to.service : to.kind === 'broker' ? `brokers:${port}` : `VPC connection:${port}`);

/** Of several broker subnets the worst counts. */
function answerOf(paths: readonly PathAnswer[], colour: ChalkInstance): string {
  const worst = paths.find(({ answer }) => answer === 'blocked') ?? paths.find(({ answer }) => answer === 'unknown') ?? paths[0];
  if (worst === undefined) return '–';
  if (worst.answer === 'reaches') return colour.green('reaches');
  return worst.answer === 'blocked' ? colour.red(`blocked: ${worst.by}`) : colour.yellow(`unknown: ${worst.by}`);
}

/** As a table where the terminal is wide enough, else a block a subnet. */
function drawTable(head: string[], rows: string[][], columns: number): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };
  const table = new Table({ head, chars: none, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } });
  table.push(...rows);
  const drawn = table.toString().split('\n').map((line) => line.trimEnd()).join('\n');
  if (drawn.split('\n').every((line) => stringWidth(line) <= columns)) return drawn;
  return rows.map(([from, ...cells]) => [from, ...cells.map((text, index) => `  ${head[index + 1]}: ${text}`)].join('\n')).join('\n');
}

function reasons(paths: readonly PathAnswer[], { colour, columns }: Style): string[] {
  const said = paths.flatMap(({ by, judged }) => judged.filter(({ component }) => component === by).flatMap(({ component, facts }) => facts.map(({ resource, fact }) => `${component}: ${resource} ${fact}`)));
  const lines = [...new Set(said)].map((line) => wrap(`- ${visible(line)}`, { columns, hang: 2 }));
  return lines.length === 0 ? [] : ['', colour.bold('Why'), ...lines];
}

function steps(paths: readonly PathAnswer[], { colour, columns }: Style): string[] {
  return paths.flatMap((path) => [
    '',
    colour.bold(`${visible(path.from)} → ${destinationOf(path)}${path.to.kind === 'service' ? '' : ` in ${path.to.subnetId}`}`),
    ...path.hops.map(({ component, resource, note }) => `  ${component} ${visible(resource)} (${visible(note)})`),
    ...path.judged.map(({ component, status, facts }) => wrap(`  ${component}: ${status}${facts.length === 0 ? '' : ` (${facts.map(({ resource, fact }) => `${resource} ${fact}`).map(visible).join('; ')})`}`, { columns, hang: 4 })),
  ]);
}
