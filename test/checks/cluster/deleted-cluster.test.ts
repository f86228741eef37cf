/** The mapping's cluster no longer exists: is there a new one of the same name? */
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { addNewCluster, deleteCluster, newClusterArn } from '../../../src/sandbox/accounts/deleted-cluster.js';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import { anonymize } from '../../../src/snapshot/anonymize/anonymize.js';
import { diffSnapshots } from '../../../src/snapshot/diff.js';
import { parseSnapshot } from '../../../src/snapshot/file.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { readThrough, recording } from '../../account/support/read.js';
import { accountWith, clusterArn, denied, notFound, uuid, value } from '../../accounts/account.js';
import { all, judge, mapping, shows, textOf, type Change } from '../judging.js';

const thirdArn = newClusterArn.replace('9f3c1d52', '7d2b0c41');
const connectionError = shows('PROBLEM: Connection error. Please check your event source connection configuration.');
const disabled = mapping({ State: 'Disabled', StateTransitionReason: 'USER_INITIATED', LastProcessingResult: 'OK' });
const gone = all(connectionError, deleteCluster);
const withNew =
  (...clusters: Parameters<typeof addNewCluster>[1][]): Change =>
  (snapshot) => {
    for (const cluster of clusters) addNewCluster(snapshot, cluster);
    gone(snapshot);
  };
const listDenied: Change = (snapshot) =>
  void (snapshot.sameNameClusters[clusterArn] = denied('kafka', 'ListClustersV2'));

/** The account read call by call, with the lists of clusters that were asked for. */
async function doctor(change: Change) {
  const { answerer, calls } = recording(createSandbox(accountWith(change)).answer as never);
  const { snapshot } = await readThrough(answerer, { targets: [uuid] });
  const diagnosis = diagnose(snapshot);
  const [found] = diagnosis.mappings;
  return {
    snapshot,
    diagnosis: found!,
    finding: found!.findings.find(({ check }) => check === 'cluster.state')!,
    missingActions: diagnosis.coverage.missingActions,
    lists: calls.filter(({ operation }) => operation === 'ListClustersV2').map(({ input }) => input),
    calls: calls.length,
  };
}

const oneList = [{ ClusterNameFilter: 'orders-cluster' }];
const moveTo = (arn: string, ...more: string[]) => [['msk-lambda recreate', uuid, '--cluster', arn, ...more].join(' ')];
const someCluster = [moveTo('CLUSTER')];

interface Case {
  name: string;
  change: Change;
  title: string;
  lines: string[];
  commands: string[][];
  lists?: object[];
}

