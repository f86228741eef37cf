import { aclLines } from '../../../access/policies/acls.js';
import type { Policy } from '../../../access/policy.js';
import { callsOf, functionParts, type PolicySubject } from '../../../access/policy-subject.js';
import type { CallGroup } from '../../../checks/access/support/access.js';
import { callsOfMapping } from '../../../checks/access/support/mapping-calls.js';
import { policySubjectOf } from '../../../checks/support/policy-subject.js';
import { plannedUuid } from '../../../mapping/mapping-of.js';
import { toJson } from '../../../report/json.js';
import { renderPolicyCheck } from '../../../report/policy-check-text.js';
import { visible } from '../../../text/visible.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { mapFact } from '../../../subject/fact.js';
import type { Facts } from '../../../subject/subject.js';
import { subjectOf } from '../../../subject/subject.js';
import { giveAnswer } from '../../answer.js';
import type { PolicyOptions } from './options.js';
import type { Call } from '../../define.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { checkRole } from './check-role.js';
import { findRole } from './find-role.js';
import { triggerFromFlags, namesMeantMapping } from './trigger-from-flags.js';
import { namesByName, readPlanned } from './planned-mapping.js';
import { toCloudFormation, toTerraform } from '../../../report/policy-iac.js';
import { lacks, writePolicy } from './write.js';
import { readSource, sayUnread, type Source } from '../../source.js';
import { UsageError } from '../../../errors.js';

/** A trigger with the calls that its role makes; from an account with the policies of the resources too. */
interface Asked {
  triggers: PolicySubject[];
  groups: CallGroup[];
  snapshot: Snapshot | null;
}

/** Prints the policy; a mapping whose calls cannot be told is exit 3, since a policy without them would be too small. */
export async function run({ args, options, io }: Call<PolicyOptions>): Promise<number> {
  const asked = await whatIsAsked(args, options, io);
  if (asked === null) return exitCodes.cannotTell;
  if (options.check !== undefined) return check(options.check, asked, options, io);
  if (options.for === 'acls') await giveAcls(asked.triggers, options, io);
  else await givePolicy(options.for, writePolicy(options.for, asked.triggers), asked.triggers[0] ?? null, options, io);
  return exitCodes.ok;
}

async function whatIsAsked(args: readonly string[], options: PolicyOptions, io: Io): Promise<Asked | null> {
  const meant = namesMeantMapping(options);
  if (meant && args.length > 0)
    throw new UsageError('name a mapping that is there, or flags of one that is not, and not both');
  if (meant && namesByName(options)) {
    const source = await readPlanned(options, io);
    return source === null ? null : whatIsThere(source, options, io);
  }
  if (meant) {
    const trigger = triggerFromFlags(
      options.check === undefined ? options.for : 'role',
      options,
      (sentence) => void io.stderr.write(`Note: ${sentence}\n`),
    );
    const reason = options.for === 'acls' ? lacks('acls', trigger) : null;
    if (reason !== null) throw new UsageError(reason);
    return {
      triggers: [trigger],
      groups: options.check === undefined ? [] : [{ calls: callsOf(trigger) }],
      snapshot: null,
    };
  }
  if (options.for === 'doctor' && options.check === undefined && args.length === 0)
    return { triggers: [], groups: [], snapshot: null };
  if (args.length === 0)
    throw new UsageError(
      'nothing is named',
      'Name a mapping, a function or a cluster, or describe a mapping that does not exist yet: --cluster, --topic, --function.',
    );
  return whatIsThere(await readSource(args, options, io), options, io);
}

