/** The steps of a probe as a row of boxes for each broker: state, time as a number and a bar, and where it stopped. */
import {
  probeSteps,
  type BrokerResult,
  type ProbeResult,
  type ProbeStep,
  type StepResult,
} from '../../../probe/probe-result.js';
import { html, type Markup, type Value } from './markup.js';
import { statusSign } from './verdicts.js';

export interface DrawnStep {
  name: string;
  status: StepResult['status'] | 'unreached';
  /** Milliseconds; null where the step was not taken. */
  ms: number | null;
  /** The error and the reason in words; empty for a step without either. */
  reason: string;
  /** The probe ended here. */
  isStop: boolean;
}

const signs = { ok: 'pass', failed: 'fail', warned: 'warn', skipped: 'skip', unreached: 'skip' } as const;
const words = {
  ok: 'succeeded',
  failed: 'failed',
  warned: 'warning',
  skipped: 'skipped',
  unreached: 'not reached',
} as const satisfies Record<DrawnStep['status'], string>;

/** `longest`: milliseconds of a full bar. */
export function drawSteps(steps: readonly DrawnStep[], { longest, label }: { longest: number; label: string }): Markup {
  const explained = steps.filter(({ reason, isStop }) => reason !== '' || isStop);
  return html`<ol class="row" aria-label="${label}">
      ${steps.map((step) => box(step, longest))}
    </ol>
    ${
      explained.length > 0 &&
      html`<ul class="outcomes">
        ${explained.map(
          ({ name, status, reason, isStop }) =>
            html`<li class="${status}">
              ${statusSign(signs[status])} <b>${name}</b>${meaningOf(name)}:
              ${reason === '' ? words[status] : reason}${
                isStop && html` <span class="tag">the probe stopped here</span>`
              }
            </li>`,
        )}
      </ul>`
    }`;
}

function box({ name, status, ms, isStop }: DrawnStep, longest: number): Markup {
  const width = ms === null || longest <= 0 ? 0 : Math.round((ms / longest) * 1000) / 10;
  const isTimed = ms !== null && status !== 'skipped';
  return html`<li class="${`${status}${isStop ? ' stop' : ''}`}">
    <span class="sign ${signs[status]}" aria-hidden="true"
      >${status === 'unreached' ? '' : boxSigns[signs[status]]}</span
    >
    <b>${name}</b>
    <span class="time">${isTimed ? durationOf(ms) : words[status]}</span
    ><span class="unseen">${isTimed && words[status]}</span>${
      isTimed &&
      html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width="${width}" height="4" />
      </svg>`
    }
  </li>`;
}

const boxSigns = { pass: '✓', fail: '✗', warn: '!', skip: '–' } as const;

/** 0 ms, 59 ms, 10 s */
export const durationOf = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;

const meanings: Readonly<Record<ProbeStep, string>> = {
  dns: 'resolve the name',
  tcp: 'open a connection to the port',
  tls: 'encrypt the connection and verify the server’s certificate',
  'client-certificate': 'present the client certificate',
  'api-versions': 'ask which requests the broker knows',
  sasl: 'log in',
  metadata: 'ask for the brokers of the cluster',
  topic: 'ask for the partitions of the topic and their leaders',
  coordinator: 'find the broker that manages the consumer group',
  'group-describe': 'read the state of the consumer group',
  'group-join': 'join the consumer group and leave it again',
  offsets: 'read the first, last and committed offsets',
  fetch: 'read one record',
};

const meaningOf = (name: string): Value =>
  Object.hasOwn(meanings, name) ? html` <span class="dim">(${meanings[name as ProbeStep]})</span>` : null;

/** In the order in which a poller takes them, with those that a failure kept the probe from. */
export function stepsOfBroker({ address, steps }: BrokerResult, result: ProbeResult): DrawnStep[] {
  const { stoppedAt } = result;
  const taken = steps
    .toSorted((a, b) => probeSteps.indexOf(a.step) - probeSteps.indexOf(b.step))
    .map(({ step, status, ms, code, name, because }): DrawnStep => ({
      name: step,
      status,
      ms,
      reason: [
        ...(name === null ? [] : [`${name}${code === null ? '' : ` (Kafka error ${code})`}`]),
        ...(because === null || because === '' ? [] : [because]),
      ].join(': '),
      isStop: stoppedAt?.broker === address && stoppedAt.step === step,
    }));
  if (!taken.some(({ status }) => status === 'failed')) return taken;
  const last = probeSteps.findLastIndex((step) => steps.some((other) => other.step === step));
  const missing = probeSteps.filter(
    (step, index) => index > last && isExpected(step, result, address === result.brokers[0]?.address),
  );
  return [
    ...taken,
    ...missing.map((name): DrawnStep => ({ name, status: 'unreached', ms: null, reason: '', isStop: false })),
  ];
}

/** Whether a probe without a failure takes the step. Only the first broker is asked for topic and group. */
function isExpected(step: ProbeStep, { auth, topic, group }: ProbeResult, isFirst: boolean): boolean {
  switch (step) {
    case 'tls':
      return auth !== 'plaintext';
    case 'client-certificate':
      return auth === 'mtls';
    case 'sasl':
      return auth === 'iam' || auth === 'scram';
    case 'topic':
    case 'offsets':
    case 'fetch':
      return isFirst && topic !== null;
    case 'coordinator':
    case 'group-describe':
    case 'group-join':
      return isFirst && group !== null;
    default:
      return true;
  }
}
