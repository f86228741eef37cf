/**
 * The answer of `network` for people: a table with a row per poller subnet, a column per destination, and the
 * blocking component in the cell.
 */
import Table from 'cli-table3';
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { PathAnswer } from '../network/answer.js';
import type { Placement } from '../network/question.js';
import type { EgressOption } from '../network/egress-options.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface MappingPaths {
  uuid: string;
  /** The mapping's UUID, or the cluster where there is no mapping yet. */
  title: string;
  placements: readonly Placement[];
  paths: readonly PathAnswer[];
  offers: readonly EgressOption[];
  /** Why there are no paths. */
  because: string | null;
}

interface Style {
  colour: ChalkInstance;
  columns: number;
  explain: boolean;
}

/** `then`: the same after the changes of `--what-if`; null without it. */
export function renderNetwork(
  now: readonly MappingPaths[],
  then: readonly MappingPaths[] | null,
  style: Style,
): string {
  if (now.length === 0) return 'There is no event source mapping on Amazon MSK here.';
  return now
    .map((mapping) => renderMapping(mapping, then?.find(({ uuid }) => uuid === mapping.uuid) ?? null, style))
    .join('\n\n');
}

function renderMapping(now: MappingPaths, then: MappingPaths | null, style: Style): string {
  const { colour, columns } = style;
  const shown = then ?? now;
  const head = colour.bold(visible(now.title));
  if (shown.because !== null)
    return [head, wrap(`The pollers’ network cannot be told: ${visible(shown.because)}`, { columns })].join('\n');
  const all = [...now.paths, ...shown.paths];
  const subnets = [...new Set(all.map(({ from }) => from))];
  const destinations = [...new Set(all.map(destinationOf))];
  const cell = (from: string, to: string) => {
    const at = ({ paths }: MappingPaths) =>
      answerOf(paths.filter((path) => path.from === from && destinationOf(path) === to));
    const [before, after] = [at(now), at(shown)];
    return before === after ? paint(after, colour) : `${paint(before, colour)} → ${paint(after, colour)}`;
  };
  const rows = subnets.map((from) => [visible(from), ...destinations.map((to) => cell(from, to))]);
  return [
    head,
    ...(then === null
      ? []
      : [wrap('As it is → as it would be after the changes. Nothing was changed in the account.', { columns })]),
    drawTable(['from', ...destinations], rows, columns),
    ...reasons(shown.paths, style),
    ...offers(shown.offers, style),
    ...(style.explain ? steps(shown.paths, style) : []),
  ].join('\n');
}

const destinationOf = ({ to, port }: PathAnswer): string =>
  to.kind === 'service' ? to.service : to.kind === 'broker' ? `brokers:${port}` : `VPC connection:${port}`;

/** The worst answer of several broker subnets. */
function answerOf(paths: readonly PathAnswer[]): string {
  const worst =
    paths.find(({ answer }) => answer === 'blocked') ?? paths.find(({ answer }) => answer === 'unknown') ?? paths[0];
  if (worst === undefined) return 'not needed';
  return worst.answer === 'reaches' ? 'reaches' : `${worst.answer}: ${worst.by}`;
}

const paint = (answer: string, colour: ChalkInstance): string =>
  answer.startsWith('blocked')
    ? colour.red(answer)
    : answer.startsWith('unknown')
      ? colour.yellow(answer)
      : answer === 'reaches'
        ? colour.green(answer)
        : colour.dim(answer);

/** A table where the terminal is wide enough, else a block per subnet. */
function drawTable(head: string[], rows: string[][], columns: number): string {
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  };
  const table = new Table({
    head,
    chars: none,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows);
  const drawn = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
  if (drawn.split('\n').every((line) => stringWidth(line) <= columns)) return drawn;
  return rows
    .map(([from, ...cells]) => [from, ...cells.map((text, index) => `  ${head[index + 1]}: ${text}`)].join('\n'))
    .join('\n');
}

function reasons(paths: readonly PathAnswer[], { colour, columns }: Style): string[] {
  const blocked = paths.flatMap(({ by, components }) =>
    components
      .filter(({ component }) => component === by)
      .flatMap(({ component, facts, missing }) => [
        ...facts.map(({ resource, fact }) => `${component}: ${resource} ${fact}`),
        ...missing.map(({ action, error }) => `${component}: ${action} was not answered (${error})`),
      ]),
  );
  const lines = [...new Set(blocked)].map((line) => wrap(`- ${visible(line)}`, { columns, hang: 2 }));
  return lines.length === 0 ? [] : ['', colour.bold('Why'), ...lines];
}

const names = {
  endpoints: 'Endpoints',
  'nat-gateway': 'NAT gateway',
  'provisioned-pollers': 'Provisioned pollers',
} as const;

/** All ways to reach the services, so that the reader can compare needs and costs. */
function offers(ways: readonly EgressOption[], { colour, columns }: Style): string[] {
  if (ways.length === 0) return [];
  const lines = ways.map(({ way, services, needs, costs }) =>
    [
      `- ${names[way]} (${services.join(', ')})`,
      wrap(`needs ${visible(needs)}`, { columns, indent: 2, hang: 2 }),
      wrap(`billed: ${costs}`, { columns, indent: 2, hang: 2 }),
    ].join('\n'),
  );
  const tries = ways.flatMap(({ way, services }) =>
    way === 'endpoints'
      ? [services.map((service) => `--what-if endpoint:${service}`).join(' ')]
      : way === 'nat-gateway'
        ? ['--what-if nat:SUBNET']
        : ['--what-if provisioned'],
  );
  return [
    '',
    colour.bold('Ways out'),
    ...lines,
    wrap(`Try them, without touching the account: ${tries.join(', or ')}`, { columns, hang: 2 }),
  ];
}

function steps(paths: readonly PathAnswer[], { colour, columns }: Style): string[] {
  return paths.flatMap((path) => [
    '',
    colour.bold(
      wrap(
        `${visible(path.from)} → ${destinationOf(path)}${path.to.kind === 'service' ? '' : ` in ${path.to.subnetId}`}`,
        { columns, hang: 2 },
      ),
    ),
    ...path.hops.map(({ component, resource, note }) =>
      wrap(`  ${component} ${visible(resource)} (${visible(note)})`, { columns, hang: 4 }),
    ),
    ...path.components.map(({ component, status, facts }) =>
      wrap(
        `  ${component}: ${status}${
          facts.length === 0
            ? ''
            : ` (${facts
                .map(({ resource, fact }) => `${resource} ${fact}`)
                .map(visible)
                .join('; ')})`
        }`,
        { columns, hang: 4 },
      ),
    ),
  ]);
}
