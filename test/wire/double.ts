/** AWS on loopback: real HTTP, each service in its own protocol, answers from an account in memory. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answerer } from '../../src/account/clients.js';
import { encodeEc2, encodeJson, encodeQuery, encodeRestXml, lowerFirst } from './encode.js';

type Call = Parameters<Answerer>[0];
type Protocol = 'rest-json' | 'json' | 'ec2' | 'query' | 'rest-xml';

export const faults = ['denied', 'throttled', 'cut', 'hung', 'half', 'nonsense', 'reset', 'nameless', 'page'] as const;
export type ReadFault = (typeof faults)[number];
/** `cut-after`: the call is carried out, and its answer never comes. */
export type Fault = ReadFault | 'cut-after';

export interface Double {
  url: string;
  /** `service Operation` of each request, in order. */
  requests: string[];
  close(): Promise<void>;
}

const targets: Record<string, Call['service']> = {
  secretsmanager: 'secretsmanager',
  TrentService: 'kms',
  GraniteServiceVersion20100801: 'cloudwatch',
  Logs_20140328: 'logs',
  AmazonSQS: 'sqs',
  AWSGlue: 'glue',
  AWSOrganizationsV20161128: 'organizations',
};
const versions: Record<string, Call['service']> = {
  '2016-11-15': 'ec2',
  '2010-05-08': 'iam',
  '2011-06-15': 'sts',
  '2010-03-31': 'sns',
};
/** Changes by path: the method says which. */
const changes: [method: string, RegExp, operation: string, member: string, service?: Call['service']][] = [
  ['POST', /^\/2015-03-31\/event-source-mappings\/?$/, 'CreateEventSourceMapping', ''],
  ['PUT', /^\/2015-03-31\/event-source-mappings\/([^/]+)$/, 'UpdateEventSourceMapping', 'UUID'],
  ['DELETE', /^\/2015-03-31\/event-source-mappings\/([^/]+)$/, 'DeleteEventSourceMapping', 'UUID'],
  ['POST', /^\/2017-03-31\/tags\/(.+)$/, 'TagResource', 'Resource'],
  ['DELETE', /^\/2017-03-31\/tags\/(.+)$/, 'UntagResource', 'Resource'],
  ['POST', /^\/2015-03-31\/functions\/?$/, 'CreateFunction', ''],
  ['DELETE', /^\/2015-03-31\/functions\/([^/]+)$/, 'DeleteFunction', 'FunctionName'],
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, 'Invoke', 'FunctionName'],
  ['PUT', /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, 'PutFunctionConcurrency', 'FunctionName'],
  ['DELETE', /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, 'DeleteFunctionConcurrency', 'FunctionName'],
  ['PUT', /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, 'UpdateFunctionConfiguration', 'FunctionName'],
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/versions$/, 'PublishVersion', 'FunctionName'],
  ['POST', /^\/v1\/clusters\/([^/]+)\/scram-secrets$/, 'BatchAssociateScramSecret', 'ClusterArn', 'kafka'],
  ['PATCH', /^\/v1\/clusters\/([^/]+)\/scram-secrets$/, 'BatchDisassociateScramSecret', 'ClusterArn', 'kafka'],
  ['POST', /^\/v1\/clusters\/([^/]+)\/topics$/, 'CreateTopic', 'ClusterArn', 'kafka'],
];
/** Route 53's, which answers in XML. */
const xmlPaths: [RegExp, string, string][] = [
  [/^\/2013-04-01\/hostedzonesbyvpc\/?$/, 'ListHostedZonesByVPC', ''],
  [/^\/2013-04-01\/hostedzone\/([^/]+)\/rrset$/, 'ListResourceRecordSets', 'HostedZoneId'],
];
const paths: [RegExp, Call['service'], string, string][] = [
  [/^\/2017-03-31\/tags\/(.+)$/, 'lambda', 'ListTags', 'Resource'],
  [/^\/2015-03-31\/event-source-mappings\/([^/]+)$/, 'lambda', 'GetEventSourceMapping', 'UUID'],
  [/^\/2015-03-31\/event-source-mappings\/?$/, 'lambda', 'ListEventSourceMappings', ''],
  [/^\/2015-03-31\/functions\/?$/, 'lambda', 'ListFunctions', ''],
  [/^\/2015-03-31\/functions\/([^/]+)\/configuration$/, 'lambda', 'GetFunctionConfiguration', 'FunctionName'],
  [/^\/2015-03-31\/functions\/([^/]+)$/, 'lambda', 'GetFunction', 'FunctionName'],
  [/^\/2019-09-30\/functions\/([^/]+)\/concurrency$/, 'lambda', 'GetFunctionConcurrency', 'FunctionName'],
  [/^\/api\/v2\/clusters\/([^/]+)$/, 'kafka', 'DescribeClusterV2', 'ClusterArn'],
  [/^\/v1\/clusters\/([^/]+)\/bootstrap-brokers$/, 'kafka', 'GetBootstrapBrokers', 'ClusterArn'],
  [/^\/v1\/clusters\/([^/]+)\/topics$/, 'kafka', 'ListTopics', 'ClusterArn'],
  [/^\/v1\/clusters\/([^/]+)\/scram-secrets$/, 'kafka', 'ListScramSecrets', 'ClusterArn'],
  [/^\/v1\/clusters\/([^/]+)\/policy$/, 'kafka', 'GetClusterPolicy', 'ClusterArn'],
  [/^\/v1\/vpc-connection\/([^/]+)$/, 'kafka', 'DescribeVpcConnection', 'Arn'],
  [/^\/api\/v2\/clusters\/?$/, 'kafka', 'ListClustersV2', ''],
];

