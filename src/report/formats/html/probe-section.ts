/** What the brokers answered: the steps at each broker, from each subnet with `--from-vpc`, the topic and the group. */
import { serviceNames, type ServiceName } from '../../../network/question.js';
import type { ServiceReach } from '../../../probe/function/remote-event.js';
import type { ProbeJudgement } from '../../../probe/judge/judge-probe.js';
import type { BrokerResult, ProbeResult } from '../../../probe/probe-result.js';
import type { SubnetJudgement } from '../../../remote/judge-subnets.js';
import { sentenceOf } from '../../../remote/refusal.js';
import { groupLines, recordLines } from '../../probe-text.js';
import type { ProbeAnswer } from '../probe-answer.js';
import { disclosure } from './disclosure.js';
import { html, type Markup, type Value } from './markup.js';
import { drawSteps, durationOf, stepsOfBroker, type DrawnStep } from './probe-steps.js';
import { topicTable } from './probe-topic.js';
import { verdictSign } from './verdicts.js';

export function probeSection({ judgement, remote, showsRecord }: ProbeAnswer): Markup {
  const { result, wouldShow } = judgement;
  const shown = wouldShow !== null && html`<p><b>Lambda would show:</b> ${wouldShow}</p>`;
  if (remote === undefined)
    return html`<section id="steps">
      <h2>Steps at each broker</h2>
      ${shown}${brokerFigures(result)}${topicAndGroup(judgement, showsRecord)}
    </section>`;
  return html`<section id="steps">
    <h2>Steps from each subnet</h2>
    ${shown}${remote.subnets.map((subnet, index) => subnetPart(subnet, `subnet-${index + 1}`, wouldShow))}${topicAndGroup(judgement, showsRecord)}
  </section>`;
}

/** Of more brokers, those without a failure are behind a disclosure. */
const fewBrokers = 6;

function brokerFigures(result: ProbeResult, most = fewBrokers): Value {
  const { brokers } = result;
  if (brokers.length === 0) return html`<p>No broker was probed.</p>`;
  const longest = Math.max(...brokers.flatMap(({ steps }) => steps.map(({ ms }) => ms)), 1);
  const figures = (list: readonly BrokerResult[]) => list.map((broker) => brokerFigure(broker, result, longest));
  const working = brokers.filter(({ steps }) => steps.every(({ status }) => status === 'ok'));
  if (brokers.length <= most || working.length < 2) return figures(brokers);
  return [
    figures(brokers.filter((broker) => !working.includes(broker))),
    disclosure({
      kind: 'brokers',
      isOpen: most > 1 && working.length === brokers.length,
      summary: `${working.length} brokers without a failure`,
      body: figures(working),
    }),
  ];
}

const brokerFigure = (broker: BrokerResult, result: ProbeResult, longest: number): Markup => {
  const { address, node, steps } = broker;
  const total = steps.reduce((sum, { ms }) => sum + ms, 0);
  return html`<figure class="probed">
    <figcaption>
      <b>${address}</b> <span class="dim">${node !== null && `node ${node}, `}${durationOf(total)} in all</span>
    </figcaption>
    ${drawSteps(stepsOfBroker(broker, result), { longest, label: `Steps at ${address}` })}
  </figure>`;
};

const verdictOf = { reaches: 'healthy', blocked: 'broken', unknown: 'unknown' } as const;

/** `shownAbove`: the text of Lambda that the page has already. */
function subnetPart(
  { from: { subnet }, judgement, services, refusal }: SubnetJudgement,
  id: string,
  shownAbove: string | null,
): Markup {
  const { result, wouldShow } = judgement;
  const reached = result.brokers.length > 0 && result.stoppedAt === null;
  const failing = services.filter(({ status }) => status === 'failed').map(({ service }) => nameOf(service));
  const answers = [
    ...(refusal !== null
      ? ['no function ran']
      : result.stoppedAt !== null
        ? [`the probe of the brokers stopped at ${result.stoppedAt.step}`]
        : [reached ? 'reaches the brokers' : 'the brokers were not probed']),
    ...(failing.length === 0 ? [] : [`cannot reach ${failing.join(', ')}`]),
  ];
  const longest = Math.max(...services.map(({ ms }) => ms), 1);
  return disclosure({
    kind: 'subnet',
    id,
    isOpen: result.verdict !== 'reaches',
    summary: html`${verdictSign(verdictOf[result.verdict])} <b>From ${subnet}</b>: ${answers.join('; ')}`,
    body: html`${refusal !== null && html`<p>${sentenceOf(refusal)}</p>`}${
      wouldShow !== null && wouldShow !== shownAbove && html`<p><b>Lambda would show:</b> ${wouldShow}</p>`
    }${services.map((service) => serviceFigure(service, longest))}${refusal === null && brokerFigures(result, 1)}`,
  });
}

const nameOf = (service: string): string => serviceNames[service as ServiceName] ?? service;

function serviceFigure({ service, host, status, step, name, because, ms }: ServiceReach, longest: number): Markup {
  const names = ['dns', 'tcp', 'tls'] as const;
  const failed = step === null ? names.length : names.indexOf(step);
  const steps = names.map((each, index): DrawnStep => ({
    name: each,
    status: index < failed ? 'ok' : index === failed ? 'failed' : 'unreached',
    // The time is of all steps together.
    ms: index === Math.min(failed, names.length - 1) ? ms : null,
    reason: index === failed ? [name ?? [], because ?? []].flat().join(': ') : '',
    isStop: false,
  }));
  return html`<figure class="probed">
    <figcaption>
      <b>${nameOf(service)}</b>
      <span class="dim">${host}, ${durationOf(ms)} in all</span
      >${status === 'failed' && html` <b class="danger">cannot be reached</b>`}
    </figcaption>
    ${drawSteps(steps, { longest, label: `Steps to ${host}` })}
  </figure>`;
}

function topicAndGroup({ result }: ProbeJudgement, showsRecord: boolean): Value {
  const style = { columns: Number.POSITIVE_INFINITY };
  const texts = [groupLines(result, style), ...recordLines(result, { ...style, showsRecord }).split('\n')];
  return [
    result.topic !== null && html`<h3>Topic and consumer group</h3>`,
    topicTable(result),
    texts.flatMap((text) => (text === '' ? [] : [html`<p>${text}</p>`])),
  ];
}
