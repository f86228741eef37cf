/**
 * Most derived values are the same for many mappings: a cluster's state, a function's role, a check that uses
 * nothing else. Each computation runs once for all mappings with equal inputs. The inputs are recorded while it
 * runs: the facts, and single settings of the mapping.
 */
import type { Mapping } from '../snapshot/resources/index.js';
import type { Fact } from './fact.js';

/**
 * A fact by name, or a setting of the mapping as `.BatchSize`. `.DestinationConfig?` is whether it is present,
 * `.DestinationConfig.OnFailure` a member of it.
 */
type Look = string;

/** After equal answers, a pure function reads the same input next. */
interface Step {
  look: Look;
  /** The name of a setting, or of a member of it. */
  path: readonly string[] | null;
  next: Map<unknown, Step | Done>;
}
interface Done {
  next: null;
  result: unknown;
}
/** What is known of work of one name, and how often it was shared, was kept for others, and could not be. */
interface WorkOfKind {
  root: Step | Done | undefined;
  hits: number;
  kept: number;
  unshared: number;
}
const stepOf = (look: Look, next: Step['next']): Step => ({
  look,
  path: look.startsWith('.') ? look.slice(1).split('.') : null,
  next,
});

/** A mapping with facts about it. */
interface WithMapping {
  readonly mapping: Fact<Mapping>;
}
const factOf = (subject: WithMapping, name: string): Fact<unknown> =>
  (subject as unknown as Record<string, Fact<unknown>>)[name]!;

/** Unique for each mapping; results that depend on it are not kept. */
const ofThisMapping = new Set<Look>([
  '.UUID',
  '.EventSourceMappingArn',
  '.Topics',
  '.LastModified',
  '.AmazonManagedKafkaEventSourceConfig.ConsumerGroupId',
]);
/** Derived from the mapping's UUID, but the same object for mappings with equal inputs. */
const internedFacts = new Set<Look>(['network', 'mappingMetrics']);
/** A computation that could never, or seldom, be shared is no longer recorded. */
const mostFruitless = 16;
const mostSeldom = 500;

/** One mapping during the derivation of its facts. */
export interface SharingSubject<Subject extends WithMapping> {
  subject: Subject;
  /** Facts that no other mapping shares. */
  unshared: Set<Look>;
  /** Settings that are not primitive values, as text. */
  texts: Map<string, string>;
  /** Results that are the same for all mappings with the same settings, `ofThisMapping` aside. */
  ofSettings: Map<string, Done>;
}

/** For the mappings of one snapshot, which must not change. */
export class SharedWork<Subject extends WithMapping> {
  private readonly kinds = new Map<string, WorkOfKind>();
  private readonly bySettings = new Map<string, Map<string, Done>>();
  private readonly reasons = new Map<string, object>();

  /** The result of `work`, a pure function of the facts that it receives. */
  once<T>(name: string, sharing: SharingSubject<Subject>, work: (facts: Subject) => T): T {
    const { subject, unshared, ofSettings } = sharing;
    const kind = this.kindOf(name);
    const earlier = ofSettings.get(name);
    if (earlier !== undefined) {
      kind.hits++;
      return earlier.result as T;
    }
    const { mapping } = subject;
    const isFruitless =
      (kind.unshared >= mostFruitless && kind.kept === 0) || (kind.kept >= mostSeldom && kind.hits < kind.kept);
    if (isFruitless || mapping.is !== 'known') {
      unshared.add(name);
      return work(subject);
    }
    let step = kind.root;
    let isOfSettings = true;
    while (step !== undefined) {
      if (step.next === null) {
        kind.hits++;
        if (isOfSettings) ofSettings.set(name, step);
        return step.result as T;
      }
      const after = step.next.get(this.answerTo(step, sharing, mapping.value));
      isOfSettings &&= step.path !== null || ofSettings.has(step.look);
      step = after;
    }
    const looks: Look[] = [];
    const result = work(recording(subject, mapping.value, looks));
    if (looks.some((look) => isUnshared(look, sharing))) {
      unshared.add(name);
      kind.unshared++;
    } else {
      kind.kept++;
      this.keep(kind, looks, sharing, mapping.value, result);
    }
    return result;
  }

  /** A mapping among the others. */
  sharing(subject: Subject): SharingSubject<Subject> {
    const { mapping } = subject;
    const key = mapping.is === 'known' ? settingsText(mapping.value) : null;
    const ofSettings = (key === null ? undefined : this.bySettings.get(key)) ?? new Map<string, Done>();
    if (key !== null) this.bySettings.set(key, ofSettings);
    return { subject, unshared: new Set(), texts: new Map(), ofSettings };
  }

