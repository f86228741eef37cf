/** Per sandbox account: the commands that only read. */
import type { Account } from './account.js';
import type { Invocation } from './invocation.js';
import { reportFormats } from '../../src/report/formats/index.js';
import { templateOfMapping } from './lint-invocations.js';
import { audiences, inFormats, on, sometimes } from './words.js';

export const readInvocations = (account: Account): Invocation[] =>
  [...diagnose(account), ...look(account), ...network(account), ...policy(account), ...snapshot(account)].map(
    on(account),
  );

function diagnose({ uuids: [uuid = ''], function: name, cluster, texts }: Account): Invocation[] {
  return [
    ...inFormats('doctor', reportFormats),
    { words: ['lint', '-', '--live'], input: templateOfMapping },
    { words: ['doctor', '--verbose'] },
    // Refused: the times of a probe differ in each run.
    { words: ['probe', '--via', 'socks5://127.0.0.1:9'] },
    ...inFormats('baseline update out.json', ['text', 'json']),
    ...inFormats('doctor --plan', ['text', 'json']),
    ...inFormats('doctor --fix --dry-run', ['text', 'json']),
    ...inFormats('doctor --fix --yes', ['text', 'json']),
    ...inFormats('doctor --fix --yes --wait --wait-timeout 200', ['text', 'json']),
    ...inFormats(`explain ${uuid}`, ['text', 'json']),
    ...texts.map((text) => ({ words: ['explain', text] })),
    ...sometimes([
      ...inFormats('doctor --verbose', ['json', 'jsonl']),
      ...inFormats('doctor --all', ['text', 'json']),
      ...inFormats(`doctor ${uuid}`, ['text', 'jsonl']),
      ...inFormats('doctor --check network,access.kafka-* --verbose', ['text', 'json']),
      ...inFormats('doctor --skip network,mapping.*', ['text', 'json']),
      ...inFormats('doctor --no-secret-values', ['text', 'json']),
      ...inFormats('doctor --regions eu-west-1,us-east-1', ['text', 'json', 'jsonl']),
      { words: ['doctor', '--fix', '--yes', '--wait', '--wait-timeout', '5', '--quiet'] },
      { words: ['doctor', '--wait', '--wait-timeout', '40'] },
      { words: ['doctor', '--fix'] },
      { words: ['doctor', '--plan', '--choose', '2', '--verbose'], columns: 60 },
      { words: ['doctor', '--plan', '--quiet'] },
      ...['shell', 'terraform', 'cloudformation'].map((format) => ({ words: ['doctor', '--plan-format', format] })),
      { words: ['doctor', '--fix', '--yes', '--choose', '1', '--no-wait', '--undo-file', 'undo.json'] },
      { words: ['doctor', '--fix', '--yes', '--allow-risky', '--change-owned', '--output', 'jsonl'] },
      // Refused: the times of a probe differ in each run.
      { words: ['doctor', '--probe', '--plan'] },
      { words: ['doctor', '--from-vpc'] },
      { words: ['doctor', '--via', 'socks5://127.0.0.1:9'] },
      { words: ['doctor', '--assume-role', 'order-handler-role', '--ca-file', 'ca.pem'] },
      { words: ['doctor', '--quiet'] },
      { words: ['doctor', '--fail-on', 'warn'] },
      { words: ['doctor', '--fail-on', 'disabled'] },
      { words: ['doctor', '--debug'] },
      { words: ['doctor', '--regions', 'all', '--verbose'] },
      { words: ['doctor', name, cluster, '--report', 'json=out.json'] },
      { words: ['network', '--report', 'jsonl=out.jsonl'] },
      { words: ['doctor', '--output', 'markdown', '--short'] },
      { words: ['network', '--output', 'markdown', '--short'] },
      { words: ['doctor', '--report', 'html=out.html', '--open'] },
      { words: ['network', '--open'] },
      { words: ['network', '--config', 'given/project.yaml'] },
      { words: ['doctor', '--config', 'given/project.yaml', '--baseline', 'given/baseline.json'] },
      { words: ['baseline', 'update', 'out.json', '--check', 'access,network', '--skip', 'network'] },
      { words: ['baseline', 'update', 'out.json', uuid, '--quiet', '--config', 'given/project.yaml'] },
      { words: ['doctor', '--output-file', 'out.txt'] },
      { words: ['doctor'], env: { FORCE_COLOR: '3' } },
      { words: ['doctor', '--verbose'], columns: 60 },
      { words: ['doctor', '--verbose', '--no-color'], columns: 160 },
      { words: ['explain', uuid, '--verbose'], env: { FORCE_COLOR: '1', COLUMNS: '70' } },
    ]),
  ];
}