/** Answers by `answerer`; `faultOf` names what goes wrong with a call, if anything. */
export async function startDouble(
  answerer: Answerer,
  faultOf: (name: string, region: string) => Fault | undefined = () => undefined,
): Promise<Double> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then(async (body) => {
      const { call, protocol } = parse(request, body);
      const name = `${call.service} ${call.operation}`;
      requests.push(name);
      const fault = faultOf(name, regionOf(request));
      if (fault === undefined) await reply(response, protocol, call, answerer);
      else if (fault === 'cut-after') {
        await answerer(call);
        response.socket?.destroy();
      } else fail(response, protocol, fault);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // One that is left open keeps no test process alive.
  server.unref();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close: () => close(server) };
}

/** As it was signed for. */
const regionOf = (request: IncomingMessage): string =>
  /Credential=[^/]+\/\d+\/([^/]+)\//.exec(String(request.headers.authorization))?.[1] ?? '';

const queryOf = (url = ''): URLSearchParams => new URL(url, 'http://localhost').searchParams;

function parse(request: IncomingMessage, body: string): { call: Call; protocol: Protocol } {
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target !== '') {
    const [prefix = '', operation = ''] = target.split('.');
    return { protocol: 'json', call: { service: targets[prefix]!, operation, input: fromJson(body) } };
  }
  const path = (request.url ?? '').split('?')[0]!;
  for (const [method, pattern, operation, member, service = 'lambda'] of changes) {
    const match = method === request.method ? pattern.exec(path) : null;
    if (match !== null)
      return {
        protocol: 'rest-json',
        call: {
          service,
          operation,
          input: {
            ...(operation === 'Invoke'
              ? { Payload: Buffer.from(body) }
              : service === 'kafka'
                ? inUpperCase(fromJson(body))
                : fromJson(body)),
            ...(operation === 'UntagResource' ? { TagKeys: queryOf(request.url).getAll('tagKeys') } : {}),
            ...(member === '' ? {} : { [member]: decodeURIComponent(match[1]!) }),
          },
        },
      };
  }
  for (const [pattern, operation, member] of xmlPaths) {
    const match = pattern.exec(path);
    if (match !== null)
      return {
        protocol: 'rest-xml',
        call: {
          service: 'route53',
          operation,
          input: {
            ...inCapitals(queryOf(request.url)),
            ...(member === '' ? {} : { [member]: decodeURIComponent(match[1] ?? '') }),
          },
        },
      };
  }
  for (const [pattern, service, operation, member] of paths) {
    const match = pattern.exec(path);
    if (match !== null)
      return {
        protocol: 'rest-json',
        call: {
          service,
          operation,
          input: {
            ...fromQuery(request.url),
            ...(member === '' ? {} : { [member]: decodeURIComponent(match[1] ?? '') }),
          },
        },
      };
  }
  const form = new URLSearchParams(body);
  const service = versions[form.get('Version') ?? '']!;
  return {
    protocol: service === 'ec2' ? 'ec2' : 'query',
    call: { service, operation: form.get('Action') ?? '', input: fromForm(form) },
  };
}

