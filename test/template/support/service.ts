/** The same account as a service of the Serverless Framework: it makes the role, the function and the mapping. */
import type { Json, JsonObject } from '../../../src/template/resource.js';
import type { Template } from './healthy.js';

const resourcesWith = (value: Json, names: Readonly<Record<string, string>>): Json => {
  if (Array.isArray(value)) return value.map((item) => resourcesWith(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'Ref' && typeof member === 'string') return [name, names[member] ?? member];
      if (name === 'Fn::GetAtt' && Array.isArray(member))
        return [name, [names[String(member[0])] ?? member[0]!, ...member.slice(1)]];
      return [name, resourcesWith(member, names)];
    }),
  );
};

const eventNames: Record<string, string> = {
  EventSourceArn: 'arn',
  StartingPosition: 'startingPosition',
  BatchSize: 'batchSize',
  MaximumBatchingWindowInSeconds: 'maximumBatchingWindow',
  Enabled: 'enabled',
};

/** Role, function and mapping of a template as a function with an event; what the framework has no name for, as extensions. */
export function toService(template: Template, event: JsonObject = {}): JsonObject {
  const { Role, Handler, Mapping, ...others } = template.Resources;
  const { Topics: topics, FunctionName: _name, ...properties } = Mapping!.Properties;
  const {
    Role: _role,
    Code: _code,
    Handler: handler,
    Runtime: runtime,
    Timeout: timeout,
    ...settings
  } = Handler!.Properties;
  const { Policies: policies, ManagedPolicyArns: managed, ...role } = Role!.Properties;
  const [inline] = policies as JsonObject[];
  const document = inline!['PolicyDocument'] as JsonObject;
  const topic = Array.isArray(topics) && topics.length === 1 ? topics[0]! : null;
  const members = Object.entries(properties);
  return resourcesWith(
    {
      service: 'orders',
      provider: {
        name: 'aws',
        runtime: runtime!,
        iam: {
          role: {
            statements: document['Statement']!,
            ...(managed === undefined ? {} : { managedPolicies: managed }),
          },
        },
      },
      functions: {
        handler: {
          handler: handler!,
          ...(timeout === undefined ? {} : { timeout }),
          events: [
            {
              msk: {
                ...Object.fromEntries(
                  members.flatMap(([name, value]) =>
                    eventNames[name] === undefined ? [] : [[eventNames[name], value]],
                  ),
                ),
                ...(topic === null ? {} : { topic }),
                ...event,
              },
            },
          ],
        },
      },
      resources: {
        Parameters: template.Parameters,
        Conditions: template.Conditions,
        Resources: others as unknown as JsonObject,
        extensions: {
          IamRoleLambdaExecution: { Properties: role },
          HandlerLambdaFunction: { Properties: settings },
          [`HandlerEventSourceMappingMSKCluster${typeof topic === 'string' ? 'Orders' : ''}`]: {
            ...(Mapping!.DependsOn === undefined ? {} : { DependsOn: Mapping!.DependsOn }),
            Properties: {
              ...Object.fromEntries(members.filter(([name]) => eventNames[name] === undefined)),
              ...(topic === null && topics !== undefined ? { Topics: topics } : {}),
            },
          },
        },
      },
    },
    { Role: 'IamRoleLambdaExecution', Handler: 'HandlerLambdaFunction' },
  ) as JsonObject;
}
