/** Several accounts as one with many mappings, whose resources are shared or not. */
import fc from 'fast-check';
import {
  account,
  clusterName,
  clusterUuid,
  functionName,
  healthyAccount,
  keyId,
  secretArn,
  uuid,
} from '../../src/sandbox/healthy.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { isOk, type Keyed } from '../../src/snapshot/read.js';
import { collections, type CollectionName, type Snapshot } from '../../src/snapshot/snapshot.js';
import { accountWith } from '../accounts/account.js';
import { says } from '../scenarios/parts.js';
import { brokenMappings } from '../scenarios/unseen/broken-mappings.js';
import { brokenNetworks } from '../scenarios/unseen/broken-network.js';
import { brokenRights } from '../scenarios/unseen/broken-rights.js';
import { unauthorized } from '../scenarios/texts.js';

interface Part {
  name: string;
  build: () => Snapshot;
}

const healthyParts: readonly Part[] = (['iam', 'scram', 'mtls'] as const).map((auth) => ({
  name: `healthy, ${auth}`,
  build: () => healthyAccount({ auth }),
}));

/** A role without rights: what most plans consist of. */
const withoutRights: Part = {
  name: 'role without rights',
  build: () =>
    accountWith((snapshot) => {
      for (const key of Object.keys(snapshot.inlinePolicies)) snapshot.inlinePolicies[key] = nothingAllowed;
      says(unauthorized)(snapshot);
    }),
};
const nothingAllowed = { outcome: 'ok', value: '{"Version":"2012-10-17","Statement":[]}' } as const;

const parts: readonly Part[] = [
  ...sandboxAccounts,
  ...[...brokenNetworks, ...brokenRights, ...brokenMappings].map(({ name, text, change, options }) => ({
    name,
    build: () =>
      accountWith((snapshot) => {
        if (text !== undefined) says(text)(snapshot);
        change(snapshot);
      }, options),
  })),
  ...healthyParts,
];

/** Mostly the first, so that more is shared than not. */
const upTo = (most: number): fc.Arbitrary<number> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(most) });

/** For each kind of resource the number in its names: parts with the same number share it. */
const numbers = fc.record({
  function: fc.nat(3),
  role: fc.nat(2),
  cluster: fc.nat(2),
  network: upTo(1),
  secret: upTo(1),
  key: upTo(1),
  policy: upTo(1),
});
type Numbers = typeof numbers extends fc.Arbitrary<infer Value> ? Value : never;

/** Few kinds of parts, so that several have the same fault, of the same resource or not. */
const chosenParts = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...parts) }, fc.constant(withoutRights)), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((kinds) =>
    fc.array(fc.record({ part: fc.constantFrom(...kinds), numbers, hasAlias: fc.boolean() }), {
      minLength: 2,
      maxLength: 5,
    }),
  );

const hex = (number: number, length: number): string => number.toString(16).padStart(length, '0');

function renamed(
  snapshot: Snapshot,
  { numbers: of, hasAlias }: { numbers: Numbers; hasAlias: boolean },
  index: number,
) {
  const role = `${functionName}-role`;
  const secret = secretArn.split(':').at(-1)!;
  const text = JSON.stringify(snapshot)
    .replaceAll(uuid, `${hex(index + 1, 8)}${uuid.slice(8)}`)
    .replaceAll(role, `a-role-${of.role}`)
    .replaceAll(`function:${functionName}"`, `function:${functionName}${hasAlias ? ':live' : ''}"`)
    .replaceAll(functionName, `${functionName}-${of.function}`)
    .replaceAll(clusterUuid, `${hex(of.cluster, 8)}${clusterUuid.slice(8)}`)
    .replaceAll(clusterName, `${clusterName}-${of.cluster}`)
    .replaceAll('0a1b2c3d4e5f6', `0a1b${hex(of.network, 4)}4e5f6`)
    .replaceAll(secret, secret.replace('orders', `orders-${of.secret}`))
    .replaceAll(keyId, `${hex(of.key, 8)}${keyId.slice(8)}`)
    .replaceAll(`${account}:policy/`, `${account}:policy/${of.policy}/`);
  return JSON.parse(text) as Snapshot;
}

function merge(into: Snapshot, from: Snapshot): void {
  for (const name of Object.keys(collections) as CollectionName[])
    if (name !== 'mappingLists') Object.assign(into[name], from[name]);
  for (const [key, read] of Object.entries(from.mappingLists)) {
    const earlier = (into.mappingLists as Keyed<string[]>)[key];
    if (earlier !== undefined && isOk(earlier) && isOk(read)) earlier.value.push(...read.value);
    else into.mappingLists[key] = read;
  }
  into.targets = [...new Set([...into.targets, ...from.targets])];
  into.selfManagedTargets = [...new Set([...into.selfManagedTargets, ...from.selfManagedTargets])];
}

/** Of a resource that several parts share, the state in the last of them counts. */
export const mergedAccounts: fc.Arbitrary<Snapshot> = chosenParts.map((chosen) => {
  const [first, ...others] = chosen.map((each, index) => renamed(each.part.build(), each, index));
  for (const other of others) merge(first!, other);
  // Parts that share memory are not shared in an account that was read.
  const snapshot = JSON.parse(JSON.stringify(first)) as Snapshot;
  // A failure shows the parts in place of the whole account.
  const text = JSON.stringify(chosen.map(({ part, ...rest }) => ({ part: part.name, ...rest })));
  return Object.defineProperty(snapshot, fc.toStringMethod, { value: () => text });
});
