/** A change in member that leaves the value before as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay, replaySharing } from '../../src/simulate/simulate.js';
import { changedCopy } from '../../src/simulate/copy-on-write.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';

/* oxlint-disable typescript/no-explicit-any -- arbitrary JSON */
describe('changedCopy', () => {
  const base = () => ({ list: [{ id: 1 }, { id: 2 }], map: { a: { deep: { x: 1 } }, b: { y: 2 } } as any, text: 't' });

  it('shares what is not changed', () => {
    const before = base();
    const after = changedCopy(before, (draft) => void (draft.map.a.deep.x = 5));
    expect(before).toEqual(base());
    expect(after.map.a.deep.x).toBe(5);
    expect(after.map.b).toBe(before.map.b);
    expect(after.list).toBe(before.list);
  });

  it('is the same object where nothing is changed', () => {
    const before = base();
    expect(changedCopy(before, (draft) => void draft.map.a.deep.x)).toBe(before);
  });

  it.each<[string, (draft: any) => void]>([
    ['push', (draft) => draft.list.push({ id: 3 })],
    ['splice', (draft) => draft.list.splice(0, 1)],
    ['shift and change', (draft) => void (draft.list.shift(), (draft.list[0].id = 9))],
    ['filter', (draft) => void (draft.list = draft.list.filter(({ id }: { id: number }) => id > 1))],
    ['filter and change', (draft) => void ((draft.list = draft.list.filter(() => true)), (draft.list[1].id = 7))],
    ['delete', (draft) => void delete draft.map.a],
    ['Object.assign', (draft) => void Object.assign(draft.map.a, { z: 1 })],
    ['spread', (draft) => void (draft.map.c = { ...draft.map.a, z: draft.list[0] })],
    ['move', (draft) => void ((draft.map.c = draft.map.a), (draft.map.c.deep.x = 3))],
    ['spread and look', (draft) => void ((draft.map.c = { ...draft.map.a }), draft.map.c.deep.x)],
    ['spread and change', (draft) => void ((draft.map.c = { ...draft.map.a, z: draft.list[0] }), (draft.map.c.y = 3))],
    ['list in a list', (draft) => void ((draft.map.c = { in: [draft.list[0]] }), draft.map.c.in.push(draft.list[1]))],
    ['set twice', (draft) => void ((draft.map.a.deep = { x: 2 }), (draft.map.a.deep.x = 3))],
    ['length', (draft) => void (draft.list.length = 1)],
    ['entries', (draft) => void Object.entries<any>(draft.map).forEach(([name, item]) => (item.name = name))],
    ['find', (draft) => void (draft.list.find(({ id }: { id: number }) => id === 2).id = 4)],
  ])('does what it does in member: %s', (_, change) => {
    const before = base();
    const inPlace = base();
    change(inPlace);
    const after = changedCopy(before, change);
    expect(after).toEqual(inPlace);
    expect(before).toEqual(base());
    // Stand-ins that the change works on cannot be cloned.
    expect(structuredClone(after)).toEqual(inPlace);
  });

  it('does what it does in member, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.jsonValue())), (json, steps) => {
        const change = (draft: any): void => {
          for (const [at, kind, item] of steps) {
            let member = draft;
            for (let depth = at % 4; depth > 0; depth -= 1) {
              const inner = Object.values(member).filter((value) => typeof value === 'object' && value !== null);
              if (inner.length === 0) break;
              member = inner[at % inner.length];
            }
            const key = Object.keys(member)[at % 3] ?? '0';
            if (kind === 0) member[key] = structuredClone(item);
            else if (kind === 1) delete member[key];
            else if (Array.isArray(member)) member.push(structuredClone(item));
            else member[`${key}2`] = member[key];
          }
        };
        const make = () => ({ json: structuredClone(json) });
        const [before, inPlace] = [make(), make()];
        change(inPlace);
        const after = changedCopy(before, change);
        expect(JSON.stringify(after)).toBe(JSON.stringify(inPlace));
        structuredClone(after);
        expect(before).toEqual(make());
      }),
    );
  });
});

it('a call has the same effect as on a copy, for every step of every account', () => {
  for (const account of sandboxAccounts) {
    const before = account.build();
    const text = JSON.stringify(before);
    for (const step of buildRepairPlan(before, diagnose(before)).steps) {
      expect(JSON.stringify(replaySharing(before, [step]))).toBe(JSON.stringify(replay(before, step)));
      expect(JSON.stringify(before)).toBe(text);
    }
  }
});

it('an object without a prototype, as in a snapshot file, is copied too', () => {
  const collection = Object.assign(Object.create(null) as Record<string, { rules: string[] }>, { a: { rules: ['x'] } });
  const base = { collection };
  const after = changedCopy(base, (draft) => {
    draft.collection['a']!.rules.push('y');
    draft.collection['b'] = { rules: [] };
  });
  expect(after.collection).toEqual({ a: { rules: ['x', 'y'] }, b: { rules: [] } });
  expect(base.collection).toEqual({ a: { rules: ['x'] } });
  expect(Object.getPrototypeOf(after.collection)).toBe(null);
});
