import { aclLines } from '../../../access/policies/acls.js';
import type { Policy } from '../../../access/policy.js';
import { callsOf } from '../../../access/needed-calls.js';
import { functionParts, type PolicySubject } from '../../../access/policy-subject.js';
import { guardedCalls, type GuardedCall } from '../../../checks/access/support/guarded-calls.js';
import { plannedUuid } from '../../../mapping/mapping-of.js';
import { toJson } from '../../../report/json.js';
import { renderPolicyCheck } from '../../../report/policy-check-text.js';
import { inShell } from '../../../text/shells.js';
import { visible } from '../../../text/visible.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { all, mapFact } from '../../../subject/fact.js';
import { policySubjectOf } from '../../../subject/policy-subject-of-mapping.js';
import { subjectOf, type Facts } from '../../../subject/subject.js';
import { pausing } from '../../pause.js';
import { printAnswer } from '../../print-answer.js';
import type { PolicyOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { checkRole } from './check-role.js';
import { findRole } from './find-role.js';
import { namesPlannedMapping, triggerFromFlags } from './trigger-from-flags.js';
import { namesByName, readPlannedMapping } from './planned-mapping.js';
import { toCloudFormation, toTerraform } from '../../../report/policy-iac.js';
import { lacks, writePolicy } from './write.js';
import { readSource, sayUnread, type Source } from '../../open-account.js';
import { UsageError } from '../../../errors.js';

/** The mappings for a policy, with the calls that the role makes for them. */
interface PolicyRequest {
  mappings: PolicySubject[];
  calls: GuardedCall[];
  /** The account that they were read from; null for a planned mapping by ARNs. */
  snapshot: Snapshot | null;
}

/**
 * Prints the policy. Exit code 3 if the calls of a mapping are not known, because the policy would then be too
 * small.
 */
export async function run({ args, options, io }: Call<PolicyOptions>): Promise<number> {
  if (options.onlyMissing === true) return (await import('./only-missing.js')).printMissing(args, options, io);
  const request = await readRequest(args, options, io);
  if (request === null) return exitCodes.cannotTell;
  const { mappings } = request;
  if (options.check !== undefined) return check(options.check, request, options, io);
  if (options.for === 'acls') await giveAcls(mappings, options, io);
  else await givePolicy(options.for, writePolicy(options.for, mappings), mappings[0] ?? null, options, io);
  return exitCodes.ok;
}

async function readRequest(args: readonly string[], options: PolicyOptions, io: Io): Promise<PolicyRequest | null> {
  const isPlanned = namesPlannedMapping(options);
  if (isPlanned && args.length > 0)
    throw new UsageError('a target and the flags of a planned mapping exclude each other: keep only one of them');
  if (isPlanned && namesByName(options)) {
    return requestFromAccount(await readPlannedMapping(options, io), options, io);
  }
  if (isPlanned) return requestFromFlags(options, io);
  if (options.for === 'doctor' && options.check === undefined && args.length === 0)
    return { mappings: [], calls: [], snapshot: null };
  if (args.length === 0)
    throw new UsageError(
      'missing argument: the mapping that the policy is for',
      'Give a mapping, function or cluster, or describe a planned mapping: --cluster, --topic, --function.',
    );
  return requestFromAccount(await readSource(args, options, io), options, io);
}

function requestFromFlags(options: PolicyOptions, io: Io): PolicyRequest {
  const mapping = triggerFromFlags(
    options.check === undefined ? options.for : 'role',
    options,
    (sentence) => void io.stderr.write(`Note: ${sentence}\n`),
  );
  const reason = options.for === 'acls' ? lacks('acls', mapping) : null;
  if (reason !== null) throw new UsageError(reason);
  return { mappings: [mapping], calls: callsOf(mapping).map((needed) => ({ needed, resource: null })), snapshot: null };
}

/** Null where the calls of a mapping are not known, which was written to stderr. */
async function requestFromAccount(
  { snapshot, trouble }: Source,
  options: PolicyOptions,
  io: Io,
): Promise<PolicyRequest | null> {
  if (snapshot.targets.length === 0) throw new UsageError('no Amazon MSK event source mapping found for this target');
  const pause = pausing(io.signal);
  const targets = [];
  for (const uuid of snapshot.targets) {
    await pause();
    const subject = subjectOf(snapshot, uuid);
    targets.push({
      uuid,
      facts: all(mapFact(policySubjectOf(subject), withOpenGroup), subject.resourcePolicies),
      keyUnread: [subject.secret, subject.secretKey].some(({ is }) => is === 'unread'),
    });
  }
  // Only the secret shows its key, so it is read only for policies that need the key.
  const needsKey = options.check !== undefined || ['role', 'key', 'probe'].includes(options.for);
  const unknown = targets.filter(({ facts, keyUnread }) => facts.is !== 'known' || (needsKey && keyUnread));
  if (unknown.length > 0) {
    if (trouble === null) sayUnread(io, snapshot);
    io.stderr.write(
      `Could not determine which calls the mapping ${visible(unknown.map(({ uuid }) => uuid).join(', '))} needs: see \`msk-lambda doctor\`.\n`,
    );
    return null;
  }
  const known = targets.flatMap(({ facts }) => (facts.is === 'known' ? [facts.value] : []));
  const mappings = known.map(([mapping]) => mapping);
  const fitting =
    options.check === undefined ? mappings.filter((mapping) => lacks(options.for, mapping) === null) : mappings;
  if (fitting.length === 0)
    throw new UsageError(`--for ${options.for} does not apply: ${lacks(options.for, mappings[0]!)}`);
  return {
    mappings: fitting,
    calls: known.flatMap(([mapping, policies]) => guardedCalls(callsOf(mapping), policies)),
    snapshot,
  };
}

/** Lambda chooses the consumer group of a mapping that does not exist yet. */
const withOpenGroup = (mapping: PolicySubject): PolicySubject =>
  mapping.group === plannedUuid ? { ...mapping, group: '*' } : mapping;

async function check(
  name: string,
  { mappings, calls, snapshot }: PolicyRequest,
  options: PolicyOptions,
  io: Io,
): Promise<number> {
  const { output, outputFile } = options;
  if (output !== 'text' && output !== 'json') throw new UsageError(`--check does not support --output ${output}`);
  const { partition, account, region } = functionParts(mappings[0]!.functionArn);
  const roleArn = name.startsWith('arn:') ? name : `arn:${partition}:iam::${account}:role/${name}`;
  const role = await findRole(roleArn, snapshot, options, io);
  if (role.is !== 'known') {
    if (role.is === 'not-applicable') throw new UsageError(role.because);
    io.stderr.write(
      `The role could not be read: ${[...new Set(role.missing.map(({ action, error }) => `${action} (${error})`))].join(', ')}.\n`,
    );
    return exitCodes.cannotTell;
  }
  const result = checkRole({
    role: role.value,
    calls,
    organization: organizationOf(snapshot),
    region,
    at: new Date(snapshot?.capturedAt ?? Date.now()),
  });
  await printAnswer(
    io,
    { output, outputFile },
    {
      text: () =>
        options.quiet === true
          ? result.missing.map(({ action }) => action).join('\n')
          : renderPolicyCheck(result, io.columns),
      json: () => result,
    },
  );
  if (result.missing.some(({ needed }) => needed)) return exitCodes.problem;
  return result.undecided.length > 0 ? exitCodes.cannotTell : exitCodes.ok;
}

/** The organization's policies for the account, if they were read. */
function organizationOf(snapshot: Snapshot | null): Facts['organizationPolicies'] {
  const policies = snapshot === null ? undefined : subjectOf(snapshot, snapshot.targets[0]!).organizationPolicies;
  return policies?.is === 'known' ? policies.value : { service: null, resource: null };
}

async function givePolicy(
  audience: Exclude<PolicyOptions['for'], 'acls'>,
  policy: Policy,
  mapping: PolicySubject | null,
  options: PolicyOptions,
  io: Io,
): Promise<void> {
  if (audience === 'key')
    io.stderr.write(
      'Note: add this statement to the key policy. Do not replace the key policy with it: everyone else would lose access.\n',
    );
  await printAnswer(io, options, {
    text: () => toJson(policy),
    json: () => policy,
    terraform: () => toTerraform(audience, policy, mapping),
    cloudformation: () => toCloudFormation(audience, policy, mapping),
  });
}

async function giveAcls(mappings: readonly PolicySubject[], options: PolicyOptions, io: Io): Promise<void> {
  const { output, outputFile } = options;
  if (output !== 'text' && output !== 'json') throw new UsageError(`--for acls does not support --output ${output}`);
  const lines = [
    ...new Set(
      mappings.flatMap((mapping) =>
        aclLines({
          ...mapping,
          principal: options.principal ?? mapping.principal,
          writes: mapping.destination.startsWith('kafka://') ? mapping.destination.slice('kafka://'.length) : null,
        }),
      ),
    ),
  ];
  if (lines.some((line) => line.includes('User:NAME')))
    io.stderr.write(
      'Note: replace User:NAME with the user of the secret (not read, or not shown because it could be the password) or with the subject of the client certificate, User:CN=….\n',
    );
  await printAnswer(
    io,
    { output, outputFile },
    {
      text: () => lines.map((line) => visible(inShell(line, io.shell))).join('\n'),
      json: () => ({ commands: lines }),
    },
  );
}
