/** Makes a secret step by step, each confirmed, and says what came of it. */
import { applyCall, type Refusal } from '../../../account/apply.js';
import type { Clients } from '../../../account/clients.js';
import type { SecretDiagnosis, SecretType } from '../../../diagnosis/secret.js';
import { isUnsure } from '../../../mapping/refusals.js';
import { renderCli } from '../../../fixes/render-cli.js';
import { renderFinding } from '../../../report/doctor-finding.js';
import { toFindingDocument } from '../../../report/documents/doctor.js';
import type { SecretCreateDocument } from '../../../report/documents/secret.js';
import { visible } from '../../../text/visible.js';
import { giveAnswer } from '../../answer.js';
import { confirm } from '../../ask.js';
import type { SecretCreateOptions } from './create/options.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import type { Surroundings } from './surroundings.js';

type Planned = SecretCreateDocument['plan'][number];

export interface About {
  io: Io;
  options: SecretCreateOptions;
  /** Ended by Ctrl-C only. */
  clients: Clients;
  /** Without the content. */
  plan: Planned[];
  name: string;
  type: SecretType;
  judged: SecretDiagnosis | null;
}

const hidden = '(not shown)';

export const planOf = ({
  name,
  description,
  keyArn,
  clusterArn,
}: Surroundings & { name: string; type: SecretType; description: string | undefined }): Planned[] => [
  {
    service: 'secretsmanager',
    operation: 'CreateSecret',
    input: {
      Name: name,
      ...(description === undefined ? {} : { Description: description }),
      ...(keyArn === undefined ? {} : { KmsKeyId: keyArn }),
      SecretString: hidden,
    },
  },
  ...(clusterArn === undefined
    ? []
    : [
        {
          service: 'kafka',
          operation: 'BatchAssociateScramSecret',
          input: { ClusterArn: clusterArn, SecretArnList: [`(ARN of ${name})`] },
        },
      ]),
];

/** The content goes into the one call that stores it, and nowhere else. */
export async function makeSecret(about: About, content: string): Promise<number> {
  const { io, clients, plan, name } = about;
  const [create, associate] = plan;
  const made = { arn: null as string | null, associated: false };
  try {
    if (!(await mayGoOn(about, create!, `Make the secret ${name}?`)))
      return await giveSecretAnswer(about, { outcome: 'declined', message: 'Nothing was made.' });
    const created = await applyCall(clients, { ...create!, input: { ...create!.input, SecretString: content } });
    if (created.outcome === 'ok') made.arn = arnIn(created.output) ?? name;
    io.signal.throwIfAborted();
    if (created.outcome !== 'ok' && isUnsure(created))
      return await giveSecretAnswer(about, {
        outcome: 'undecided',
        message: `Whether the secret was made is not known: \`aws secretsmanager describe-secret --secret-id ${name}\` tells. ${refusalOf(created)}`,
      });
    // AWS's own words could quote what was sent: its name of the error says enough.
    if (created.outcome !== 'ok' || made.arn === null)
      return await giveSecretAnswer(about, {
        outcome: 'refused',
        message: `Nothing was made. ${refusalOf(created as Refusal)}`,
        exitCode: codeOf(created as Refusal),
      });
    if (associate === undefined)
      return await giveSecretAnswer(about, {
        outcome: 'done',
        message: `The secret was made: ${made.arn}`,
        arn: made.arn,
        changed: 1,
      });
    const step: Planned = { ...associate, input: { ...associate.input, SecretArnList: [made.arn] } };
    const goOn = { arn: made.arn, changed: 1 };
    const later = `Associate it later with:\n  ${renderCli(step, about.options)}`;
    if (!(await mayGoOn(about, step, 'Associate it with the cluster?')))
      return await giveSecretAnswer(about, {
        ...goOn,
        outcome: 'declined',
        message: `The secret was made: ${made.arn}\nIt was not associated. ${later}`,
      });
    const associated = await applyCall(clients, step);
    io.signal.throwIfAborted();
    const refused = associated.outcome === 'ok' ? unprocessed(associated.output) : refusalOf(associated);
    if (refused !== null)
      return await giveSecretAnswer(about, {
        ...goOn,
        outcome: 'failed',
        message: `The secret was made: ${made.arn}\nIt could not be associated with the cluster. ${refused} ${later}`,
      });
    made.associated = true;
    return await giveSecretAnswer(about, {
      outcome: 'done',
      message: `The secret was made and associated: ${made.arn}`,
      arn: made.arn,
      changed: 2,
    });
  } catch (error) {
    if (made.arn !== null)
      io.stderr.write(
        `The secret was made: ${visible(made.arn)}${associate === undefined ? '' : '\nIt may not be associated with the cluster.'}\n`,
      );
    else if (io.signal.aborted)
      io.stderr.write(
        `The secret ${name} may have been made: \`aws secretsmanager describe-secret --secret-id ${name}\` tells.\n`,
      );
    throw error;
  }
}

