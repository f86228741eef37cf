import type { PathAnswer } from '../../network/answer.js';
import { reachability } from '../../network/reachability.js';
import { renderNetwork } from '../../report/network-text.js';
import { subjectOf } from '../../subject/subject.js';
import { giveAnswer } from '../answer.js';
import type { NetworkOptions } from '../commands/network.js';
import type { Call } from '../define.js';
import { exitCodes } from '../exit-codes.js';
import { readSource } from '../source.js';

export async function run({ args, options, io }: Call<NetworkOptions>): Promise<number> {
  const { snapshot, trouble } = await readSource(args, options, io);
  const mappings = snapshot.targets.map((uuid) => {
    const { network } = subjectOf(snapshot, uuid);
    const paths = network.is === 'known' ? reachability(network.value.reads, network.value.question).paths : [];
    const because = network.is === 'known' ? null : network.is === 'moot' ? network.because : network.missing.map(({ action, error }) => `${action}: ${error}`).join('; ');
    return { uuid, paths, because };
  });
  const paths = mappings.flatMap((mapping) => mapping.paths.map((path) => toJsonPath(mapping.uuid, path)));
  await giveAnswer(io, options, { text: () => (trouble !== null && mappings.length === 0 ? '' : renderNetwork(mappings, { ...io, explain: options.explain === true || options.verbose === true })), json: () => ({ paths }) });
  if (paths.some(({ answer }) => answer === 'blocked')) return exitCodes.problem;
  return trouble !== null || mappings.some(({ because }) => because !== null) || paths.some(({ answer }) => answer === 'unknown') ? exitCodes.cannotTell : exitCodes.ok;
}

const toJsonPath = (mapping: string, { from, to, port, answer, by, hops, judged }: PathAnswer) => ({
  mapping,
  from,
  to: to.kind === 'service' ? to.service : `${to.kind}:${to.subnetId}`,
  port,
  answer,
  by: by === null ? null : `network.${by}`,
  evidence: judged.filter(({ component }) => component === by).flatMap(({ facts }) => facts),
  hops,
});
