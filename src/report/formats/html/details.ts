/** What a report knows of a mapping besides its findings: the cause in words, its network paths and metrics. */
import type { MappingDiagnosis } from '../../../diagnosis/diagnosis.js';
import type { PathAnswer } from '../../../network/answer.js';
import type { EgressOption } from '../../../network/egress-options.js';
import { reachability } from '../../../network/reachability.js';
import { noNames, resourceNamesOf, type ResourceNames } from '../../../snapshot/resource-names.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { subjectOf, type Subject } from '../../../subject/subject.js';
import type { Report } from '../report.js';

export interface MappingDetails {
  names: ResourceNames;
  /** Null where the report has no snapshot of it: then no metrics and policies. */
  snapshot: Snapshot | null;
  /** Why the first cause stops the mapping. */
  because: string | null;
  state: string | null;
  likely: MappingDiagnosis['likely'];
  hints: readonly string[];
  paths: readonly PathAnswer[];
  /** The facts of the mapping; null where the report has no snapshot of it. */
  subject: Subject | null;
  /** After the changes of `--what-if`. */
  after: readonly PathAnswer[] | null;
  offers: readonly EgressOption[];
}

const nothing: MappingDetails = {
  names: noNames,
  snapshot: null,
  because: null,
  state: null,
  likely: [],
  hints: [],
  paths: [],
  subject: null,
  after: null,
  offers: [],
};

/** For a mapping by its id. */
export function detailsOf({ source }: Pick<Report, 'source'>): (id: string) => MappingDetails {
  if (source?.command === 'doctor') return ofDoctor(source);
  if (source?.command === 'network') return ofNetwork(source);
  return () => nothing;
}

type Source<C> = Extract<Report['source'], { command: C }>;

function ofDoctor({ regions }: Source<'doctor'>): (id: string) => MappingDetails {
  const found = new Map(
    regions.flatMap(({ diagnosis, snapshot }) =>
      [...diagnosis.mappings, ...diagnosis.leftOut.map((mapping) => ({ ...mapping, likely: [], hints: [] }))].map(
        (mapping) => [mapping.uuid, { mapping, diagnosis, snapshot }],
      ),
    ),
  );
  return (id) => {
    const entry = found.get(id);
    if (entry === undefined) return nothing;
    const { mapping, diagnosis, snapshot } = entry;
    // Not every caller needs the facts, which take longer than the rest.
    const subject = once(() => (snapshot?.targets.includes(id) === true ? subjectOf(snapshot, id) : null));
    return {
      ...nothing,
      names: diagnosis.names,
      snapshot,
      because: mapping.causes[0]?.because ?? null,
      state: mapping.observed.state,
      likely: mapping.likely,
      hints: mapping.hints,
      get subject() {
        return subject();
      },
      get paths() {
        const facts = subject();
        return facts === null ? [] : pathsOf(facts);
      },
    };
  };
}

function once<T>(compute: () => T): () => T {
  let answer: { value: T } | null = null;
  return () => (answer ??= { value: compute() }).value;
}

/** Empty where the network of the pollers is not known. */
function pathsOf({ network }: Subject): readonly PathAnswer[] {
  return network.is === 'known' ? reachability(network.value.reads, network.value.question).paths : [];
}

function ofNetwork({ snapshot, now, after }: Source<'network'>): (id: string) => MappingDetails {
  const names = resourceNamesOf(snapshot);
  return (id) => {
    const before = now.find(({ uuid }) => uuid === id);
    const changed = after?.find(({ uuid }) => uuid === id);
    return {
      ...nothing,
      names,
      hints: before?.because == null ? [] : [before.because],
      paths: before?.paths ?? [],
      after: changed?.paths ?? null,
      offers: (changed ?? before)?.offers ?? [],
    };
  };
}
