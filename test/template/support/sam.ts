/** The same account as a SAM template: SAM makes the role and the mapping. */
import type { JsonObject, Json } from '../../../src/template/resource.js';
import type { Template } from './healthy.js';

/** Role, function and mapping of a template as one SAM function with an event. */
export function toSam(template: Template): Template {
  const { Role, Handler, Mapping, ...others } = template.Resources;
  const { EventSourceArn: stream, FunctionName: _name, FilterCriteria, ...event } = Mapping!.Properties;
  const { Role: _role, Code, ...settings } = Handler!.Properties;
  const { Policies: policies, AssumeRolePolicyDocument: trust } = Role!.Properties;
  return {
    ...template,
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      ...others,
      Handler: {
        Type: 'AWS::Serverless::Function',
        ...(Mapping!.DependsOn === undefined ? {} : { DependsOn: Mapping!.DependsOn }),
        Properties: {
          ...settings,
          InlineCode: (Code as JsonObject)['ZipFile'] ?? '',
          AssumeRolePolicyDocument: trust!,
          Policies: (policies as JsonObject[]).map((policy) => policy['PolicyDocument']!),
          Events: {
            Mapping: {
              Type: 'MSK',
              Properties: {
                ...(stream === undefined ? {} : { Stream: stream }),
                ...event,
                ...(FilterCriteria === undefined ? {} : { FilterCriteria: FilterCriteria as Json }),
              },
            },
          },
        },
      },
    },
  };
}
