/** Of no account: `lint` with a template on standard input. */
import { reportFormats } from '../../src/report/formats/index.js';
import { templateFormats } from '../../src/template/resource.js';
import type { Invocation } from './invocation.js';
import { inFormats } from './words.js';

/** A template with a mapping, a role and two faults. */
export const templateOfMapping = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: consume
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{ Effect: Allow, Action: [kafka-cluster:Connect, kafka-cluster:Nope], Resource: '*' }]
  Handler:
    Type: AWS::Lambda::Function
    Properties: { Role: !GetAtt Role.Arn, Runtime: nodejs22.x, Handler: index.handler }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !Ref ClusterArn
      FunctionName: !Ref Handler
      Topics: [orders, payments]
      # msk-lambda-ignore: template.void-action known until 2999-01-01
      StartingPosition: LATEST
Parameters:
  ClusterArn: { Type: String }
`;

const lint = (...words: string[]): string[] => ['lint', '-', ...words];

export const lintInvocations = (): Invocation[] => [
  ...inFormats(lint(), reportFormats, templateOfMapping),
  ...templateFormats
    .filter((format) => format !== 'terraform')
    .map((format) => ({ words: lint('--format', format), input: templateOfMapping })),
  ...[
    ['--format', 'terraform'],
    ['--verbose'],
    ['--quiet'],
    ['--fail-on', 'warn'],
    ['--fail-on', 'unknown'],
    [
      '--parameter',
      'ClusterArn=arn:aws:kafka:eu-west-1:111122223333:cluster/orders/8d3f1c52-0000-4000-8000-000000000001-2',
    ],
    ['--parameters', 'given/none.json'],
    ['--region', 'eu-central-1', '--account', '111122223333'],
    ['--snapshot', 'given/scram.json'],
    ['--check', 'template.*'],
    ['--skip', 'template,network'],
    ['--output-file', 'out.txt', '--no-color'],
    ['--report', 'json=out.json'],
    ['--output', 'markdown', '--short'],
    ['--open'],
    ['--config', 'given/project.yaml', '--baseline', 'given/baseline.json'],
  ].map((words) => ({ words: lint(...words), input: templateOfMapping })),
  {
    words: ['baseline', 'update', 'out.json', '--lint', '-', '--parameter', 'Stage=prod'],
    input: templateOfMapping,
  },
  { words: ['baseline', 'update', 'out.json', '--lint', '-', '--parameters', 'given/none.json'] },
  { words: lint(), input: 'Resources: {a: 1' },
  { words: lint(), input: '' },
  { words: ['lint', 'given/none.yaml'] },
  { words: ['lint', '--plan', 'given/none.json', '--dir', 'given'] },
];