const cases: Case[] = [
  {
    name: 'a new cluster of the same name',
    change: withNew({}),
    title: 'Cluster orders-cluster was deleted; a new cluster of the same name exists',
    lines: [
      `${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`,
      `${newClusterArn}: has the same name, created 2026-11-19, state ACTIVE`,
    ],
    commands: [moveTo(newClusterArn)],
  },
  {
    name: 'a new cluster of the same name, and a starting position that would miss records',
    change: all(withNew({}), mapping({ StartingPosition: 'LATEST' })),
    title: 'Cluster orders-cluster was deleted; a new cluster of the same name exists',
    lines: [
      `${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`,
      `${newClusterArn}: has the same name, created 2026-11-19, state ACTIVE`,
    ],
    commands: [
      moveTo(newClusterArn, '--starting-position AT_TIMESTAMP --starting-position-timestamp 2026-11-19T08:00:00.000Z'),
    ],
  },
  {
    name: 'disabled by a user, and a new cluster',
    change: all(withNew({}), disabled),
    title: 'Cluster orders-cluster was deleted; a new cluster of the same name exists',
    lines: [
      `${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`,
      `${newClusterArn}: has the same name, created 2026-11-19, state ACTIVE`,
    ],
    commands: [moveTo(newClusterArn)],
  },
  {
    name: 'no other cluster',
    change: gone,
    title: 'Cluster orders-cluster was deleted',
    lines: [`${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`],
    commands: someCluster,
  },
  {
    name: 'names that only begin with it, or differ in case',
    change: withNew(
      { name: 'orders-cluster-2', arn: newClusterArn.replace('orders-cluster', 'orders-cluster-2') },
      { name: 'Orders-Cluster', arn: thirdArn.replace('orders-cluster', 'Orders-Cluster') },
    ),
    title: 'Cluster orders-cluster was deleted',
    lines: [`${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`],
    commands: someCluster,
  },
  {
    name: 'clusters that may not be listed',
    change: all(gone, listDenied),
    title: 'Cluster orders-cluster was deleted',
    lines: [
      `${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`,
      'orders-cluster: could not check whether a new cluster has the same name: your credentials need kafka:ListClustersV2',
    ],
    commands: someCluster,
  },
  {
    name: 'two of the same name',
    change: withNew({}, { arn: thirdArn, state: 'UPDATING' }),
    title: 'Cluster orders-cluster was deleted; 2 new clusters of the same name exist',
    lines: [
      `${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`,
      `${newClusterArn}: has the same name, created 2026-11-19, state ACTIVE`,
      `${thirdArn}: has the same name, created 2026-11-19, state UPDATING`,
    ],
    commands: [moveTo(newClusterArn), moveTo(thirdArn)],
  },
  {
    name: 'two of the same name, of which one is being deleted',
    change: withNew({ state: 'DELETING' }, { arn: thirdArn }),
    title: 'Cluster orders-cluster was deleted; 2 new clusters of the same name exist',
    lines: [
      `${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`,
      `${newClusterArn}: has the same name, created 2026-11-19, state DELETING (accepts no connections)`,
      `${thirdArn}: has the same name, created 2026-11-19, state ACTIVE`,
    ],
    commands: [moveTo(thirdArn)],
  },
  ...['CREATING', 'DELETING', 'FAILED'].map((state) => ({
    name: `a new cluster in state ${state}`,
    change: withNew({ state }),
    title: `Cluster orders-cluster was deleted; a new cluster of the same name is ${state}`,
    lines: [
      `${clusterArn}: DescribeClusterV2 finds no cluster with this ARN`,
      `${newClusterArn}: has the same name, created 2026-11-19, state ${state} (accepts no connections)`,
    ],
    commands: state === 'CREATING' ? [moveTo(newClusterArn)] : someCluster,
  })),
];

describe('the cluster no longer exists', () => {
  test.each(cases)('$name', async ({ change, title, lines, commands }) => {
    const { diagnosis, finding, lists } = await doctor(change);
    expect([diagnosis.verdict, diagnosis.causes[0]?.check]).toEqual(['broken', 'cluster.state']);
    expect(textOf(finding).split('\n')).toEqual([title, ...lines]);
    expect(finding.fixes.map((fix) => [fix.safety, fix.commands])).toEqual(commands.map((lines) => ['by-hand', lines]));
    expect(lists).toEqual(oneList);
  });

  test('what could not be listed is a missing action of the finding, and changes nothing else', async () => {
    const [refused, allowed] = [await doctor(all(gone, listDenied)), await doctor(gone)];
    expect([refused.finding.missingActions, refused.missingActions]).toEqual([
      ['kafka:ListClustersV2'],
      ['kafka:ListClustersV2'],
    ]);
    expect([allowed.finding.missingActions, allowed.missingActions]).toEqual([[], []]);
    const rest = ({ diagnosis }: typeof refused) => [
      diagnosis.verdict,
      diagnosis.causes.map(({ check }) => check),
      diagnosis.findings.map(({ check, status }) => [check, status]),
    ];
    expect(rest(refused)).toEqual(rest(allowed));
  });

  test('recreated on the new cluster, it is healthy', async () => {
    const before = accountWith(withNew({}));
    expect(judge('cluster.state', withNew({})).status).toBe('fail');
    const moved = JSON.parse(
      JSON.stringify(before).replaceAll(clusterArn.split('/').at(-1)!, newClusterArn.split('/').at(-1)!),
    ) as Snapshot;
    moved.clusters = before.clusters;
    moved.bootstrapBrokers = before.bootstrapBrokers;
    moved.topics = before.topics;
    value(moved.mappings, uuid).LastProcessingResult = 'OK';
    const { snapshot } = await readThrough(createSandbox(moved).answer as never, { targets: [uuid] });
    expect(diagnose(snapshot).mappings[0]).toMatchObject({ verdict: 'healthy', causes: [] });
  });
});

