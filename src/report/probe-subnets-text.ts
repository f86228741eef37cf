/** The subnets of `probe --from-vpc`: one line for each, and what is shown before functions are created. */
import type { ChalkInstance } from 'chalk';
import { renderCli } from '../fixes/render-cli.js';
import { serviceNames, type ServiceName } from '../network/question.js';
import type { ServiceReach } from '../probe/function/remote-event.js';
import { creationOf, deletionOf, memory, type FunctionsPlan } from '../remote/plan-functions.js';
import type { SubnetJudgement } from '../remote/judge-subnets.js';
import { sentenceOf } from '../remote/refusal.js';
import type { RunOutcome } from '../remote/probe-from-subnets.js';
import { symbols } from '../text/symbols.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

interface Style {
  colour: ChalkInstance;
  columns: number;
}

/** What each subnet showed, so that they can be compared. */
export const renderSubnets = (subnets: readonly SubnetJudgement[], { colour, columns }: Style): string =>
  subnets
    .map(({ from, judgement, services, refusal }) => {
      const { verdict, stoppedAt } = judgement.result;
      const sign = {
        reaches: colour.green(symbols.passed),
        blocked: colour.red(symbols.failed),
        unknown: colour.yellow(symbols.unknown),
      }[verdict];
      const stop =
        stoppedAt === null
          ? ''
          : ` at step ${stoppedAt.step} of ${visible(stoppedAt.broker)} (${visible(stoppedAt.name)})`;
      const brokers =
        refusal !== null
          ? `no function: ${visible(sentenceOf(refusal))}`
          : stoppedAt !== null
            ? `stopped${stop}`
            : judgement.result.brokers.length > 0
              ? 'reaches the brokers'
              : 'the brokers were not probed';
      const paths = services.map(serviceText);
      return wrap(`${sign}\u00a0${from.subnet}: ${[brokers, ...paths].join('; ')}`, { columns, hang: 2 });
    })
    .join('\n');

function serviceText({ service, status, step, name, ms }: ServiceReach): string {
  const label = serviceNames[service as ServiceName] ?? service;
  return status === 'ok'
    ? `${label} ${ms}\u00a0ms`
    : `${label} fails at ${(step ?? '').toUpperCase()} (${visible(name ?? '')})`;
}

/** USD for a GB-second of an x86 function, before any free tier (AWS Lambda pricing, us-east-1). */
const pricePerGbSecond = 0.0000166667;

/** What will be created, what it costs, and what it needs. */
export function renderPreview(
  plan: FunctionsPlan,
  { columns, mayPassSecret }: { columns: number; mayPassSecret: boolean },
): string {
  const { functions, roleArn, timeout } = plan;
  const cost = functions.length * timeout * (memory / 1024) * pricePerGbSecond;
  const count = functions.length;
  return [
    `${count === 1 ? 'One temporary Lambda function' : `${count} temporary Lambda functions`}, one in each subnet of the pollers:`,
    ...functions.map(({ name, subnet, securityGroups }) => `  ${name} in ${subnet} with ${securityGroups.join(', ')}`),
    `They run as the execution role ${roleArn}, are invoked once, and are deleted at the end. Should the program be killed before that, \`msk-lambda probe --clean\` deletes them.`,
    `Cost: less than ${Math.max(0.01, Math.ceil(cost * 100) / 100).toFixed(2)} USD. Lambda keeps the network interfaces for some minutes after the deletion; they cost nothing.`,
    ...(mayPassSecret
      ? [
          'The function reads the secret with the execution role. Only if that fails, the login goes in the payload of the invocation, never in an environment variable.',
        ]
      : []),
    'Your credentials need lambda:CreateFunction, lambda:TagResource, lambda:GetFunctionConfiguration, lambda:InvokeFunction, lambda:DeleteFunction and iam:PassRole on the role: see `msk-lambda policy --for probe`.',
  ]
    .map((line) => wrap(visible(line), { columns, hang: 2 }))
    .join('\n');
}

/** The calls of `--dry-run`, as AWS CLI commands. */
export const renderCalls = (plan: FunctionsPlan): string =>
  plan.functions
    .flatMap((planned) => [creationOf(plan, planned, null), deletionOf(planned.name)])
    .map((call) => renderCli(call))
    .join('\n');

/** For the end: interfaces stay a while, and whether a function is left. */
export const renderRemoval = ({ removed }: Pick<RunOutcome, 'removed'>): string =>
  `${removed.length === 1 ? 'The temporary function is' : `All ${removed.length} temporary functions are`} deleted. Lambda removes the network interfaces within about 20 minutes.`;