/** `vpcid` as the SDK was given it. */
const inCapitals = (query: URLSearchParams): object => {
  const members: Record<string, string> = { vpcid: 'VPCId', vpcregion: 'VPCRegion', nexttoken: 'NextToken' };
  return Object.fromEntries([...query].map(([name, value]) => [members[name] ?? name, value]));
};

/** Lambda writes its members in capitals, MSK in small letters. */
const fromQuery = (url = ''): object =>
  Object.fromEntries(
    [...new URL(url, 'http://localhost').searchParams].map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      value,
    ]),
  );

/** A body as the SDK was given it: seconds are instants again. */
function fromJson(body: string): object {
  const input = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
  const instants = ['StartingPositionTimestamp', 'StartTime', 'EndTime'].flatMap((name) => {
    const seconds = input[name];
    return typeof seconds === 'number' ? [[name, new Date(seconds * 1000)]] : [];
  });
  return { ...input, ...Object.fromEntries(instants) };
}

/** MSK writes its members with a small first letter. */
const inUpperCase = (input: object): object =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );

/** Members of EC2's and IAM's inputs that are not texts; all values of a form are. */
const numbers = new Set(['FromPort', 'ToPort', 'RuleNumber', 'From', 'To']);
const formValue = (name: string, value: string): unknown =>
  numbers.has(name) ? Number(value) : value === 'true' || value === 'false' ? value === 'true' : value;
/** What EC2 calls a list of the SDK in a form. */
const formLists: Record<string, string> = { Groups: 'UserIdGroupPairs' };

/** `IpPermissions.1.Groups.1.GroupId=sg-1`, `PortRange.From=443`. */
function putDeep(input: Record<string, unknown>, path: readonly string[], value: string): void {
  const [first = '', second, ...rest] = path;
  const name = formLists[first] ?? first;
  if (second === undefined) input[name] = formValue(name, value);
  else if (/^\d+$/.test(second)) {
    const list = (input[name] ??= []) as Record<string, unknown>[];
    putDeep((list[Number(second) - 1] ??= {}), rest, value);
  } else putDeep((input[name] ??= {}) as Record<string, unknown>, [second, ...rest], value);
}

/** `VpcId.1=a`, `Filter.1.Name=b`, `Filter.1.Value.1=c` as the SDK was given them. */
function fromForm(form: URLSearchParams): object {
  const input: Record<string, unknown> = {};
  const filters: { Name: string; Values: string[] }[] = [];
  for (const [name, value] of form) {
    const filter = /^Filter\.(\d+)\.(Name|Value)/.exec(name);
    const item = /^(\w+)\.(?:member\.)?\d+$/.exec(name)?.[1];
    if (filter !== null) {
      const named = (filters[Number(filter[1]) - 1] ??= { Name: '', Values: [] });
      if (filter[2] === 'Name') named.Name = value;
      else named.Values.push(value);
    } else if (item !== undefined) {
      const list = item.endsWith('s') ? item : `${item}s`;
      input[list] = [...((input[list] ?? []) as string[]), value];
    } else if (name.includes('.')) putDeep(input, name.split('.'), value);
    else input[name] = formValue(name, value);
  }
  return filters.length === 0 ? input : { ...input, Filters: filters };
}