function whatIsThere({ snapshot, trouble }: Source, options: PolicyOptions, io: Io): Asked | null {
  if (snapshot.targets.length === 0) throw new UsageError('no MSK mapping was found for what was named');
  const found = snapshot.targets.map((uuid) => {
    const subject = subjectOf(snapshot, uuid);
    return {
      uuid,
      trigger: mapFact(policySubjectOf(subject), withOpenGroup),
      groups: callsOfMapping(subject),
      keyUnread: [subject.secret, subject.secretKey].some(({ is }) => is === 'unread'),
    };
  });
  // Which key a secret has only the secret tells; who asks about other things need not know.
  const needsKey = options.check !== undefined || options.for === 'role' || options.for === 'key';
  const untold = found.filter(
    ({ trigger, groups, keyUnread }) => trigger.is !== 'known' || groups.is !== 'known' || (needsKey && keyUnread),
  );
  if (untold.length > 0) {
    if (trouble === null) sayUnread(io, snapshot);
    io.stderr.write(
      `The calls of mapping ${visible(untold.map(({ uuid }) => uuid).join(', '))} cannot be told: see \`msk-lambda doctor\`.\n`,
    );
    return null;
  }
  const triggers = found.flatMap(({ trigger }) => (trigger.is === 'known' ? [trigger.value] : []));
  const fit =
    options.check === undefined ? triggers.filter((trigger) => lacks(options.for, trigger) === null) : triggers;
  if (fit.length === 0) throw new UsageError(`--for ${options.for} does not fit: ${lacks(options.for, triggers[0]!)}`);
  return {
    triggers: fit,
    groups: found.flatMap(({ groups }) => (groups.is === 'known' ? groups.value : [])),
    snapshot,
  };
}

/** A mapping not made yet has no group of its own. */
const withOpenGroup = (trigger: PolicySubject): PolicySubject =>
  trigger.group === plannedUuid ? { ...trigger, group: '*' } : trigger;

async function check(
  name: string,
  { triggers, groups, snapshot }: Asked,
  options: PolicyOptions,
  io: Io,
): Promise<number> {
  if (options.output !== 'text' && options.output !== 'json')
    throw new UsageError(`--check has no --output ${options.output}`);
  const { partition, account, region } = functionParts(triggers[0]!.functionArn);
  const roleArn = name.startsWith('arn:') ? name : `arn:${partition}:iam::${account}:role/${name}`;
  const role = await findRole(roleArn, snapshot, options, io);
  if (role.is !== 'known') {
    if (role.is === 'not-applicable') throw new UsageError(role.because);
    io.stderr.write(
      `The role could not be read: ${[...new Set(role.missing.map(({ action, error }) => `${action} (${error})`))].join(', ')}.\n`,
    );
    return exitCodes.cannotTell;
  }
  const found = checkRole({
    role: role.value,
    groups,
    organization: organizationOf(snapshot),
    region,
    at: new Date(snapshot?.capturedAt ?? Date.now()),
  });
  await giveAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? found.missing.map(({ action }) => action).join('\n')
        : renderPolicyCheck(found, io.columns),
    json: () => found,
  });
  if (found.missing.some(({ needed }) => needed)) return exitCodes.problem;
  return found.undecided.length > 0 ? exitCodes.cannotTell : exitCodes.ok;
}

/** Those that bind the account, where they were read. */
function organizationOf(snapshot: Snapshot | null): Facts['organizationPolicies'] {
  const policies = snapshot === null ? undefined : subjectOf(snapshot, snapshot.targets[0]!).organizationPolicies;
  return policies?.is === 'known' ? policies.value : { service: null, resource: null };
}

async function givePolicy(
  whom: Exclude<PolicyOptions['for'], 'acls'>,
  policy: Policy,
  trigger: PolicySubject | null,
  options: PolicyOptions,
  io: Io,
): Promise<void> {
  if (whom === 'key')
    io.stderr.write(
      'Note: add this statement to the policy of the key; put in its place, it would lock everyone else out.\n',
    );
  await giveAnswer(io, options, {
    text: () => toJson(policy),
    json: () => policy,
    terraform: () => toTerraform(whom, policy, trigger),
    cloudformation: () => toCloudFormation(whom, policy, trigger),
  });
}

async function giveAcls(triggers: readonly PolicySubject[], options: PolicyOptions, io: Io): Promise<void> {
  if (options.output !== 'text' && options.output !== 'json')
    throw new UsageError(`--for acls has no --output ${options.output}`);
  const lines = [
    ...new Set(
      triggers.flatMap((trigger) =>
        aclLines({
          ...trigger,
          principal: options.principal ?? trigger.principal,
          writes: trigger.destination.startsWith('kafka://') ? trigger.destination.slice('kafka://'.length) : null,
        }),
      ),
    ),
  ];
  if (lines.some((line) => line.includes('User:NAME')))
    io.stderr.write(
      'Note: User:NAME stands for the user of the secret, which was not read, or for the subject of the client certificate, User:CN=….\n',
    );
  await giveAnswer(io, options, { text: () => lines.map(visible).join('\n'), json: () => ({ commands: lines }) });
}
