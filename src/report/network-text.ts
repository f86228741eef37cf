/**
 * The answer of `network` for people: for each cluster a table with a row per poller subnet, a column per destination,
 * and the blocking component in the cell.
 */
import Table from 'cli-table3';
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { PathAnswer } from '../network/answer.js';
import { serviceNames, type Placement } from '../network/question.js';
import type { EgressOption } from '../network/egress-options.js';
import type { Evidence } from '../checks/define.js';
import type { ResourceNames } from '../snapshot/resource-names.js';
import { groupBy } from '../text/group-by.js';
import { noMappings } from './no-mappings.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { evidenceLines } from './evidence-lines.js';
import { Mentions } from './resource-mentions.js';

export interface MappingPaths {
  uuid: string;
  /** The function and the topic; the planned authentication where there is no mapping yet. */
  title: string;
  /** The cluster's name; null where the mapping could not be read. */
  cluster: string | null;
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
  names: ResourceNames;
}

/** `then`: the same after the changes of `--what-if`; null without it. */
export function renderNetwork(
  now: readonly MappingPaths[],
  then: readonly MappingPaths[] | null,
  style: Style,
): string {
  if (now.length === 0) return noMappings(style.names.region);
  const after = new Map(then?.map((mapping) => [mapping.uuid, mapping]));
  // Mappings whose pollers have the same paths share a table.
  const groups = groupBy(now, (mapping) => JSON.stringify([pathsKey(mapping), pathsKey(after.get(mapping.uuid))]));
  return [...groups.values()].map((group) => renderGroup(group, after.get(group[0]!.uuid) ?? null, style)).join('\n\n');
}

const pathsKey = (mapping: MappingPaths | undefined) =>
  mapping === undefined
    ? null
    : [
        mapping.cluster ?? mapping.uuid,
        mapping.because,
        mapping.paths.map(({ from, to, port, answer, by, components }) => [
          from,
          to,
          port,
          answer,
          by,
          components.map(({ status, facts }) => [status, facts]),
        ]),
        mapping.offers.map(({ way, services }) => [way, services]),
      ];

/** At most this many mappings are named in a heading. */
const mostTitles = 5;

function headingOf(group: readonly MappingPaths[], { colour, columns }: Style): string {
  const titles = [...new Set(group.map(({ title }) => visible(title)))];
  const more = titles.length - mostTitles;
  const triggers = `${titles.slice(0, mostTitles).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const { cluster } = group[0]!;
  return wrap(colour.bold(cluster === null ? triggers : `${visible(cluster)} (${triggers})`), { columns, hang: 2 });
}

/** `then`: the first of the group after the changes. */
function renderGroup(group: readonly MappingPaths[], then: MappingPaths | null, style: Style): string {
  const { colour, columns, names } = style;
  const now = group[0]!;
  const shown = then ?? now;
  const mentions = new Mentions(names);
  const head = headingOf(group, style);
  if (shown.because !== null)
    return [head, wrap(`Unknown: the pollers’ network. ${mentions.sentence(shown.because)}`, { columns })].join('\n');
  const all = [...now.paths, ...shown.paths];
  const subnets = [...new Set(all.map(({ from }) => from))];
  const destinations = [...new Set(all.map(destinationOf))];
  const cell = (from: string, to: string) => {
    const at = ({ paths }: MappingPaths) =>
      answerOf(paths.filter((path) => path.from === from && destinationOf(path) === to));
    const [before, after] = [at(now), at(shown)];
    return before === after ? paint(after, colour) : `${paint(before, colour)} → ${paint(after, colour)}`;
  };
  const places = subnets.map((from) => mentions.parts(from));
  const hasNames = places.some(({ name }) => name !== '');
  const rows = subnets.map((from, index) => {
    const { name, id, zone } = places[index]!;
    return [...(hasNames ? [name] : []), id, zone, ...destinations.map((to) => cell(from, to))];
  });
  return [
    head,
    ...(then === null
      ? []
      : [wrap('Each cell: now → after these changes. Nothing was changed in the account.', { columns })]),
    drawTable([...(hasNames ? ['from'] : []), hasNames ? 'subnet' : 'from', 'zone', ...destinations], rows, columns),
    ...reasons(shown.paths, mentions, style),
    ...offers(shown.offers, style),
    ...(style.explain ? steps(shown.paths, mentions, style) : []),
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

function reasons(paths: readonly PathAnswer[], mentions: Mentions, { colour, columns }: Style): string[] {
  const byComponent = new Map<string, { facts: Evidence[]; unread: string[] }>();
  for (const { by, components } of paths)
    for (const { component, facts, missing } of components.filter((other) => other.component === by)) {
      const entry = byComponent.get(component) ?? { facts: [], unread: [] };
      byComponent.set(component, entry);
      entry.facts.push(...facts);
      entry.unread.push(...missing.map(({ action, error }) => `${action} was not answered (${visible(error)})`));
    }
  if (byComponent.size === 0) return [];
  return [
    '',
    colour.bold('Why'),
    ...[...byComponent].flatMap(([component, { facts, unread }]) => [
      `  network.${component}`,
      ...evidenceLines({ title: '', evidence: facts }, mentions, { columns, indent: 4 }),
      ...[...new Set(unread)].map((text) => wrap(`•\u00a0${text}`, { columns, indent: 4, hang: 2 })),
    ]),
  ];
}

const ways = {
  endpoints: 'VPC endpoints',
  'nat-gateway': 'NAT gateway',
  'provisioned-pollers': 'Provisioned mode',
} as const;

/** All ways to reach the services, so that the reader can compare needs and costs. */
function offers(options: readonly EgressOption[], { colour, columns }: Style): string[] {
  if (options.length === 0) return [];
  const lines = options.map(({ way, services, needs, costs }) =>
    [
      `- ${ways[way]} (${services.map((service) => serviceNames[service]).join(', ')})`,
      wrap(`needs ${visible(needs)}`, { columns, indent: 2, hang: 2 }),
      wrap(costs.startsWith('per ') ? `billed ${costs}` : `costs ${costs}`, { columns, indent: 2, hang: 2 }),
    ].join('\n'),
  );
  const tries = options.flatMap(({ way, services }) =>
    way === 'endpoints'
      ? [services.map((service) => `--what-if endpoint:${service}`).join(' ')]
      : way === 'nat-gateway'
        ? ['--what-if nat:SUBNET']
        : ['--what-if provisioned'],
  );
  return [
    '',
    colour.bold('Ways to reach the services'),
    ...lines,
    wrap(`Try them (changes nothing): ${tries.join(', or ')}`, { columns, hang: 2 }),
  ];
}

function steps(paths: readonly PathAnswer[], mentions: Mentions, { colour, columns }: Style): string[] {
  return paths.flatMap((path) => [
    '',
    colour.bold(
      wrap(
        `${mentions.sentence(path.from)} → ${destinationOf(path)}${path.to.kind === 'service' ? '' : ` in ${mentions.sentence(path.to.subnetId)}`}`,
        { columns, hang: 2 },
      ),
    ),
    ...path.hops.map(({ component, resource, note }) =>
      wrap(`  ${component} ${mentions.sentence(resource)} (${mentions.sentence(note)})`, { columns, hang: 4 }),
    ),
    ...path.components.map(({ component, status, facts }) =>
      wrap(
        `  ${component}: ${status}${
          facts.length === 0
            ? ''
            : ` (${facts
                .map(({ resource, fact }) => `${mentions.sentence(resource)}: ${mentions.sentence(fact)}`)
                .join('; ')})`
        }`,
        { columns, hang: 4 },
      ),
    ),
  ]);
}