/** Only what is the ARN of a secret: an answer of another form might quote what was sent. */
const arnIn = ({ ARN: arn }: Record<string, unknown>): string | undefined =>
  typeof arn === 'string' && /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/.test(arn)
    ? arn
    : undefined;

async function mayGoOn({ io, options }: About, step: Planned, question: string): Promise<boolean> {
  io.stderr.write(`${visible(renderCli(step, options))}\n`);
  return (
    options.yes === true ||
    confirm(io, question, {
      sentence: 'nobody is there to confirm the change',
      hint: 'Give --yes to make it, or --dry-run to see it.',
    })
  );
}

const refusalOf = ({ name, outcome, action }: Refusal): string =>
  `AWS says: ${visible(name)}.${outcome === 'denied' ? ` Your credentials need ${action}.` : ''}`;

const codeOf = ({ outcome }: Refusal): number =>
  outcome === 'denied' || outcome === 'throttled' ? exitCodes.cannotTell : exitCodes.problem;

/** Refusals come with HTTP 200. */
function unprocessed(output: Record<string, unknown>): string | null {
  const [first] = (output['UnprocessedScramSecrets'] ?? []) as { ErrorCode?: string; ErrorMessage?: string }[];
  return first === undefined
    ? null
    : `MSK says: ${visible(`${first.ErrorCode ?? ''} ${first.ErrorMessage ?? ''}`.trim())}`;
}

interface Given {
  outcome: SecretCreateDocument['outcome'];
  message: string;
  arn?: string;
  changed?: number;
  exitCode?: number;
}

export async function giveSecretAnswer(
  about: About,
  { outcome, message, arn, changed = 0, exitCode }: Given,
): Promise<number> {
  const { io, options, plan, name, type, judged, clients } = about;
  const findings =
    judged?.findings.filter(({ status }) => status === 'fail' || status === 'warn' || status === 'unknown') ?? [];
  const principal = judged?.profile?.principal ?? null;
  const document: SecretCreateDocument = {
    schemaVersion: 1,
    changed,
    outcome,
    message,
    plan,
    secret: { arn: arn ?? null, name, type, principal },
    findings: findings.map(toFindingDocument),
  };
  const style = { ...io, region: await clients.region(), profile: options.profile };
  await giveAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? (arn ?? '')
        : [
            ...findings.map((finding) => renderFinding(finding, style)),
            ...(outcome === 'planned' ? plan.map((call) => visible(renderCli(call, options))) : []),
            ...message.split('\n').map(visible),
            ...(outcome === 'done' && principal !== null ? [`Kafka sees it as ${visible(principal)}.`] : []),
          ].join('\n'),
    json: () => document,
  });
  return (
    exitCode ??
    {
      done: exitCodes.ok,
      planned: exitCodes.ok,
      declined: exitCodes.ok,
      blocked: exitCodes.problem,
      refused: exitCodes.problem,
      failed: exitCodes.problem,
      undecided: exitCodes.cannotTell,
    }[outcome]
  );
}
