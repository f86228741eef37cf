/** What the solver says of a topology against what the kernel does with it. */
import type { PathAnswer } from '../../../src/network/answer.js';
import { answersOf } from '../../network/support/reads.js';
import { port, publicAddress, type Topology } from '../../network/support/topology.js';
import { endpointAddress, type HostName } from './addresses.js';
import type { Lab, Probe } from './lab.js';

/** Long enough for a connection inside one machine; what fails is tried again with the longer one before it counts. */
const [quick, patient] = [120, 1500];

export interface Compared {
  /** Paths that both answered, and those that the solver left open. */
  decided: number;
  undecided: number;
  /** How many of the decided ones connect. */
  open: number;
  disagreements: string[];
}

interface Wanted {
  name: string;
  /** Any of them is enough: an endpoint answers at several addresses. */
  probes: Probe[];
}

function wantedOf({ pollers, endpoint, dns }: Topology): Wanted[] {
  const places = Array.from({ length: pollers }, (_, index) => index);
  const byEndpoint = endpoint !== null && endpoint.available && endpoint.privateDns && dns.support && dns.hostnames;
  const stsAddresses = byEndpoint ? endpoint.subnets.map(endpointAddress) : [publicAddress.sts];
  return places.flatMap((index) => {
    const from = `p${index}` as HostName;
    const to = (address: string, at: number): Probe => ({ from, address, port: at });
    // A poller of its own subnet would have to call itself: only the first has a broker beside it.
    const brokers = places
      .filter((other) => other !== index || index === 0)
      .map((other) => ({
        name: `subnet-${index} > broker ${other}`,
        probes: [to(other === index ? '10.0.0.20' : `10.0.${other}.10`, port)],
      }));
    return [
      ...brokers,
      { name: `subnet-${index} > sts`, probes: stsAddresses.map((address) => to(address, 443)) },
      { name: `subnet-${index} > s3`, probes: [to(publicAddress.s3, 443)] },
    ];
  });
}

/** Where an ACL lets a part of the ports through to which answers go, it is chance which connection comes about. */
const isDecided = ({ answer, components }: PathAnswer): boolean =>
  answer !== 'unknown' &&
  (answer === 'blocked' || !components.some(({ component, status }) => component === 'nacl' && status === 'warn'));

export async function compare(lab: Lab, topology: Topology): Promise<Compared> {
  const answers = answersOf(topology);
  const wanted = wantedOf(topology).filter(({ name }) => isDecided(answers.get(name)!));
  const undecided = wantedOf(topology).length - wanted.length;
  await lab.arrange(topology);
  const connects = async (list: readonly Wanted[], timeout: number) => {
    const open = await lab.probe(
      list.flatMap(({ probes }) => probes),
      timeout,
    );
    let at = 0;
    return list.map(({ probes }) => open.slice(at, (at += probes.length)).some(Boolean));
  };
  const first = await connects(wanted, quick);
  const doubtful = wanted.filter(({ name }, index) => !first[index] && answers.get(name)!.answer === 'reaches');
  const again = doubtful.length === 0 ? [] : await connects(doubtful, patient);
  const isOpen = (probe: Wanted, index: number) => first[index] || again[doubtful.indexOf(probe)] === true;
  const disagreements = wanted.flatMap((probe, index) => {
    const { answer, by } = answers.get(probe.name)!;
    return isOpen(probe, index) === (answer === 'reaches')
      ? []
      : [
          `${probe.name}: the solver says ${answer}${by === null ? '' : ` by ${by}`}, the kernel ${isOpen(probe, index) ? 'connects' : 'does not connect'}`,
        ];
  });
  return { decided: wanted.length, undecided, open: wanted.filter(isOpen).length, disagreements };
}
