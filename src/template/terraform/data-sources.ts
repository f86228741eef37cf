/** What data sources give without an account: documents, the account and region of the deployment, names in ARNs. */
import { awsManagedPolicyArn } from '../../aws/managed-policies.js';
import { dnsSuffixOf } from '../../aws/partitions.js';
import { hasSymbol, textSymbol } from '../../snapshot/symbols.js';
import type { JsonObject } from '../resource.js';
import type { Scope as AwsScope } from '../cloudformation/identities.js';
import { policyDocument } from './policy-document.js';
import { toJson, type Value } from './values.js';

interface DataSource {
  type: string;
  key: string;
  config(): { value: JsonObject; references: ReadonlySet<string> };
  configured(name: string): Value | undefined;
  module: { host: { scope: AwsScope; tracker: { note(address: string): void } } };
}

/** Undefined for an attribute that only the account tells. */
export function dataAttribute(data: DataSource, name: string): Value | undefined {
  const { scope, tracker } = data.module.host;
  switch (data.type) {
    case 'aws_iam_policy_document': {
      if (name !== 'json' && name !== 'minified_json') return undefined;
      const { value, references } = data.config();
      for (const reference of references) tracker.note(reference);
      return policyDocument(value) ?? undefined;
    }
    case 'aws_caller_identity':
      return name === 'account_id' || name === 'id' ? scope.account : undefined;
    case 'aws_region':
      return ['name', 'id', 'region'].includes(name) ? scope.region : undefined;
    case 'aws_partition':
      return name === 'partition' || name === 'id'
        ? scope.partition
        : name === 'dns_suffix'
          ? dnsSuffixOf(scope.partition)
          : undefined;
    default:
      return name === 'arn' ? arnOf(data, scope) : undefined;
  }
}

/** ARNs whose names the data source gives. The rest, which AWS assigned, is not known. */
function arnOf(data: DataSource, { partition, region, account }: AwsScope): string | undefined {
  const named = (argument: string): string | undefined => {
    const value = toJson(data.configured(argument) ?? null);
    return typeof value === 'string' && value !== '' && !hasSymbol(value) ? value : undefined;
  };
  const rest = textSymbol(`${data.key}.arn`);
  switch (data.type) {
    case 'aws_msk_cluster': {
      const name = named('cluster_name');
      return name === undefined ? undefined : `arn:${partition}:kafka:${region}:${account}:cluster/${name}/${rest}`;
    }
    case 'aws_lambda_function': {
      const name = named('function_name');
      return name === undefined ? undefined : `arn:${partition}:lambda:${region}:${account}:function:${name}`;
    }
    case 'aws_secretsmanager_secret': {
      const name = named('name');
      return name === undefined
        ? undefined
        : `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-${rest}`;
    }
    case 'aws_sqs_queue':
    case 'aws_sns_topic': {
      const name = named('name');
      const service = data.type === 'aws_sqs_queue' ? 'sqs' : 'sns';
      return name === undefined ? undefined : `arn:${partition}:${service}:${region}:${account}:${name}`;
    }
    case 'aws_iam_policy': {
      const name = named('name');
      // Policies that AWS manages are found by their name too.
      return named('arn') ?? (name === undefined ? undefined : awsManagedPolicyArn(partition, name));
    }
    default:
      return undefined;
  }
}
