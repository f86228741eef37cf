/** The answer of `probe` for people: the verdict and where it stopped, the steps with their times, topic, group, findings. */
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { authNames } from '../aws/msk.js';
import type { Finding } from '../checks/run.js';
import type { ProbeJudgement } from '../probe/judge/judge-probe.js';
import { originWords, type ProbeOrigin } from '../probe/judge/probe-context.js';
import type { BrokerResult, PartitionResult, ProbeResult, StepResult } from '../probe/probe-result.js';
import { enumerate } from '../text/enumerate.js';
import { symbols } from '../text/symbols.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { renderFinding, type FindingStyle } from './doctor-finding.js';
import { inSentence } from './doctor-head-line.js';
import { Mentions } from './resource-mentions.js';
import type { SubnetJudgement } from '../remote/judge-subnets.js';
import { renderSubnets } from './probe-subnets-text.js';
import { noNames } from '../snapshot/resource-names.js';

export interface ProbeStyle extends FindingStyle {
  colour: ChalkInstance;
  /** Width of the first line; endless where a program reads it. */
  headColumns?: number;
  /** The cluster, the mapping, or the addresses that were probed. */
  target: string;
  from: ProbeOrigin;
  verbose: boolean;
  /** Whether the content of the record is shown. */
  showsRecord: boolean;
  /** With --from-vpc: all subnets. */
  subnets?: readonly SubnetJudgement[];
}

/** Partitions that are listed without `--verbose`. */
const fewPartitions = 12;

/** The whole answer; paragraphs are separated by an empty line. */
export function renderProbe({ result, findings, wouldShow }: ProbeJudgement, style: ProbeStyle): string {
  const shown = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  return [
    headLine(result, shown, style),
    style.subnets === undefined ? '' : renderSubnets(style.subnets, style),
    stepLines(result, style),
    topicLines(result, style),
    groupLines(result, style),
    recordLines(result, style),
    ...shown.map((finding) => renderFinding(withoutSteps(finding), style, style.verbose ? 'all' : 'first')),
    wouldShow === null ? '' : wrap(`Lambda would show: ${visible(wouldShow)}`, { columns: style.columns, hang: 2 }),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** The lines of the steps and the first line say these already. */
const withoutSteps = (finding: Finding): Finding => ({
  ...finding,
  evidence: finding.evidence.filter(({ fact }) => !fact.startsWith('step ') && !fact.startsWith('probed ')),
});

/** `reaches`, or `blocked` with the step and the name of the error: for scripts. */
export const renderQuiet = ({ result: { verdict, stoppedAt } }: ProbeJudgement): string =>
  visible([verdict, ...(stoppedAt === null ? [] : [stoppedAt.step, stoppedAt.name, stoppedAt.broker])].join(' '));

function headLine(result: ProbeResult, findings: readonly Finding[], style: ProbeStyle): string {
  const { colour, from, headColumns: columns = style.columns } = style;
  const target = visible(style.target);
  const origin = originWords(from);
  const line = (sign: string, paint: 'red' | 'green' | 'yellow', text: string): string =>
    wrap(`${colour[paint](sign)} ${colour.bold(target)}: ${text}`, { columns, hang: 2 });
  if (result.verdict === 'unknown') {
    const reason = result.stoppedAt === null ? '' : `: ${visible(result.stoppedAt.because)}`;
    return line(symbols.unknown, 'yellow', `the probe could not run ${origin}${reason}`);
  }
  if (result.verdict === 'reaches') return line(symbols.passed, 'green', `${reached(result)}, ${origin}`);
  const [first] = findings;
  const title = first === undefined ? 'the probe was blocked' : inSentence(new Mentions(noNames).title(first.title));
  const { stoppedAt } = result;
  const name = stoppedAt === null ? '' : ` (${visible(stoppedAt.name)} at step ${stoppedAt.step})`;
  return line(symbols.failed, 'red', `${title}${name}${title.endsWith(origin) ? '' : `, ${origin}`}`);
}

/** What works, in a sentence. */
function reached({ auth, topic, group, brokers }: ProbeResult): string {
  const working = brokers.filter(({ steps }) => steps.every(({ status }) => status !== 'failed')).length;
  const partitions = topic?.partitions?.length ?? 0;
  const isJoined = brokers.some(({ steps }) =>
    steps.some(({ step, status }) => step === 'group-join' && status === 'ok'),
  );
  const works = [
    `login with ${authNames[auth]}`,
    ...(topic === null
      ? []
      : [`topic ${visible(topic.name)} (${partitions} ${partitions === 1 ? 'partition' : 'partitions'})`]),
    ...(group === null ? [] : [`consumer group ${visible(group.id)}${isJoined ? '' : ' (not joined)'}`]),
  ];
  const of = working === brokers.length ? `${working}` : `${working} of ${brokers.length}`;
  return `${enumerate(works)} ${works.length === 1 ? 'works' : 'work'} on ${of} ${brokers.length === 1 ? 'broker' : 'brokers'}`;
}

/** Brokers whose steps ended alike are one group: successful steps in one line, every other step in a line. */
function stepLines({ brokers }: ProbeResult, style: ProbeStyle): string {
  const groups = new Map<string, BrokerResult[]>();
  for (const broker of brokers) {
    const key = broker.steps
      .map(({ step, status, name, because }) => `${step} ${status} ${name ?? ''} ${because ?? ''}`)
      .join('\n');
    groups.set(key, [...(groups.get(key) ?? []), broker]);
  }
  return [...groups.values()].flatMap((group) => groupOfBrokers(group, style)).join('\n');
}

const addressOf = ({ address, node }: BrokerResult): string =>
  `${visible(address)}${node === null ? '' : ` (node ${node})`}`;

function groupOfBrokers(group: readonly BrokerResult[], { colour, columns }: ProbeStyle): string[] {
  const steps = group[0]!.steps;
  const time = ({ step }: StepResult): string => {
    const times = group.flatMap(({ steps: others }) => others.find((other) => other.step === step)?.ms ?? []);
    const [least, most] = [Math.round(Math.min(...times)), Math.round(Math.max(...times))];
    return least === most ? `${most} ms` : `${least}–${most} ms`;
  };
  const passed = steps.filter(({ status }) => status === 'ok');
  const signs = { failed: colour.red(symbols.failed), warned: colour.yellow(symbols.warning), skipped: symbols.off };
  return [
    wrap(group.map(addressOf).join(', '), { columns, hang: 2 }),
    ...(passed.length === 0
      ? []
      : [
          wrap(
            `${colour.green(symbols.passed)}\u00a0${passed.map((step) => `${step.step}\u00a0${time(step)}`.replace(' ms', '\u00a0ms')).join(', ')}`,
            { columns, indent: 2, hang: 2 },
          ),
        ]),
    ...steps.flatMap((step) =>
      step.status === 'ok'
        ? []
        : [wrap(`${signs[step.status]}\u00a0${outcomeOf(step, time(step))}`, { columns, indent: 2, hang: 2 })],
    ),
  ];
}

function outcomeOf({ step, status, code, name, because }: StepResult, time: string): string {
  const reason = [
    ...(name === null ? [] : [`${visible(name)}${code === null ? '' : ` (Kafka error ${code})`}`]),
    ...(because === null || because === '' ? [] : [visible(because)]),
  ].join(': ');
  if (status === 'skipped') return `${step} skipped${reason === '' ? '' : `: ${reason}`}`;
  return `${step} ${time}${reason === '' ? '' : `: ${reason}`}`;
}

function topicLines({ topic }: ProbeResult, { columns, verbose }: ProbeStyle): string {
  if (topic === null) return '';
  const { partitions } = topic;
  if (partitions === null) return wrap(`Topic ${visible(topic.name)}: not read`, { columns });
  const lags = partitions.flatMap(({ lag }) => lag ?? []);
  const total = lags.length === 0 ? '' : `, lag ${lags.reduce((sum, lag) => sum + lag, 0)}`;
  const listed = verbose ? partitions : partitions.slice(0, fewPartitions);
  const more = partitions.length - listed.length;
  return [
    wrap(
      `Topic ${visible(topic.name)}: ${partitions.length} ${partitions.length === 1 ? 'partition' : 'partitions'}${total}`,
      { columns },
    ),
    ...tableOf(listed),
    ...(more === 0 ? [] : [`  … and ${more} more (--verbose)`]),
  ].join('\n');
}

const number = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : `${value}`);

/** Numbers are aligned to the right. */
function tableOf(partitions: readonly PartitionResult[]): string[] {
  if (partitions.length === 0) return [];
  const rows = [
    ['partition', 'leader', 'first', 'end', 'committed', 'lag'],
    ...partitions.map(({ id, leader, offsets, committed, lag }) => [
      number(id),
      number(leader),
      number(offsets?.first),
      number(offsets?.last),
      number(committed),
      number(lag),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column]!))));
  return rows.map(
    (row) => `  ${row.map((cell, column) => ' '.repeat(widths[column]! - stringWidth(cell)) + cell).join('  ')}`,
  );
}

