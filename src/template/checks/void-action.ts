/** template.void-action: actions in the execution role's policies that do not exist, or that grant nothing where they are. */
import { actionsMatching, takesNoArn } from '../../access/actions.js';
import { parseDocument, type Statement } from '../../access/policy-document.js';
import { parseArn } from '../../aws/arn.js';
import { nearNames } from '../../text/similar-names.js';
import { hasSymbol } from '../../snapshot/symbols.js';
import { isOk } from '../../snapshot/read.js';
import type { PlannedMapping } from '../deploy/lambda.js';
import type { Deployment } from '../deploy/deploy.js';
import { policiesOf, roleOf, statementPath } from '../role-policies.js';
import type { Location } from '../location.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';

export const judgeActions: JudgeTemplate = (mapping, { deployment }) => {
  const role = roleOf(mapping.resource, deployment);
  if (role === undefined) return [];
  return policiesOf(role, deployment).flatMap((policy) => {
    const parsed = parseDocument(policy.text);
    if ('unparsable' in parsed) return [];
    return parsed.statements.flatMap((statement, index): TemplateFault[] => {
      if (statement.effect !== 'allow' || !statement.action.listed) return [];
      const at = [...statementPath(policy, index), 'Action'];
      const reasons = new Map<string, { because: Void; actions: string[]; locations: Location[] }>();
      for (const [position, action] of statement.action.values.entries()) {
        const because = whyVoid(action, statement, mapping, deployment);
        if (because === null) continue;
        const key = `${because.fact} ${because.fix}`;
        const group = reasons.get(key) ?? { because, actions: [], locations: [] };
        group.actions.push(action);
        group.locations.push(policy.owner.locate([...at, position]));
        reasons.set(key, group);
      }
      return [...reasons.values()].map(({ because: { fact, fix }, actions, locations: [location, ...related] }) => ({
        check: 'template.void-action',
        status: 'warn',
        title: `${actions.join(', ')} ${actions.length === 1 ? 'grants' : 'grant'} nothing: ${fact}`,
        evidence: [],
        location: location!,
        related: related.filter(({ line }) => line !== location!.line),
        fix,
      }));
    });
  });
};

interface Void {
  fact: string;
  fix: string;
}

/** Prefixes that authors write for those of MSK. */
const wrongPrefixes = new Map([
  ['msk', 'kafka'],
  ['kafkacluster', 'kafka-cluster'],
  ['kafka-clusters', 'kafka-cluster'],
]);

function whyVoid(action: string, statement: Statement, mapping: PlannedMapping, deployment: Deployment): Void | null {
  if (hasSymbol(action) || action === '*') return null;
  const [prefix = '', name = ''] = action.toLowerCase().split(':');
  const right = wrongPrefixes.get(prefix);
  if (right !== undefined)
    return { fact: `no service has the prefix “${prefix}”`, fix: `Write ${right}:${action.split(':')[1] ?? ''}.` };
  const actions = actionsMatching(action);
  if (actions === null) return null;
  if (actions.length === 0) {
    const other = actionsMatching(prefix === 'kafka-cluster' ? `kafka:${name}` : `kafka-cluster:${name}`)?.[0];
    const [near] = nearNames(
      name,
      (actionsMatching(`${prefix}:*`) ?? []).map((each) => each.split(':')[1]!),
    );
    return {
      fact: 'no such action exists',
      fix:
        other !== undefined && prefix.startsWith('kafka')
          ? `Write ${other}.`
          : near === undefined
            ? 'Remove it, or write the action that is meant.'
            : `Write ${prefix}:${near}, if that is meant.`,
    };
  }
  return (
    onWrongResource(actions, statement) ??
    (prefix === 'kafka-cluster' ? withoutIam(statement, mapping, deployment) : null)
  );
}

/** The resource types of MSK's actions inside Kafka (MSK developer guide: actions and resources). */
function kindOf(action: string): string | null {
  const [, name = ''] = action.split(':');
  if (/TransactionalId$/i.test(name)) return 'transactional-id';
  if (/Group$/i.test(name)) return 'group';
  if (/^(?:ReadData|WriteData)$/i.test(name) || /Topic(?:DynamicConfiguration)?$/i.test(name)) return 'topic';
  return /^(?:Connect|WriteDataIdempotently|(?:Alter|Describe)Cluster(?:DynamicConfiguration)?)$/i.test(name)
    ? 'cluster'
    : null;
}

function onWrongResource(actions: readonly string[], { resource }: Statement): Void | null {
  if (resource === null || !resource.listed || resource.values.length === 0) return null;
  // A part that is not known, or a wildcard in place of the type, may be any type.
  const types = resource.values.map((value) =>
    value === '*' ? null : /^[\w-]*[*?]/.test(parseArn(value)?.resource ?? '*') ? null : typeOf(value),
  );
  if (types.includes(null)) return null;
  if (actions.every((action) => action.startsWith('kafka-cluster:'))) {
    const kinds = new Set(actions.map(kindOf));
    if (kinds.has(null) || types.some((type) => kinds.has(type))) return null;
    const [kind] = kinds;
    return {
      fact: `a statement needs ARNs of type ${kind!} for that, and this one names type ${[...new Set(types)].join(', ')}`,
      fix: `Add arn:…:${kind!}/CLUSTER${kind === 'cluster' ? '/*' : '/*/NAME'} to Resource.`,
    };
  }
  return actions.every((action) => action.startsWith('ec2:') && takesNoArn(action))
    ? { fact: 'only Resource "*" grants what takes no ARN', fix: 'Move it to a statement with Resource "*".' }
    : null;
}

const typeOf = (arn: string): string | null => {
  const { service, resource = '' } = parseArn(arn) ?? {};
  const type = resource.replace(/\/.*$/s, '');
  return service === undefined || hasSymbol(type) || type === '' ? null : type;
};

/** The cluster's name in an ARN or pattern of MSK. */
const nameIn = (value: string): string | undefined => /^[\w-]+\/([^/]*)/.exec(parseArn(value)?.resource ?? '')?.[1];

/** With any other authentication, Kafka does not evaluate IAM policies. Other clusters may be meant, so theirs must be known too. */
function withoutIam({ resource }: Statement, { mapping }: PlannedMapping, { snapshot, all }: Deployment): Void | null {
  const arn = mapping.EventSourceArn ?? '';
  const cluster = snapshot.clusters[arn];
  if (cluster === undefined || !isOk(cluster)) return null;
  const { Provisioned: provisioned, ClusterName: name = '' } = cluster.value;
  const offersIam = provisioned?.ClientAuthentication?.Sasl?.Iam?.Enabled ?? provisioned === undefined;
  const isOfCluster =
    resource?.listed === true &&
    resource.values.every((value) => {
      const named = nameIn(value);
      return named === undefined
        ? all('AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster').length === 1
        : named === name || named === '*';
    });
  return offersIam || !isOfCluster
    ? null
    : {
        fact: `${name} has no IAM access control, so Kafka does not evaluate IAM policies`,
        fix: 'Remove it, or turn on IAM access control (ClientAuthentication.Sasl.Iam).',
      };
}
