/** What the plan adds to roles: for each role one inline policy with all statements that its mappings lack. */
import type { PolicyStatement } from '../access/policy.js';
import { lastSegment } from '../aws/arn.js';
import type { AwsCall } from '../aws/call.js';
import type { Change } from '../fixes/fix.js';
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** All inline policies of a role together, without white space (AWS: IAM quotas). */
const mostCharacters = 10_240;
const policyName = 'msk-lambda';

interface Grant {
  name: string;
  /** The policy of this name that the role has, which keeps its statements; null where it has none. */
  before: string | null;
  added: PolicyStatement[];
}

/** A fix that gives a role a new inline policy. */
export const isNewGrant = ({ operation, undo }: Change): boolean =>
  operation === 'PutRolePolicy' && undo?.operation === 'DeleteRolePolicy';

/** A call of `RoleGrants`. */
export const isStatementSet = ({ operation, input }: Pick<Change, 'operation' | 'input'>): boolean =>
  operation === 'PutRolePolicy' && /^msk-lambda(-\d+)?$/.test(String(input['PolicyName']));

export class RoleGrants {
  private readonly byRole = new Map<string, Grant>();

  /** `before`: the account before the plan. */
  constructor(private readonly before: Snapshot) {}

  /**
   * The call that gives the role everything that was added so far, and these statements. `now`: the account after the
   * steps so far. Null where IAM has no room for it.
   */
  add(roleName: string, statements: readonly PolicyStatement[], now: Snapshot): Change | null {
    const grant = this.byRole.get(roleName) ?? this.newGrant(roleName);
    const { name, before } = grant;
    const added = mergeStatements([...grant.added, ...statements]);
    const policies = inlinePoliciesOf(now, roleName);
    const document = extended(policies.get(name) ?? null, grant.added, added);
    policies.set(name, document);
    if ([...policies.values()].reduce((sum, text) => sum + lengthOf(text ?? ''), 0) > mostCharacters) return null;
    this.byRole.set(roleName, { ...grant, added });
    const target = { RoleName: roleName, PolicyName: name };
    return {
      service: 'iam',
      operation: 'PutRolePolicy',
      input: { ...target, PolicyDocument: document },
      undo:
        before === null
          ? { service: 'iam', operation: 'DeleteRolePolicy', input: target }
          : { service: 'iam', operation: 'PutRolePolicy', input: { ...target, PolicyDocument: before } },
    };
  }

  /** Extends a policy of the tool's name; where its content is not known or is no policy, another name is used. */
  private newGrant(roleName: string): Grant {
    const policies = inlinePoliciesOf(this.before, roleName);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? policyName : `${policyName}-${number}`;
      if (!policies.has(name)) return { name, before: null, added: [] };
      const before = policies.get(name)!;
      if (before !== null && statementsOf(before) !== null) return { name, before, added: [] };
    }
  }
}

const lengthOf = (document: string): number => document.replaceAll(/\s/g, '').length;

/** By name; null for a policy that could not be read. */
function inlinePoliciesOf(snapshot: Snapshot, roleName: string): Map<string, string | null> {
  const arn = roleArnOf(snapshot, roleName);
  const names = arn === undefined ? undefined : snapshot.inlinePolicyNames[arn];
  if (names === undefined || !isOk(names)) return new Map();
  return new Map(
    names.value.map((name) => {
      const document = snapshot.inlinePolicies[`${arn}#${name}`];
      return [name, document !== undefined && isOk(document) ? document.value : null];
    }),
  );
}

/** IAM's calls name a role without its path. */
export function roleArnOf({ roles }: Pick<Snapshot, 'roles'>, roleName: string): string | undefined {
  // Reversed, so that the first of a name counts, as in the simulation.
  const byName =
    roleArns.get(roles) ??
    new Map(
      Object.keys(roles)
        .toReversed()
        .map((arn) => [lastSegment(arn), arn]),
    );
  roleArns.set(roles, byName);
  return byName.get(roleName);
}

const roleArns = new WeakMap<Snapshot['roles'], ReadonlyMap<string, string>>();

function statementsOf(document: string): object[] | null {
  try {
    const { Statement: statements } = JSON.parse(document) as { Statement?: object | object[] };
    return [statements ?? []].flat();
  } catch {
    return null;
  }
}

/** The policy with all that is `added`, in place of what the plan added to it before; its other statements stay. */
function extended(
  document: string | null,
  addedBefore: readonly PolicyStatement[],
  added: readonly PolicyStatement[],
): string {
  if (document === null) return JSON.stringify({ Version: '2012-10-17', Statement: added });
  const earlier = new Set(addedBefore.map((statement) => JSON.stringify(statement)));
  const others = statementsOf(document)!.filter((statement) => !earlier.has(JSON.stringify(statement)));
  const present = new Set(others.map((statement) => JSON.stringify(statement)));
  const missing = added.filter((statement) => !present.has(JSON.stringify(statement)));
  return JSON.stringify({ ...(JSON.parse(document) as object), Statement: [...others, ...missing] });
}

/** One statement for each set of resources, then one for each set of actions. Statements with a Sid stay as they are. */
export function mergeStatements(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const byResources = joinedBy(statements, 'Resource', 'Action');
  return joinedBy(byResources, 'Action', 'Resource');
}

type Member = 'Action' | 'Resource';

/** Statements with equal `same` become one with the `joined` of all. */
function joinedBy(statements: readonly PolicyStatement[], same: Member, joined: Member): PolicyStatement[] {
  const groups = new Map<string, PolicyStatement>();
  for (const statement of statements) {
    const { [joined]: values, ...rest } = statement;
    const key = JSON.stringify([[statement[same]].flat().toSorted(), { ...rest, [same]: null }]);
    const earlier = groups.get(key);
    const all = [...new Set([earlier?.[joined] ?? [], values].flat())];
    groups.set(key, {
      ...statement,
      ...(earlier === undefined ? {} : { [same]: earlier[same] }),
      [joined]: joined === 'Action' || all.length > 1 ? all : all[0]!,
    });
  }
  return [...groups.values()];
}

/** The statements of a call that writes an inline policy. */
export const grantedBy = ({ input }: AwsCall): PolicyStatement[] =>
  (statementsOf(String(input['PolicyDocument'] ?? '{}')) ?? []) as PolicyStatement[];