/** Empty without a group. */
export function groupLines({ group }: ProbeResult, { columns }: Pick<ProbeStyle, 'columns'>): string {
  if (group === null) return '';
  const { id, state, members, protocol } = group;
  const facts = [
    ...(state === null ? [] : [visible(state)]),
    ...(members === null ? [] : [`${members} ${members === 1 ? 'member' : 'members'}`]),
    ...(protocol === null || protocol === '' ? [] : [`protocol ${visible(protocol)}`]),
  ];
  return wrap(`Consumer group ${visible(id)}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`, { columns });
}

/** The record that `fetch` read: its sizes, and its content where the user asked for it. */
export function recordLines(
  { facts: { record } }: ProbeResult,
  { columns, showsRecord }: Pick<ProbeStyle, 'columns' | 'showsRecord'>,
): string {
  if (record === null) return '';
  const { partition, offset, keyBytes, valueBytes, headers } = record;
  const size = (bytes: number | null): string =>
    bytes === null ? 'null' : `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const compressed = `compressed with ${visible(record.codec)}, which is not opened here`;
  const sizes = `key ${size(keyBytes)}, value ${size(valueBytes)}, ${headers} ${headers === 1 ? 'header' : 'headers'}`;
  const head = `Record at partition ${partition}, offset ${offset}: ${record.opened ? sizes : compressed}`;
  return [
    wrap(head, { columns, hang: 2 }),
    ...(showsRecord && record.opened
      ? (
          [
            ['key', record.key],
            ['value', record.value],
          ] as const
        ).map(([name, content]) => `  ${name}: ${contentText(content)}`)
      : []),
  ].join('\n');
}

/** UTF-8 text with its control characters made visible; Base64 for other bytes. */
function contentText(content: string | null | undefined): string {
  if (content === null || content === undefined) return 'null';
  const bytes = Buffer.from(content, 'base64');
  try {
    return visible(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return `${content} (Base64)`;
  }
}
