/** Changes a value as if in place, while everything that the change does not touch stays shared with the value before. */

type Container = Record<PropertyKey, unknown>;

/** One object or array during a change. */
interface Draft {
  base: Container;
  /** Whether `base` was made in this change, so that it may contain drafts. */
  isNew: boolean;
  /** Made at the first change of the object itself or of anything in it. */
  copy: Container | null;
  /** Marks the object that contains this one as changed too. */
  touchParent: () => void;
  /** Drafts of its members, so that a member is the same object however often it is looked up. */
  members: Map<PropertyKey, { of: unknown; draft: object }>;
  /** Names that were assigned: of a large object, no other member is looked at in the end. */
  assigned: Set<PropertyKey>;
}

/** The collections of a snapshot that was read from a file have no prototype. */
const isContainer = (value: unknown): value is Container => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
};

const copyOf = (base: Container): Container =>
  Array.isArray(base)
    ? ([...base] as unknown as Container)
    : (Object.assign(Object.create(Object.getPrototypeOf(base) as object | null) as object, base) as Container);

/**
 * The value after `change`, which may assign, delete, push and so on; `base` itself keeps its content. Only plain
 * objects and arrays may be changed. Parts that are not changed are the same objects before and after.
 */
export function changedCopy<T extends object>(base: T, change: (draft: T) => void): T {
  const drafts = new WeakMap<object, Draft>();
  const root = draftOf(base as Container, { touchParent: () => {}, isNew: false }, drafts);
  change(root as T);
  return finished(root, drafts) as T;
}

function draftOf(
  base: Container,
  { touchParent, isNew }: Pick<Draft, 'touchParent' | 'isNew'>,
  drafts: WeakMap<object, Draft>,
): object {
  const draft: Draft = { base, isNew, copy: null, touchParent, members: new Map(), assigned: new Set() };
  const now = () => draft.copy ?? draft.base;
  const touch = (): Container => {
    if (draft.copy === null) {
      draft.copy = copyOf(base);
      touchParent();
    }
    return draft.copy;
  };
  // An array's stand-in must be an array for Array.isArray; its `length` is the only member that cannot be hidden.
  const proxy = new Proxy((Array.isArray(base) ? [] : {}) as Container, {
    get(_, name) {
      const value = now()[name];
      if (typeof name === 'symbol' || !isContainer(value) || !Object.hasOwn(now(), name) || drafts.has(value))
        return value;
      const known = draft.members.get(name);
      if (known?.of === value) return known.draft;
      const isOfChange = draft.isNew || draft.assigned.has(name);
      const member = draftOf(value, { touchParent: touch, isNew: isOfChange }, drafts);
      draft.members.set(name, { of: value, draft: member });
      return member;
    },
    set(_, name, value) {
      touch()[name] = value;
      draft.assigned.add(name);
      draft.members.delete(name);
      return true;
    },
    deleteProperty(_, name) {
      draft.members.delete(name);
      return delete touch()[name];
    },
    has: (_, name) => name in now(),
    ownKeys: () => Reflect.ownKeys(now()),
    getOwnPropertyDescriptor(_, name) {
      if (!Object.hasOwn(now(), name)) return undefined;
      const isLength = Array.isArray(base) && name === 'length';
      const value = this.get!(_, name, proxy) as unknown;
      return { value, writable: true, enumerable: !isLength, configurable: !isLength };
    },
  });
  drafts.set(proxy, draft);
  return proxy;
}

/** The value without drafts: unchanged parts as they were, changed ones as their copies. */
function finished(value: unknown, drafts: WeakMap<object, Draft>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const draft = drafts.get(value);
  if (draft === undefined) {
    // New in this change: it may contain parts of the old value.
    if (!isContainer(value)) return value;
    for (const name of Object.keys(value)) value[name] = finished(value[name], drafts);
    return value;
  }
  const { copy, base, isNew, members, assigned } = draft;
  if (copy === null) return isNew ? finished(base, drafts) : base;
  for (const name of new Set([...members.keys(), ...assigned, ...(isNew ? Object.keys(copy) : [])])) {
    if (!Object.hasOwn(copy, name)) continue;
    const member = members.get(name);
    if (member !== undefined && member.of === copy[name]) copy[name] = finished(member.draft, drafts);
    else if (isNew || copy[name] !== base[name]) copy[name] = finished(copy[name], drafts);
  }
  // A draft that is reached twice is finished once.
  drafts.set(value, { ...draft, base: copy, isNew: false, copy: null });
  return copy;
}
