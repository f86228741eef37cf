/**
 * The Condition block of a statement: all clauses must be true. One that is certainly false decides, whatever is
 * unknown.
 */
import { possibleValues, type Context } from './context.js';
import type { ConditionClause } from './policy-document.js';
import { operatorNamed, type Operator } from './operators.js';
import { absentVariable } from './pattern.js';
import { every, negate, no, some, unknown, yes, type TriStateAnswer } from './tri-state.js';

interface Rules {
  context: Context;
  variables: boolean;
}

export const evaluateConditions = (clauses: readonly ConditionClause[], rules: Rules): TriStateAnswer =>
  every(clauses.map((clause) => evaluateClause(clause, rules)));

const shape = /^(?:(?<quantifier>ForAllValues|ForAnyValue):)?(?<name>.*?)(?<ifExists>IfExists)?$/i;

function evaluateClause(clause: ConditionClause, rules: Rules): TriStateAnswer {
  const [first, ...others] = possibleValues(rules.context, clause.key).map((values) =>
    evaluateWith(values, clause, rules),
  );
  return first !== undefined && others.every(({ is }) => is === first.is)
    ? first
    : unknown(`the value of ${clause.key} is unknown`);
}

function evaluateWith(values: string[] | null, clause: ConditionClause, rules: Rules): TriStateAnswer {
  const { quantifier, name = '', ifExists } = shape.exec(clause.operator)?.groups ?? {};
  if (name.toLowerCase() === 'null') return evaluateNull(clause, values);
  const operator = operatorNamed(name);
  if (operator === undefined) return unknown(`the operator ${clause.operator} is unknown`);
  const forAll = quantifier?.toLowerCase() === 'forallvalues';
  const forAny = quantifier?.toLowerCase() === 'foranyvalue';
  if (values === null || values.length === 0) {
    if (forAny && ifExists !== undefined)
      return unknown(
        `the request has no ${clause.key}, and AWS does not document how ForAnyValue with IfExists is evaluated then`,
      );
    const holds = ifExists !== undefined || forAll || (operator.negated && !forAny);
    return holds ? yes() : no(`the request has no ${clause.key}`);
  }
  const failing = `its condition ${clause.operator} ${clause.key} requires ${clause.values.join(' or ') || 'nothing'}; the value is ${values.join(', ')}`;
  const each = values.map((value) => evaluateValue(value, clause.values, operator, rules, failing));
  // Several values without a quantifier: a negated operator must be true for all of them, any other operator for one.
  return forAll || (operator.negated && !forAny) ? every(each) : some(each, failing);
}

function evaluateValue(
  value: string,
  wanted: readonly string[],
  operator: Operator,
  rules: Rules,
  failing: string,
): TriStateAnswer {
  const matched = some(
    wanted.map((pattern) => {
      const absent = operator.negated ? absentVariable(pattern, { ...rules, wildcards: false }) : undefined;
      return absent === undefined
        ? operator.compare(value, pattern, rules)
        : unknown(`the request has no ${absent}, and AWS does not document how a negated condition is evaluated then`);
    }),
    failing,
  );
  return operator.negated ? negate(matched, failing) : matched;
}

/** `Null: true` is true where the key is absent, `Null: false` where it is present. */
function evaluateNull({ key, values: wanted }: ConditionClause, values: string[] | null): TriStateAnswer {
  const absent = values === null || values.length === 0;
  return wanted.some((value) => (value.toLowerCase() === 'true') === absent)
    ? yes()
    : no(absent ? `the request has no ${key}` : `the request has ${key}`);
}
