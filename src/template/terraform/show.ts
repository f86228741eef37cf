/** Expressions in short, for the words that explain an unknown value. */
import type { Expression } from './tree.js';

export function show(expression: Expression): string {
  switch (expression.is) {
    case 'literal':
      return typeof expression.value === 'string' ? `"${expression.value}"` : String(expression.value);
    case 'variable':
      return expression.name;
    case 'attribute':
      return `${show(expression.of)}.${expression.name}`;
    case 'index':
      return `${show(expression.of)}[${show(expression.at)}]`;
    case 'splat':
      return `${show(expression.of)}[*]${show(expression.each)}`;
    case 'call':
      return `${expression.name}(…)`;
    case 'element':
      return '';
    case 'binary':
      return `${show(expression.left)} ${expression.operator} ${show(expression.right)}`;
    case 'condition':
      return `${show(expression.test)} ? … : …`;
    case 'unary':
      return `${expression.operator}${show(expression.operand)}`;
    case 'for':
      return `for … in ${show(expression.of)}`;
    default:
      return '…';
  }
}
