/** Which resources a value refers to, also through locals, variables and outputs that were computed earlier. */

export class Tracker {
  private readonly open: Set<string>[] = [];

  /** Notes that what is being computed refers to the resource. */
  note(address: string): void {
    this.open.at(-1)?.add(address);
  }

  record<T>(work: () => T): { value: T; references: ReadonlySet<string> } {
    const references = new Set<string>();
    this.open.push(references);
    try {
      return { value: work(), references };
    } finally {
      this.open.pop();
    }
  }

  /** A function whose value is computed once for each key. */
  once<T>(): (key: string, work: () => T) => T {
    const known = new Map<string, { value: T; references: ReadonlySet<string> }>();
    return (key, work) => {
      const found = known.get(key) ?? this.record(work);
      known.set(key, found);
      for (const reference of found.references) this.note(reference);
      return found.value;
    };
  }
}