  /** The same for the computation of a check, whose name is not a fact's. */
  checkRunner(sharing: SharingSubject<Subject>): <T>(name: string, work: (facts: Subject) => T) => T {
    return (name, work) => this.once(name, sharing, work);
  }

  private kindOf(name: string): WorkOfKind {
    const earlier = this.kinds.get(name);
    if (earlier !== undefined) return earlier;
    const made = { root: undefined, hits: 0, kept: 0, unshared: 0 };
    this.kinds.set(name, made);
    return made;
  }

  private keep(
    kind: WorkOfKind,
    looks: readonly Look[],
    sharing: SharingSubject<Subject>,
    mapping: Mapping,
    result: unknown,
  ): void {
    const made = looks.reduceRight<Step | Done>(
      (after, look) => {
        const step = stepOf(look, new Map());
        step.next.set(this.answerTo(step, sharing, mapping), after);
        return step;
      },
      { next: null, result },
    );
    if (kind.root === undefined) kind.root = made;
    else this.join(kind.root, made);
  }

  /** Adds the single path of `made` to the tree. */
  private join(known: Step | Done, made: Step | Done): void {
    if (known.next === null || made.next === null || known.look !== made.look) return;
    for (const [answer, after] of made.next) {
      const present = known.next.get(answer);
      if (present === undefined) known.next.set(answer, after);
      else this.join(present, after);
    }
  }

  /** The identity of an answer. */
  private answerTo({ look, path }: Step, { subject, texts }: SharingSubject<Subject>, mapping: Mapping): unknown {
    if (path !== null) return settingOf(look, path, texts, mapping);
    const fact: Fact<unknown> = factOf(subject, look);
    if (fact.is === 'known') return fact.value;
    if (fact.is === 'unread') return fact;
    const reason = this.reasons.get(fact.because) ?? fact;
    this.reasons.set(fact.because, reason);
    return reason;
  }
}

/** All settings but those `ofThisMapping`. */
const settingsText = ({ AmazonManagedKafkaEventSourceConfig: config, ...mapping }: Mapping): string =>
  JSON.stringify({
    ...mapping,
    UUID: '',
    EventSourceMappingArn: '',
    Topics: [],
    LastModified: '',
    ...(config === undefined ? {} : { AmazonManagedKafkaEventSourceConfig: { ...config, ConsumerGroupId: '' } }),
  });

function settingOf(look: Look, path: readonly string[], texts: Map<string, string>, mapping: Mapping): unknown {
  const [name = '', inner] = path;
  if (name.endsWith('?')) return isGroup(mapping[name.slice(0, -1) as keyof Mapping]);
  const outer: unknown = mapping[name as keyof Mapping];
  const value = inner === undefined ? outer : (outer as Record<string, unknown>)[inner];
  if (typeof value !== 'object') return value;
  const text = texts.get(look) ?? `\0${JSON.stringify(value)}`;
  texts.set(look, text);
  return text;
}

/** What is recorded where code takes a setting with members as a whole. */
const wholeOf = (name: string): Look =>
  name === 'AmazonManagedKafkaEventSourceConfig' ? `.${name}.ConsumerGroupId` : `.${name}`;

/** Settings with members, which are recorded one by one. */
const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isUnshared(look: Look, { subject, unshared }: SharingSubject<WithMapping>): boolean {
  if (ofThisMapping.has(look)) return true;
  if (!unshared.has(look) || internedFacts.has(look)) return false;
  const fact: Fact<unknown> = factOf(subject, look);
  return (
    fact.is !== 'known' || typeof fact.value === 'string' || (typeof fact.value === 'object' && fact.value !== null)
  );
}

/** The subject, recording every access. A computation that uses the mapping as a whole is not shared. */
function recording<Subject extends WithMapping>(subject: Subject, mapping: Mapping, looks: Look[]): Subject {
  const note = (look: Look): void => void (looks.includes(look) || looks.push(look));
  const settings = (of: object, prefix: string, whole: Look): object =>
    new Proxy(of, {
      get(_, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof name === 'symbol') return value;
        if (prefix === '.' && isGroup(value)) {
          note(`.${name}?`);
          return settings(value, `.${name}.`, wholeOf(name));
        }
        note(`${prefix}${name}`);
        return value;
      },
      has(_, name) {
        note(whole);
        return Reflect.has(of, name);
      },
      ownKeys() {
        note(whole);
        return Reflect.ownKeys(of);
      },
    });
  const known = { is: 'known', value: settings(mapping, '.', '.UUID') };
  return new Proxy(subject, {
    get(_, name: string) {
      if (name === 'mapping') return known;
      note(name);
      return factOf(subject, name);
    },
  });
}
