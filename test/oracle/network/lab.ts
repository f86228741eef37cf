/** Namespaces joined by veth pairs to a fabric: made once, then given one topology after another. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Topology } from '../../network/support/topology.js';
import {
  cable,
  deliverTable,
  endpointAddress,
  fabricMac,
  gatewayCable,
  hop,
  hosts,
  loop,
  macOf,
  natTable,
  subnetTable,
  type HostName,
} from './addresses.js';
import { compileAcls, compileGroups, compileRoutes, deliveryRoutes, natRules } from './compile.js';

const agentPath = fileURLToPath(new URL('agent.mjs', import.meta.url));

export interface Probe {
  from: HostName;
  address: string;
  port: number;
}

export interface Lab {
  arrange(topology: Topology): Promise<void>;
  /** Whether each connection comes about within `timeout` milliseconds. */
  probe(probes: readonly Probe[], timeout: number): Promise<boolean[]>;
  close(): Promise<void>;
}

/** Runs a program with a text on its standard input; throws what it says on stderr. */
function run(program: string, words: readonly string[], input = ''): Promise<void> {
  return new Promise((done, refuse) => {
    const child = spawn(program, words, { stdio: ['pipe', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', refuse);
    // A program that stops early says why on stderr.
    child.stdin.on('error', () => {});
    child.on('close', (code) =>
      code === 0 ? done() : refuse(new Error(`${program} ${words.join(' ')}: ${output}\n${input}`)),
    );
    child.stdin.end(input);
  });
}

const inside = (space: string, program: string, words: readonly string[], input?: string) =>
  run('ip', ['netns', 'exec', space, program, ...words], input);
const batch = (space: string, lines: readonly string[]) => run('ip', ['-n', space, '-batch', '-'], lines.join('\n'));

/** `name` sets the namespaces of one lab apart from those of another. */
export async function openLab(name: string): Promise<Lab> {
  const fabric = `${name}-f`;
  const spaceOf = (host: string) => `${name}-${host}`;
  const spaces = [fabric, ...hosts.map((host) => spaceOf(host.name))];
  const agents = new Map<HostName, Agent>();
  // However the process ends, nothing of the lab is left.
  const removeNow = () =>
    void spawnSync('ip', ['-force', '-batch', '-'], {
      input: spaces.map((space) => `netns del ${space}`).join('\n'),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  process.once('exit', removeNow);
  const close = async () => {
    for (const agent of agents.values()) await agent.stop();
    removeNow();
    process.off('exit', removeNow);
  };
  try {
    await run('ip', ['-batch', '-'], spaces.map((space) => `netns add ${space}`).join('\n'));
    await cableUp(fabric, spaceOf);
    for (const host of hosts)
      if (host.listens.length > 0) agents.set(host.name, startAgent(spaceOf(host.name), host.listens));
    await Promise.all([...agents.values()].map((agent) => agent.ready));
  } catch (error) {
    await close();
    throw error;
  }
  let port = 20_000;
  return {
    close,
    arrange: async (topology) => {
      const groups = compileGroups(topology, topology.clusterGroups);
      await Promise.all([
        batch(fabric, compileRoutes(topology).split('\n')),
        inside(fabric, 'nft', ['-f', '-'], compileAcls(topology)),
        ...(['p0', 'p1', 'p2', 'b0'] as const).map((host) => inside(spaceOf(host), 'nft', ['-f', '-'], groups)),
        inside(spaceOf('e'), 'nft', ['-f', '-'], compileGroups(topology, topology.endpointGroups)),
      ]);
    },
    probe: async (probes, timeout) => {
      const open = new Map<Probe, boolean>();
      await Promise.all(
        [...new Set(probes.map(({ from }) => from))].map(async (from) => {
          const probesFrom = probes.filter((probe) => probe.from === from);
          // Every connection from a port of its own: what a host remembers of earlier topologies does not matter.
          const answers = await agents.get(from)!.connect(
            probesFrom.map(({ address, port: to }) => [address, to, (port = port >= 60_000 ? 20_000 : port + 1)]),
            timeout,
          );
          probesFrom.forEach((probe, index) => open.set(probe, answers[index]!));
        }),
      );
      return probes.map((probe) => open.get(probe)!);
    },
  };
}

const quiet = [
  'net.ipv4.ip_forward=1',
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  'net.ipv6.conf.all.disable_ipv6=1',
  'net.ipv4.conf.all.send_redirects=0',
  'net.ipv4.conf.default.send_redirects=0',
];

async function cableUp(fabric: string, spaceOf: (host: string) => string): Promise<void> {
  for (const space of [fabric, ...hosts.filter(({ name }) => name.startsWith('n')).map(({ name }) => spaceOf(name))])
    await inside(space, 'sysctl', ['-q', '-w', ...quiet]);
  await batch(fabric, [
    ...hosts.map(
      ({ name }) =>
        `link add ${cable(name)} address ${fabricMac(name)} type veth peer name eth0 address ${macOf(name)} netns ${spaceOf(name)}`,
    ),
    `link add ${loop[0]} type veth peer name ${loop[1]} address 02:00:00:00:03:01`,
    `link add ${gatewayCable} type veth peer name eth1 address 02:00:00:00:04:01 netns ${spaceOf('i')}`,
    'link set lo up',
    ...[...hosts.map(({ name }) => cable(name)), ...loop, gatewayCable].map((link) => `link set ${link} up`),
    ...hosts.map(({ name }) => `neigh replace ${hop(name)} lladdr ${macOf(name)} dev ${cable(name)} nud permanent`),
    `neigh replace ${hop('i')} lladdr 02:00:00:00:04:01 dev ${gatewayCable} nud permanent`,
    `neigh replace 169.254.9.1 lladdr 02:00:00:00:03:01 dev ${loop[0]} nud permanent`,
    ...deliveryRoutes(),
    ...hosts.flatMap(({ name, subnet }) =>
      subnet === null
        ? []
        : [`rule add iif ${cable(name)} lookup ${name.startsWith('n') ? natTable(subnet) : subnetTable(subnet)}`],
    ),
    ...[0, 1, 2, 3].map(
      (subnet) => `rule add from ${endpointAddress(subnet)} iif ${cable('e')} lookup ${subnetTable(subnet)}`,
    ),
    `rule add iif ${loop[1]} lookup ${deliverTable}`,
    `rule add iif ${cable('i')} lookup ${deliverTable}`,
  ]);
  await Promise.all(
    hosts.map(({ name, addresses }) =>
      batch(spaceOf(name), [
        'link set lo up',
        'link set eth0 up',
        ...(name === 'i' ? ['link set eth1 up'] : []),
        ...addresses.map((address) => `addr add ${address}/32 dev eth0`),
        `neigh replace 169.254.9.2 lladdr ${fabricMac(name)} dev eth0 nud permanent`,
        'route add default via 169.254.9.2 dev eth0 onlink',
      ]),
    ),
  );
  await inside(spaceOf('i'), 'sysctl', [
    '-q',
    '-w',
    'net.ipv4.conf.all.rp_filter=0',
    'net.ipv4.conf.eth0.rp_filter=0',
    'net.ipv4.conf.eth1.rp_filter=0',
  ]);
  await Promise.all([0, 1, 2, 3].map((subnet) => inside(spaceOf(`n${subnet}`), 'nft', ['-f', '-'], natRules(subnet))));
}

interface Agent {
  ready: Promise<void>;
  connect(to: readonly (readonly [string, number, number])[], timeout: number): Promise<boolean[]>;
  stop(): Promise<void>;
}

function startAgent(space: string, listens: readonly number[]): Agent {
  const child: ChildProcess = spawn(
    'ip',
    ['netns', 'exec', space, process.execPath, agentPath, ...listens.map(String)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const waiting = new Map<number, (open: boolean[]) => void>();
  let made: () => void = () => {};
  const ready = new Promise<void>((done, refuse) => {
    made = done;
    child.once('error', refuse);
    child.once('exit', (code) => refuse(new Error(`the agent in ${space} ended with ${code}`)));
  });
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const output = JSON.parse(line) as { ready?: true; id: number; open: boolean[] };
    if (output.ready) made();
    else waiting.get(output.id)?.(output.open);
  });
  let last = 0;
  return {
    ready,
    connect: (to, timeout) =>
      new Promise((done) => {
        const id = ++last;
        waiting.set(id, (open) => (waiting.delete(id), done(open)));
        child.stdin!.write(`${JSON.stringify({ id, timeout, to })}\n`);
      }),
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null) return done();
        child.once('exit', () => done());
        child.stdin!.end();
      }),
  };
}
