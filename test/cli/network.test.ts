import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { startDouble } from '../wire/double.js';
import { networkAccounts } from '../../src/sandbox/accounts/network.js';
import { groupId, healthyAccount, publicSubnetIds, subnetIds, uuid } from '../../src/sandbox/healthy.js';
import type { Read } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-network-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Document {
  paths: { mapping: string; from: string; to: string; port: number; answer: string; by: string | null }[];
  undecided: { mapping: string; because: string }[];
  waysOut: { way: string; services: string[]; needs: string; changes: unknown[] }[];
  whatIf?: { changes: { service: string; operation: string; input: object }[]; paths: { answer: string }[] };
}

const isValid = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../schema/network.v1.json', import.meta.url), 'utf8')) as object,
);

async function network(...words: string[]) {
  const ran = await runInProcess(['network', ...words, '--output', 'json']);
  const document = (ran.stdout === '' ? undefined : JSON.parse(ran.stdout)) as Document;
  if (document !== undefined) expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
  return { ...ran, document, answers: [...new Set((document?.whatIf ?? document)?.paths.map(({ answer }) => answer))] };
}

describe('what is', () => {
  test('a healthy account: every path reaches, nothing is offered, exit 0', async () => {
    const { exitCode, answers, document } = await network('--sandbox', 'endpoints');
    expect({ exitCode, answers, offers: document.waysOut }).toEqual({ exitCode: 0, answers: ['reaches'], offers: [] });
  });

  test.each(networkAccounts.filter(({ name }) => name !== 'subnet-gone').map(({ name }) => name))(
    '%s: blocked, exit 1, in text and in JSON',
    async (name) => {
      const { exitCode, document } = await network('--sandbox', name);
      expect(exitCode).toBe(1);
      expect(document.paths.map(({ answer }) => answer)).toContain('blocked');
      expect(await runInProcess(['network', '--sandbox', name])).toMatchObject({ exitCode: 1, stderr: '' });
    },
  );

  test('the ways out of an account without one, each with what it needs', async () => {
    const { document } = await network('--sandbox', 'nat-blackhole');
    expect(document.waysOut.map(({ way, services }) => [way, services])).toEqual([
      ['endpoints', ['lambda', 'sts']],
      ['nat-gateway', ['lambda', 'sts']],
      ['provisioned-pollers', ['lambda', 'sts']],
    ]);
    const { stdout } = await runInProcess(['network', '--sandbox', 'nat-blackhole']);
    expect(stdout).toMatch(
      /Ways to reach the services\n- VPC endpoints \(Lambda, STS\)\n\s+needs interface endpoints for Lambda and STS, with private DNS/,
    );
    expect(stdout).toMatch(/blocked: aws-path/);
  });

  test('an endpoint that is there needs no new one', async () => {
    const { document } = await network('--sandbox', 'endpoint-group');
    expect(document.waysOut[0]).toMatchObject({
      way: 'endpoints',
      needs: 'the existing endpoints, after the fix for endpoint-ingress',
      changes: [{ operation: 'AuthorizeSecurityGroupIngress' }],
    });
  });

  test('--explain gives the hops, --quiet a line a mapping', async () => {
    expect((await runInProcess(['network', '--sandbox', 'endpoints', '--explain'])).stdout).toMatch(
      /network ACL acl-\S+ \(of private-a\)[\s\S]+interface endpoint lambda-endpoint \(vpce-\S+\) \(private DNS enabled; in\s+private-a/,
    );
    expect((await runInProcess(['network', '--sandbox', 'endpoint-group', '--quiet'])).stdout).toBe(
      `${uuid} blocked network.endpoint-ingress\n`,
    );
  });
});

describe('what cannot be told', () => {
  const write = (name: string, change: (snapshot: Snapshot) => void): string => {
    const snapshot = healthyAccount();
    change(snapshot);
    writeFileSync(join(folder, name), JSON.stringify(snapshot));
    return join(folder, name);
  };
  const denied: Read<never> = {
    outcome: 'denied',
    service: 'ec2',
    operation: 'DescribeNetworkAcls',
    action: 'ec2:DescribeNetworkAcls',
    error: 'UnauthorizedOperation',
  };

  test('names the right that would tell, exit 3', async () => {
    const file = write('acls.json', (snapshot) =>
      Object.keys(snapshot.networkAcls).forEach((id) => (snapshot.networkAcls[id] = denied)),
    );
    const { exitCode, document } = await network('--snapshot', file);
    expect(exitCode).toBe(3);
    expect(document.paths.find(({ answer }) => answer === 'unknown')).toMatchObject({
      by: 'network.nacl',
      evidence: [{ fact: 'ec2:DescribeNetworkAcls was not answered to your credentials: UnauthorizedOperation' }],
    });
    expect((await runInProcess(['network', '--snapshot', file])).stdout).toMatch(
      /unknown: nacl[\s\S]+ec2:DescribeNetworkAcls was not answered/,
    );
  });

  test('a cluster that could not be read has no paths, and a reason', async () => {
    const file = write('cluster-denied.json', (snapshot) =>
      Object.keys(snapshot.clusters).forEach(
        (arn) => (snapshot.clusters[arn] = { ...denied, action: 'kafka:DescribeClusterV2' }),
      ),
    );
    const { exitCode, document } = await network('--snapshot', file);
    expect({ exitCode, paths: document.paths }).toEqual({ exitCode: 3, paths: [] });
    expect(document.undecided).toMatchObject([
      { mapping: uuid, because: expect.stringMatching(/kafka:DescribeClusterV2/) as string },
    ]);
  });
});

describe('a cluster without a mapping', () => {
  /** The healthy account as a snapshot whose mapping nobody made. */
  const file = join(folder, 'cluster.json');
  const snapshot = healthyAccount({ wayOut: 'none' });
  writeFileSync(file, JSON.stringify({ ...snapshot, mappings: {}, mappingLists: {}, targets: [] }));

  test('is judged as for a mapping to come', async () => {
    const { exitCode, document } = await network('orders-cluster', '--snapshot', file);
    expect(exitCode).toBe(1);
    expect(document.paths.filter(({ to }) => to.startsWith('broker')).every(({ answer }) => answer === 'reaches')).toBe(
      true,
    );
    expect(document.waysOut.map(({ way, changes }) => [way, changes.length > 0])).toEqual([
      ['endpoints', true],
      ['nat-gateway', false],
      ['provisioned-pollers', false],
    ]);
    expect((await runInProcess(['network', 'orders-cluster', '--snapshot', file])).stdout).toMatch(
      /^orders-cluster \(no mapping yet\)\n/,
    );
  });

  test.each([
    ['scram', 9096, 'SASL_SCRAM_512_AUTH'],
    ['mtls', 9094, 'CLIENT_CERTIFICATE_TLS_AUTH'],
  ] as const)('of which nobody gets in without a secret, with one: %s', async (auth, port, type) => {
    const named = join(folder, `${auth}.json`);
    writeFileSync(named, JSON.stringify({ ...healthyAccount({ auth }), mappings: {}, mappingLists: {}, targets: [] }));
    const { exitCode, document } = await network('orders-cluster', '--snapshot', named);
    expect({
      exitCode,
      to: [...new Set(document.paths.map((path) => (path.to.startsWith('broker') ? path.port : path.to)))],
    }).toEqual({ exitCode: 0, to: [port, 'lambda', 'sts', 'secretsmanager'] });
    expect((await runInProcess(['network', 'orders-cluster', '--snapshot', named])).stdout).toContain(
      `one with a ${type} secret`,
    );
  });

  test('a name that is no cluster either is a usage error', async () => {
    expect(await runInProcess(['network', 'orders', '--snapshot', file])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('--what-if', () => {
  test.each([
    { name: 'no-self-reference', changes: [`ingress:${groupId}:9098:${groupId}`] },
    { name: 'no-self-reference', changes: [`ingress:${groupId}:9092-9098:10.0.0.0/16`] },
    { name: 'broker-egress', changes: [`egress:${groupId}:all:0.0.0.0/0`] },
    { name: 'no-sts-endpoint', changes: ['endpoint:sts'] },
    { name: 'no-sts-endpoint', changes: ['provisioned'] },
    { name: 'private-dns-off', changes: ['private-dns:vpce-0a1b2c3d4e5f60002'] },
    { name: 'nat-blackhole', changes: [`nat:${publicSubnetIds[0]}`] },
    { name: 'nat-blackhole', changes: ['endpoint:lambda', 'endpoint:sts', `ingress:${groupId}:443:${groupId}`] },
    {
      name: 'https-egress',
      changes: [
        `aws ec2 authorize-security-group-egress --group-id ${groupId} --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]' --region eu-west-1`,
      ],
    },
    {
      name: 'vpc-dns-off',
      changes: [
        '{"service":"ec2","operation":"ModifyVpcAttribute","input":{"VpcId":"vpc-0a1b2c3d4e5f60001","EnableDnsHostnames":{"Value":true}}}',
      ],
    },
  ])('$name with $changes reaches, and the account is as it was', async ({ name, changes }) => {
    const { exitCode, answers, document } = await network(
      '--sandbox',
      name,
      ...changes.flatMap((change) => ['--what-if', change]),
    );
    expect({ exitCode, answers }).toEqual({ exitCode: 0, answers: ['reaches'] });
    expect(document.paths.map(({ answer }) => answer)).toContain('blocked');
    expect(document.whatIf!.changes.length).toBeGreaterThanOrEqual(changes.length);
  });

  test('a change that breaks what works is exit 1, with before and after in the cell', async () => {
    const { exitCode, stdout } = await runInProcess([
      'network',
      '--sandbox',
      'endpoints',
      '--what-if',
      `revoke-ingress:${groupId}:9098:${groupId}`,
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('reaches → blocked: broker-ingress');
    expect(stdout).toContain('Nothing was changed in the account.');
  });

  test('each fix that doctor offers can be given as it stands, also from a file', async () => {
    const doctor = await runInProcess(['doctor', '--sandbox', 'endpoint-policy', '--output', 'json']);
    const { mappings } = JSON.parse(doctor.stdout) as { mappings: { findings: { fixes: object[] }[] }[] };
    const file = join(folder, 'fix.json');
    writeFileSync(file, JSON.stringify(mappings[0]!.findings.flatMap(({ fixes }) => fixes)));
    expect((await network('--sandbox', 'endpoint-policy', '--what-if', `file://${file}`)).exitCode).toBe(0);
  });

  test('each line that doctor prints for the AWS CLI can be given', async () => {
    const doctor = await runInProcess(['doctor', '--sandbox', 'acl-without-answers']);
    const commands = doctor.stdout
      .replace(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('aws ec2 create-network-acl-entry'));
    expect(commands.length).toBeGreaterThan(0);
    expect(
      (await network('--sandbox', 'acl-without-answers', ...commands.flatMap((line) => ['--what-if', line]))).exitCode,
    ).toBe(0);
  });

  test.each([
    [['turn-it-off'], /is not a change that can be simulated/],
    [['ingress:sg-1:9098'], /needs a security group, a CIDR or a prefix list/],
    [['ingress:sg-1:broker:sg-1'], /is not a port/],
    [[`ingress:${groupId}:9098:10.0.0.0`], /is not a security group/],
    [['ingress:sg-none:9098:sg-none'], /cannot be simulated: sg-none does not exist/],
    [['aws ec2 run-instances --image-id ami-1'], /cannot be simulated/],
    [['{"service":"ec2"}'], /needs service, operation and input/],
    [['{"service":'], /invalid JSON/],
    [['file:///nonexistent/change.json'], /file not found/],
    [[`nat:${subnetIds[0]}x`], /was not read from this account/],
    [['route:rtb-none:0.0.0.0/0:nat-1'], /rtb-none was not read/],
  ])('%s is a usage error', async (changes, message) => {
    const { exitCode, stdout, stderr } = await runInProcess([
      'network',
      '--sandbox',
      'endpoints',
      ...changes.flatMap((change) => ['--what-if', change]),
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

test('a cluster without a mapping, over HTTP: read as for a mapping to come, and nothing is written', async () => {
  const account = healthyAccount();
  const double = await startDouble(
    createSandbox({ ...account, mappings: {}, mappingLists: { '*': { outcome: 'ok', value: [] } }, targets: [] })
      .answer as Answerer,
  );
  const [region, key] = ['eu-west-1', 'made-up'];
  const kept = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: key, AWS_ENDPOINT_URL: double.url });
  try {
    const { exitCode, answers } = await network('orders-cluster', '--region', region);
    expect({ exitCode, answers }).toEqual({ exitCode: 0, answers: ['reaches'] });
    expect(double.requests.filter((name) => !/ (Describe|Get|List|Search)/.test(name))).toEqual([]);
    expect(await runInProcess(['network', 'no-such-cluster', '--region', region])).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
  } finally {
    process.env = kept;
    await double.close();
  }
});