async function reply(response: ServerResponse, protocol: Protocol, call: Call, answerer: Answerer): Promise<void> {
  try {
    const output = await answerer(call);
    if (call.operation === 'Invoke') replyToInvoke(response, output);
    else if (protocol === 'rest-xml') response.end(encodeRestXml(call.operation, output));
    else if (protocol === 'ec2') response.end(encodeEc2(call.operation, output));
    else if (protocol === 'query') response.end(encodeQuery(call.operation, output));
    else response.end(encodeJson(output, call.service === 'kafka' ? lowerFirst : (name) => name));
  } catch (error) {
    const { name, message, $metadata: metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    sendError(response, protocol, name, metadata?.httpStatusCode ?? 400, message);
  }
}

interface Invoked {
  Payload: Uint8Array;
  FunctionError?: string;
  LogResult?: string;
}

function replyToInvoke(response: ServerResponse, output: object): void {
  const { Payload, FunctionError, LogResult } = output as Invoked;
  if (FunctionError !== undefined) response.setHeader('x-amz-function-error', FunctionError);
  if (LogResult !== undefined) response.setHeader('x-amz-log-result', LogResult);
  response.end(Payload);
}

const deniedNames: Record<Protocol, string> = {
  'rest-json': 'AccessDeniedException',
  json: 'AccessDeniedException',
  ec2: 'UnauthorizedOperation',
  query: 'AccessDenied',
  'rest-xml': 'AccessDenied',
};
const throttledNames: Record<Protocol, string> = {
  'rest-json': 'TooManyRequestsException',
  json: 'ThrottlingException',
  ec2: 'RequestLimitExceeded',
  query: 'Throttling',
  'rest-xml': 'Throttling',
};

function fail(response: ServerResponse, protocol: Protocol, fault: Fault): void {
  if (fault === 'denied') sendError(response, protocol, deniedNames[protocol], protocol === 'json' ? 400 : 403);
  if (fault === 'throttled')
    sendError(
      response,
      protocol,
      throttledNames[protocol],
      protocol === 'rest-json' ? 429 : protocol === 'ec2' ? 503 : 400,
    );
  if (fault === 'nameless') response.writeHead(404).end();
  if (fault === 'page') response.end('<html><body>Sign in</body></html>');
  if (fault === 'nonsense') response.end('<html>{"what": is this');
  if (fault === 'reset') response.socket?.destroy();
  if (fault === 'cut' || fault === 'half') {
    response.writeHead(200, { 'content-length': '1000' });
    response.write(protocol === 'ec2' || protocol === 'query' || protocol === 'rest-xml' ? '<Response><a>' : '{"a": ');
    // `half` goes on waiting for the rest; `hung` never even begins.
    if (fault === 'cut') setTimeout(() => response.socket?.destroy(), 5);
  }
}

function sendError(
  response: ServerResponse,
  protocol: Protocol,
  name: string,
  status: number,
  message = 'made up for a test',
): void {
  const xml = {
    ec2: `<Response><Errors><Error><Code>${name}</Code><Message>${message}</Message></Error></Errors></Response>`,
    query: `<ErrorResponse><Error><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    'rest-xml': `<ErrorResponse><Error><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
  response.writeHead(status, protocol === 'rest-json' ? { 'x-amzn-errortype': name } : {});
  response.end(
    protocol === 'ec2' || protocol === 'query' || protocol === 'rest-xml'
      ? xml[protocol]
      : JSON.stringify({ __type: name, message }),
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function close(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeAllConnections();
  return closed;
}
