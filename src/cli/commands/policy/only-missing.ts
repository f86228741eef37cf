/** The policy to ask an administrator for: the actions that a diagnosis lacks. */
import { doctorPolicyOf } from '../../../access/policies/this-tool.js';
import type { Policy } from '../../../access/policy.js';
import { checks } from '../../../checks/index.js';
import type { Finding } from '../../../checks/run.js';
import { diagnosePausing } from '../../../diagnosis/diagnose.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import { UsageError } from '../../../errors.js';
import { toJson } from '../../../report/json.js';
import { toCloudFormation, toTerraform } from '../../../report/policy-iac.js';
import { isOk, type ReadFailure } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { visible } from '../../../text/visible.js';
import { wrap } from '../../../text/wrap.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { readSource } from '../../open-account.js';
import { pausing } from '../../pause.js';
import { printAnswer } from '../../print-answer.js';
import type { PolicyOptions } from './options.js';

/** Exit code 3 if AWS could not be asked, or if nothing is missing but reads failed for other reasons. */
export async function printMissing(args: readonly string[], options: PolicyOptions, io: Io): Promise<number> {
  if (options.for !== 'doctor')
    throw new UsageError(
      '--only-missing goes with --for doctor',
      'For the permissions that the execution role lacks: `msk-lambda policy TARGET --check ROLE`.',
    );
  const { snapshot, trouble } = await readSource(args, options, io, { nameLeftOut: true });
  const diagnosis = await diagnosePausing(snapshot, checks, pausing(io.signal));
  const actions = missingOf(diagnosis, snapshot);
  if (trouble !== null && actions.length === 0) return exitCodes.cannotTell;
  const unread = unreadOf(diagnosis);
  const others = otherErrors(options.secretValues ? unread : unread.filter(({ action }) => action !== secretValue));
  const sentence = sentenceOf(actions, snapshot.caller, others, io.columns);
  const policy = doctorPolicyOf(actions, resourcesOf(unread, snapshot));
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? actions.join('\n')
        : actions.length === 0
          ? sentence
          : `${sentence}\n\n${toJson(policy)}`,
    json: () => policy,
    terraform: () => asCode(policy, sentence, toTerraform),
    cloudformation: () => asCode(policy, sentence, toCloudFormation),
  });
  if (actions.length === 0) return others.length === 0 ? exitCodes.ok : exitCodes.cannotTell;
  if (others.length > 0)
    io.stderr.write(`${wrap(`Note: more actions may be missing. ${notRead(others)}`, { columns: io.columns })}\n`);
  else if (trouble !== null || snapshot.targets.some((target) => snapshot.mappings[target]?.outcome !== 'ok'))
    io.stderr.write(
      'Note: more actions may be missing. Run this command again once your credentials have these actions.\n',
    );
  return exitCodes.ok;
}

const secretValue = 'secretsmanager:GetSecretValue';

/** Lists by which the mappings of a target are found. */
const lists = new Set(['lambda:ListEventSourceMappings', 'kafka:ListClustersV2', 'lambda:ListFunctions']);

/** The actions that would decide every check, and those of refused lists. */
function missingOf({ coverage }: Diagnosis, { reads }: Snapshot): string[] {
  const refused = reads
    .filter(({ outcome }) => outcome === 'denied')
    .map(({ service, operation }) => `${service}:${operation}`);
  return [...new Set([...coverage.missingActions, ...refused.filter((action) => lists.has(action))])].toSorted();
}

const unreadOf = ({ mappings, leftOut }: Diagnosis): ReadFailure[] =>
  [...mappings, ...leftOut]
    .flatMap(({ findings }): readonly Finding[] => findings)
    .flatMap(({ unread }) => unread ?? []);

/** The other failed reads, with their errors. */
const otherErrors = (unread: readonly ReadFailure[]): string[] =>
  [
    ...new Set(
      unread
        .filter(({ outcome }) => outcome !== 'denied' && outcome !== 'not-found')
        .map(({ action, error }) => `${action} (${error})`),
    ),
  ].toSorted();

/** For each action the ARNs that it was denied for. */
function resourcesOf(unread: readonly ReadFailure[], { secrets }: Snapshot): Map<string, string[]> {
  const byAction = new Map<string, string[]>();
  for (const { outcome, action, resource } of unread) {
    if (outcome !== 'denied' || resource === undefined) continue;
    const secret = secrets[resource];
    // A mapping may name a secret without the suffix that is part of its complete ARN.
    const arn = secret !== undefined && isOk(secret) ? (secret.value.ARN ?? resource) : resource;
    if (!arn.startsWith('arn:')) continue;
    byAction.set(action, [...new Set([...(byAction.get(action) ?? []), arn])].toSorted());
  }
  return byAction;
}

const mostNamed = 5;

const notRead = (errors: readonly string[]): string => {
  const more = errors.length - mostNamed;
  return `Not read for other reasons: ${errors.slice(0, mostNamed).map(visible).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
};

function sentenceOf(
  actions: readonly string[],
  caller: string | null,
  others: readonly string[],
  columns: number,
): string {
  const credentials = caller === null ? 'your credentials' : `your credentials (${visible(caller)})`;
  if (actions.length > 0)
    return wrap(
      `Send this to an administrator: ${credentials} lack ${actions.length === 1 ? 'this action' : `these ${actions.length} actions`}.`,
      { columns },
    );
  const sentence = `${credentials.charAt(0).toUpperCase()}${credentials.slice(1)} lack no action that doctor needs here.`;
  return wrap(others.length === 0 ? sentence : `${sentence} ${notRead(others)}`, { columns });
}

/** Neither format may hold a policy without statements; a comment is valid in both. */
const asCode = (
  policy: Policy,
  sentence: string,
  render: (whom: 'doctor', policy: Policy, mapping: null) => string,
): string => (policy.Statement.length === 0 ? `# ${sentence.replaceAll('\n', ' ')}` : render('doctor', policy, null));
