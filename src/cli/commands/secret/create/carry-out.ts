/** Carries out the plan for a secret step by step, each confirmed, and prints the result. */
import { inShell } from '../../../../text/shells.js';
import { shell } from '../../../../text/shell.js';
import type { Refusal } from '../../../../account/make-changes.js';
import type { Clients } from '../../../../account/clients.js';
import type { SecretDiagnosis, SecretType } from '../../../../diagnosis/secret.js';
import { isUnsure } from '../../../../mapping/refusals.js';
import type { AwsCall } from '../../../../aws/call.js';
import type { Environment } from '../../../../plan/execution/environment.js';
import { executeStep } from '../../../../plan/execution/execute.js';
import { fillCall, type Values } from '../../../../plan/execution/fill-placeholders.js';
import type { Plan, SecretStep } from '../../../../plan/plan.js';
import { hiddenContent } from '../../../../plan/secret.js';
import { environmentFor } from '../../../change/environment.js';
import { observeOn } from '../../../change/observer.js';
import { renderCli } from '../../../../fixes/render-cli.js';
import { renderFinding } from '../../../../report/doctor-finding.js';
import { ownSourceWords } from '../../../source-words.js';
import { toFindingDocument } from '../../../../report/documents/doctor.js';
import type { SecretCreateDocument } from '../../../../report/documents/secret.js';
import { listScramSecrets } from '../../../../account/queries/clusters.js';
import { isOk } from '../../../../snapshot/read.js';
import { visible } from '../../../../text/visible.js';
import { printAnswer } from '../../../print-answer.js';
import { confirm } from '../../../single-prompts.js';
import type { SecretCreateOptions } from './options.js';
import { exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';

export interface SecretCreation {
  io: Io;
  options: SecretCreateOptions;
  /** Stopped by Ctrl-C only. */
  clients: Clients;
  /** Without the content. */
  plan: Plan<SecretStep>;
  name: string;
  type: SecretType;
  judged: SecretDiagnosis | null;
}

/** Only the one call that stores the content receives it. */
export async function carryOut(
  creation: SecretCreation,
  content: string,
  existingArn: string | undefined,
): Promise<number> {
  const { io, clients, plan, name } = creation;
  const [store, associate] = plan.steps;
  const observer = observeOn(io);
  const environment = environmentFor({ io, clients, observer, secrets: { [hiddenContent]: content } });
  try {
    if (existingArn !== undefined) return await resume({ ...creation, arn: existingArn }, store!, environment);
    if (!(await mayGoOn(creation, store!.calls[0]!.call, `Create the secret ${name}?`)))
      return await giveSecretAnswer(creation, { outcome: 'declined', message: 'Nothing was created.' });
    const result = await executeStep(store!, environment);
    const [stored] = result.calls;
    if (stored?.outcome === 'refused' && isUnsure(stored.refusal))
      return await giveSecretAnswer(creation, {
        outcome: 'undecided',
        message: `Unknown whether the secret was created. Check it: \`${shell`aws secretsmanager describe-secret --secret-id ${name}`}\`. ${refusalOf(stored.refusal)}`,
      });
    // AWS's message could quote the request; the error name is enough.
    if (stored?.outcome === 'refused')
      return await giveSecretAnswer(creation, {
        outcome: 'refused',
        message: `Nothing was created. ${refusalOf(stored.refusal)}`,
        exitCode: codeOf(stored.refusal),
      });
    const arn = (stored?.outcome === 'made' ? stored.value : null) ?? name;
    if (associate === undefined)
      return await giveSecretAnswer(creation, {
        outcome: 'done',
        message: `The secret was created: ${arn}`,
        arn,
        changed: 1,
      });
    return await carryOutAssociation({ ...creation, arn, values: result.values }, associate, environment);
  } catch (error) {
    observer.sayInterrupted();
    throw error;
  }
}

/** An earlier run stored the secret and ended before the association. */
async function resume(
  creation: SecretCreation & { arn: string },
  step: SecretStep,
  environment: Environment,
): Promise<number> {
  const { clients, arn } = creation;
  const associated = await listScramSecrets(clients, String(step.calls[0]!.call.input['ClusterArn']));
  if (isOk(associated) && associated.value.includes(arn))
    return giveSecretAnswer(creation, {
      outcome: 'done',
      message: `Nothing was changed: the secret exists with the same user name and password, and is associated: ${arn}`,
      arn,
    });
  creation.io.stderr.write(
    `note: the secret ${visible(arn)} exists with the same user name and password; only the association is missing\n`,
  );
  return carryOutAssociation({ ...creation, values: {}, kept: true }, step, environment);
}

/** Associates a secret that was just created, now or in an earlier run, with the cluster. */
async function carryOutAssociation(
  { arn, values, kept = false, ...creation }: SecretCreation & { arn: string; values: Values; kept?: boolean },
  step: SecretStep,
  environment: Environment,
): Promise<number> {
  const call = fillCall(step.calls[0]!, values);
  const made = { arn, changed: kept ? 0 : 1 };
  const stored = kept ? `The secret was kept: ${arn}` : `The secret was created: ${arn}`;
  const later = `Associate it later with:\n  ${inShell(renderCli(call, creation.options), creation.io.shell)}`;
  if (!(await mayGoOn(creation, call, 'Associate it with the cluster?')))
    return giveSecretAnswer(creation, {
      ...made,
      outcome: 'declined',
      message: `${stored}\nIt was not associated. ${later}`,
    });
  const [associated] = (await executeStep(step, environment, values)).calls;
  const refused =
    associated?.outcome === 'refused'
      ? refusalOf(associated.refusal)
      : associated?.outcome === 'unprocessed'
        ? `MSK reports: ${visible(associated.message)}`
        : null;
  if (refused !== null)
    return giveSecretAnswer(creation, {
      ...made,
      outcome: 'failed',
      message: `${stored}\nIt could not be associated with the cluster. ${refused}\n${later}`,
    });
  return giveSecretAnswer(creation, {
    outcome: 'done',
    message: kept ? `The secret was kept and associated: ${arn}` : `The secret was created and associated: ${arn}`,
    arn,
    changed: made.changed + 1,
  });
}

async function mayGoOn({ io, options }: SecretCreation, call: AwsCall, question: string): Promise<boolean> {
  io.stderr.write(`${visible(inShell(renderCli(call, options), io.shell))}\n`);
  return (
    options.yes === true ||
    confirm(io, question, {
      sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
      hint: 'Nothing was changed.',
    })
  );
}

const refusalOf = ({ name, outcome, action }: Refusal): string =>
  `AWS reports: ${visible(name)}.${outcome === 'denied' ? ` Your credentials need ${action}.` : ''}`;

const codeOf = ({ outcome }: Refusal): number =>
  outcome === 'denied' || outcome === 'throttled' ? exitCodes.cannotTell : exitCodes.problem;

interface Given {
  outcome: SecretCreateDocument['outcome'];
  message: string;
  arn?: string;
  changed?: number;
  exitCode?: number;
}

export async function giveSecretAnswer(
  creation: SecretCreation,
  { outcome, message, arn, changed = 0, exitCode }: Given,
): Promise<number> {
  const { io, options, plan, name, type, judged, clients } = creation;
  const findings =
    judged?.findings.filter(({ status }) => status === 'fail' || status === 'warn' || status === 'unknown') ?? [];
  const calls = plan.steps.flatMap((step) => step.calls.map(({ call }) => call));
  const principal = judged?.profile?.principal ?? null;
  const document: SecretCreateDocument = {
    schemaVersion: 1,
    changed,
    outcome,
    message,
    plan: calls,
    secret: { arn: arn ?? null, name, type, principal },
    findings: findings.map((finding) => toFindingDocument(finding)),
  };
  const style = { ...io, region: await clients.region(), profile: options.profile, source: ownSourceWords(options) };
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? (arn ?? '')
        : [
            ...findings.map((finding) => renderFinding(finding, style)),
            ...(outcome === 'planned' ? calls.map((call) => visible(inShell(renderCli(call, options), io.shell))) : []),
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