function look({ uuids: [uuid = ''], function: name, cluster, clusterArn }: Account): Invocation[] {
  return [
    { words: ['watch', '--for', '2m'] },
    // Refused: the times of a replay differ in each run.
    { words: ['replay', '--via', 'socks5://127.0.0.1:9'] },
    { words: ['event', 'generate', '--latest', '2', '--timestamp', '5'] },
    { words: ['mcp'], input: mcpRequests },
    ...['list', 'inspect', `lag ${uuid}`, `broker ${cluster}`, `broker ${uuid}`, `topic list ${cluster}`].flatMap(
      (line) => inFormats(line, ['text', 'json']),
    ),
    ...sometimes([
      ...[`list ${name}`, `list ${cluster}`, `inspect ${uuid}`, `broker ${clusterArn}`].flatMap((line) =>
        inFormats(line, ['text', 'json']),
      ),
      ...['list', 'inspect'].flatMap((command) => [
        { words: [command, '--quiet'] },
        { words: [command, '--verbose'], columns: 70 },
        { words: [command, '--output-file', 'out.txt'], env: { FORCE_COLOR: '1' } },
        { words: [command], env: { FORCE_COLOR: '1' } },
      ]),
      { words: ['inspect', '--no-secret-values'] },
      ...alarms(uuid),
      { words: ['lag', uuid, '--quiet'] },
      ...watches(uuid),
      ...['iam', 'scram', 'mtls', 'tls', 'plaintext'].map((auth) => ({ words: ['broker', cluster, '--auth', auth] })),
      { words: ['broker', uuid, '--quiet'] },
      { words: ['broker', uuid, '--verbose'], env: { FORCE_COLOR: '1' } },
      { words: ['topic', 'list', clusterArn, '--quiet'] },
      { words: ['topic', 'list', clusterArn, '--verbose'], columns: 60 },
    ]),
  ];
}

function network(account: Account): Invocation[] {
  const {
    uuids: [uuid = ''],
    cluster,
  } = account;
  const tried = changesToTry(account).map((changes) => [
    'network',
    ...changes.flatMap((change) => ['--what-if', change]),
  ]);
  return [
    ...inFormats('network', reportFormats),
    ...inFormats('network --explain', ['text', 'json']),
    ...sometimes([
      ...['network --verbose', `network ${uuid}`, `network ${cluster}`].flatMap((line) =>
        inFormats(line, ['text', 'json']),
      ),
      { words: ['network', '--quiet'] },
      { words: ['network', '--explain'], env: { FORCE_COLOR: '1' } },
      { words: ['network', '--explain', '--verbose'], columns: 60 },
      ...tried.flatMap((words) => [{ words }, { words: [...words, '--explain', '--output', 'json'] }]),
    ]),
  ];
}

/** What `--what-if` takes, in every form. */
function changesToTry(account: Account): string[][] {
  const [group = 'sg-none', other = group] = account.groups;
  const [table = 'rtb-none'] = account.routeTables;
  const [subnet = 'subnet-none'] = account.subnets;
  const natGateway = account.natGateways[0] ?? 'nat-none';
  const route = {
    service: 'ec2',
    operation: 'CreateRoute',
    input: { RouteTableId: table, DestinationCidrBlock: '192.0.2.0/24', GatewayId: 'igw-1' },
  };
  return [
    ['provisioned'],
    ['endpoint:lambda', 'endpoint:sts'],
    [`endpoint:secretsmanager:${group}`],
    ['endpoint:s3'],
    [`nat:${subnet}`],
    [`nat:${natGateway}`],
    [`ingress:${group}:9098:${group}`, `ingress:${other}:9092-9098:10.0.0.0/16`],
    [`egress:${group}:443:0.0.0.0/0`],
    [`egress:${group}:all:${other}`],
    [`revoke-ingress:${group}:9098:${group}`],
    [`revoke-egress:${group}:all:0.0.0.0/0`],
    [`private-dns:${account.endpoints[0] ?? 'vpce-none'}`],
    [`route:${table}:0.0.0.0/0:${natGateway}`],
    [`aws ec2 create-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1`],
    [`aws ec2 delete-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0 --region eu-west-1`],
    [JSON.stringify(route)],
    ['file://given/change.json'],
    ...(account.fix === null ? [] : [[JSON.stringify(account.fix)]]),
  ];
}

