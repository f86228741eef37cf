/** The files that invocations name under `given/`: snapshots, files of mappings, certificates and secrets. */
import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { makeCertificate } from '../../src/sandbox/certificate.js';
import { accountOf, type Account } from './account.js';
import type { Build } from './build.js';
import { eventSchemaFile } from './event-invocations.js';

/** Certificates are dated around the clock that every run begins with. */
const [before, after] = [new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z')];

/** Writes what belongs to an account, as the build itself prints it, and gives the names that stand in it. */
export async function writeAccount(folder: string, build: Build, name: string): Promise<Account> {
  const print = async (...words: string[]) => (await build.run({ words: [...words, '--sandbox', name] })).stdout;
  const snapshot = await print('snapshot');
  const mappings = await print('apply', '--print-file');
  writeFileSync(join(folder, `${name}.json`), snapshot);
  writeFileSync(join(folder, `${name}.yaml`), mappings);
  const { mappings: list = [] } = (parse(mappings) ?? {}) as { mappings?: Record<string, unknown>[] };
  const [first = {}] = list;
  const changed = [
    { ...first, batchSize: 77, batchingWindow: 3 },
    ...list.slice(2),
    { ...first, topic: 'payments', consumerGroup: 'payments-readers' },
  ];
  writeFileSync(join(folder, `${name}.changed.yaml`), stringify({ mappings: changed }));
  writeFileSync(join(folder, `${name}.one.json`), JSON.stringify({ ...first, topic: 'payments' }));
  return accountOf(
    name,
    JSON.parse(snapshot) as Record<string, unknown>,
    JSON.parse(await print('doctor', '--output', 'json')),
  );
}

/** Writes what belongs to no account. */
export function writeGeneral(folder: string): void {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const parties = { subject: 'client', issuer: 'Example CA' };
  const { chain, privateKey } = makeCertificate({ ...parties, from: before, to: after });
  const expired = makeCertificate({ ...parties, from: new Date('2020-01-01'), to: before });
  const key = createPrivateKey(privateKey);
  write(eventSchemaFile.name, eventSchemaFile.text);
  write('undo.json', JSON.stringify(undoFile));
  write('client.pem', chain[0] ?? '');
  write('chain.pem', chain[1] ?? '');
  write('expired.pem', expired.chain.join(''));
  write('key.pem', privateKey);
  write('sec1.pem', key.export({ type: 'sec1', format: 'pem' }) as string);
  write(
    'encrypted.pem',
    key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'pw' }) as string,
  );
  const secrets: Record<string, unknown> = {
    user: { username: 'orders', password: 'secret' },
    misspelt: { user: 'orders', pass: 'secret' },
    client: { certificate: chain.join(''), privateKey },
    expired: { certificate: expired.chain.join(''), privateKey: expired.privateKey },
    mixed: { certificate: chain.toReversed().join(''), privateKey: expired.privateKey },
    empty: {},
    text: 'orders:secret',
  };
  for (const [name, content] of Object.entries(secrets)) write(`${name}.json`, JSON.stringify(content));
  write(
    'change.json',
    JSON.stringify([
      { service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: 'none', Enabled: true } },
    ]),
  );
  write('wrong.yaml', 'mappings:\n  - function: a\n    batchSize: many\n    nothing: 1\n  - 5\n');
}

const policy = (effect: string): object => ({
  RoleName: 'order-handler-role',
  PolicyName: 'made-by-a-fix',
  PolicyDocument: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: '*', Resource: '*' }],
  }),
});

/** Changes that no account has: nothing is reverted, so the file stays as it is. */
const undoFile = {
  kind: 'msk-lambda undo',
  schemaVersion: 1,
  account: '111122223333',
  region: 'eu-west-1',
  at: '2026-06-30T08:00:00.000Z',
  steps: [
    {
      id: 'step-1',
      resource: 'arn:aws:iam::111122223333:role/order-handler-role',
      reason: 'The role may not read the topic.',
      call: { service: 'iam', operation: 'PutRolePolicy', input: policy('Allow') },
      undo: { service: 'iam', operation: 'PutRolePolicy', input: policy('Deny') },
      outcome: 'made',
      undoneAt: null,
    },
    {
      id: 'step-2',
      resource: 'orders-cluster',
      reason: 'The topic does not exist.',
      call: { service: 'kafka', operation: 'CreateTopic', input: { TopicName: 'returns' } },
      undo: null,
      outcome: 'made',
      undoneAt: null,
    },
  ],
};