describe('no list of clusters is asked for', () => {
  test.each<{ name: string; change: Change }>([
    { name: 'a healthy mapping', change: () => {} },
    {
      name: 'a cluster that is being deleted',
      change: (snapshot) => void (value(snapshot.clusters, clusterArn).State = 'DELETING'),
    },
    {
      name: 'a cluster that failed',
      change: (snapshot) => void (value(snapshot.clusters, clusterArn).State = 'FAILED'),
    },
    {
      name: 'a cluster that may not be read',
      change: (snapshot) => void (snapshot.clusters[clusterArn] = denied('kafka', 'DescribeClusterV2')),
    },
    {
      name: 'a function that no longer exists',
      change: (snapshot) => {
        const arn = value(snapshot.mappings, uuid).FunctionArn!;
        snapshot.functions[arn] = notFound('lambda', 'GetFunctionConfiguration');
      },
    },
  ])('$name', async ({ change }) => {
    const { lists, snapshot } = await doctor(change);
    expect([lists, snapshot.sameNameClusters]).toEqual([[], {}]);
  });
});

test('mappings of one cluster share the call, and the list of the region is not read twice', async () => {
  const mappingsOn = (count: number, clusterOf: (index: number) => string) =>
    accountWith((snapshot) => {
      addNewCluster(snapshot);
      gone(snapshot);
      const first = value(snapshot.mappings, uuid);
      for (let index = 0; index < count; index++) {
        const UUID = uuid.replace(/..$/, String(20 + index));
        snapshot.mappings[UUID] = ok({ ...structuredClone(first), UUID, EventSourceArn: clusterOf(index) });
      }
    });
  const listsOf = async (account: Snapshot) => {
    const { answerer, calls } = recording(createSandbox(account).answer as never);
    const { snapshot } = await readThrough(answerer);
    return {
      snapshot,
      lists: calls.flatMap(({ operation, input }) => (operation === 'ListClustersV2' ? [input] : [])),
    };
  };
  expect((await listsOf(mappingsOn(8, () => clusterArn))).lists).toEqual(oneList);
  const many = await listsOf(mappingsOn(8, (index) => clusterArn.replace('8a1b2c3d', `8a1b2c4${index}`)));
  expect(many.lists).toEqual([{}]);
  expect(Object.values(many.snapshot.sameNameClusters).map((read) => read.outcome)).toEqual(Array(9).fill('ok'));
  expect(value(many.snapshot.sameNameClusters, clusterArn).map(({ ClusterArn }) => ClusterArn)).toEqual([
    newClusterArn,
  ]);
});

test('a planned mapping may name an ARN that never was a cluster', () => {
  const change = all(withNew({}), (snapshot) => {
    snapshot.sameNameClusters[clusterArn] = ok([value(snapshot.clusters, newClusterArn)]);
    delete value(snapshot.mappings, uuid).LastModified;
  });
  expect(judge('cluster.state', change).title).toBe(
    'Cluster orders-cluster does not exist under this ARN; a cluster of the same name exists',
  );
});

describe('snapshots', () => {
  test('an older file has no such list: it could not be checked', async () => {
    const { sameNameClusters: _, ...older } = (await doctor(withNew({}))).snapshot;
    const finding = diagnose(parseSnapshot(JSON.stringify(older))).mappings[0]!.findings.find(
      ({ check }) => check === 'cluster.state',
    )!;
    expect([finding.status, finding.title]).toEqual(['fail', 'Cluster orders-cluster was deleted']);
    expect(textOf(finding)).toContain('could not check whether a new cluster has the same name');
  });

  test('an anonymous one says the same of the same name', async () => {
    const hidden = anonymize((await doctor(withNew({}))).snapshot, { key: 'k', sameMeaning: () => true });
    expect(JSON.stringify(hidden)).not.toMatch(/orders-cluster|9f3c1d52/);
    const { title, fixes } = diagnose(hidden).mappings[0]!.findings.find(({ check }) => check === 'cluster.state')!;
    const name = /^Cluster (\S+) was deleted; a new cluster of the same name exists$/.exec(title)?.[1];
    expect(fixes[0]!.commands![0]).toContain(`:cluster/${name}/`);
  });

  test('the comparison shows a new cluster, and no search without a result', async () => {
    const [healthy, none, replaced, creating] = await Promise.all(
      [() => {}, gone, withNew({}), withNew({ state: 'CREATING' })].map(
        async (change) => (await doctor(change)).snapshot,
      ),
    );
    const changesOf = (before: Snapshot, after: Snapshot) =>
      diffSnapshots(before, after).flatMap(({ collection, change }) =>
        collection === 'sameNameClusters' ? [change] : [],
      );
    expect(changesOf(healthy!, none!)).toEqual([]);
    expect(changesOf(healthy!, replaced!)).toEqual(['added']);
    expect(changesOf(creating!, replaced!)).toEqual(['changed']);
  });
});