function policy({ uuids: [uuid = ''], function: name, role }: Account): Invocation[] {
  const formats = ['text', 'json', 'terraform', 'cloudformation'];
  return [
    ...audiences.flatMap((audience) => inFormats(`policy --for ${audience}`, formats)),
    ...inFormats('policy --for doctor --only-missing', formats),
    ...inFormats('policy', formats),
    ...inFormats(`policy ${uuid} --check ${role}`, ['text', 'json']),
    { words: ['policy', name, '--check', role, '--verbose'] },
    { words: ['policy', '--check', role, '--quiet'], env: { FORCE_COLOR: '1' } },
    { words: ['policy', '--check', 'nobody'] },
    { words: ['policy', '--output-file', 'out.json'] },
    { words: ['policy', name, '--verbose'], columns: 60 },
  ];
}

function snapshot({ name, uuids: [uuid = ''], cluster, role }: Account): Invocation[] {
  const file = `given/${name}.json`;
  const judged = [
    'inspect',
    'list',
    'network --explain',
    'network --what-if provisioned',
    `broker ${cluster}`,
    'policy',
  ];
  return [
    { words: ['snapshot'] },
    { words: ['snapshot', '--anonymize', '--anonymize-key', 'key', '--output-file', 'out.json'] },
    ...inFormats(`doctor --snapshot ${file}`, ['text', 'json']),
    ...inFormats(`snapshot diff given/nat-blackhole.json ${file}`, ['text', 'json']),
    ...sometimes([
      { words: ['snapshot', uuid, '-o', 'out.json'] },
      { words: ['snapshot', '--quiet', '--output', 'json', '--no-secret-values'] },
      { words: ['snapshot', '--anonymize', '--verbose'] },
      ...[...judged, 'doctor --verbose', `policy --check ${role}`, `explain ${uuid}`, 'snapshot'].flatMap((line) =>
        inFormats(`${line} --snapshot ${file}`, ['text', 'json']),
      ),
      ...inFormats(`snapshot diff ${file} given/several.json --verbose`, ['text', 'json']),
      { words: ['snapshot', 'diff', file, 'given/endpoints.json', '--quiet'], env: { FORCE_COLOR: '1' } },
    ]),
  ];
}

const notify = ['--notify', 'arn:aws:sns:eu-west-1:111122223333:on-call', '--lag-threshold', '500'];

/** What an assistant sends. */
const mcpRequests = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a', version: '1' } },
  },
  { id: 2, method: 'tools/list' },
  ...['doctor', 'network', 'inspect'].map((name, index) => ({
    id: 3 + index,
    method: 'tools/call',
    params: { name, arguments: {} },
  })),
]
  .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  .join('');

/** The clock of these runs moves with the timers. */
const watches = (uuid: string): Invocation[] =>
  [
    ['--until', 'healthy', '--quiet'],
    ['--interval', '30s', '--verbose', '--check', 'network', '--no-secret-values'],
    ['--skip', 'network', '--fail-on', 'warn', '--output', 'json'],
    ['--fail-on', 'disabled', '--output', 'jsonl'],
    ['--config', 'given/project.yaml', '--output-file', 'out.txt'],
  ].map((flags) => ({ words: ['watch', uuid, '--for', '2m', ...flags] }));

const alarms = (uuid: string): Invocation[] => [
  { words: ['alarms', uuid, ...notify] },
  { words: ['alarms', uuid, '--quiet'] },
  { words: ['alarms', uuid, '--output', 'json'] },
  ...['cli', 'cloudformation', 'terraform'].map((format) => ({ words: ['alarms', uuid, '--format', format] })),
  { words: ['alarms', uuid, '--format', 'cli', '--shell', 'powershell', ...notify] },
  { words: ['alarms', uuid, '--apply', '--dry-run'] },
  { words: ['alarms', uuid, '--apply', '--yes', '--output-file', 'out.txt'] },
];
