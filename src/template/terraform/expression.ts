/** HCL expressions as trees (HCL specification: expressions). */
import { templateTree, type TemplateOptions } from './template-text.js';
import type { Expression } from './tree.js';
import { ExpressionError, tokenize, type Token } from './tokens.js';

/** `base`: where the text begins in its file. Throws `ExpressionError`. */
export function parseExpression(text: string, base?: number): Expression {
  const parser = new Parser(tokenize(text, base), base !== undefined);
  const expression = parser.expression();
  parser.end();
  return expression;
}

/** The tree of a template. Throws `ExpressionError`. */
export const parseTemplate = (text: string, options: TemplateOptions = {}): Expression =>
  templateTree(text, options, parseExpression);

/** The binary operators, those that bind least first. */
const precedence = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']];
/** Deeper expressions are not written by people. */
const deepest = 200;

export class Parser {
  protected at = 0;
  private depth = 0;
  /** Line ends separate the entries of an object; elsewhere they mean nothing. */
  protected keepsLines = [false];

  constructor(
    protected readonly tokens: readonly Token[],
    private readonly isPlaced: boolean,
  ) {}

  end(): void {
    if (this.peek().is !== 'end') throw new ExpressionError('text follows the expression', this.peek().at);
  }

  expression(): Expression {
    const { at } = this.peek();
    if (++this.depth > deepest) throw new ExpressionError('the expression is nested too deeply', at);
    try {
      const test = this.binary(0);
      if (!this.take('?')) return this.isPlaced ? { ...test, offset: at } : test;
      const consequent = this.expression();
      this.need(':');
      return {
        is: 'condition',
        test,
        consequent,
        otherwise: this.expression(),
        ...(this.isPlaced ? { offset: at } : {}),
      };
    } finally {
      this.depth -= 1;
    }
  }

  protected peek(): Token {
    while (!this.keepsLines.at(-1)! && this.isSymbol('\n')) this.at += 1;
    return this.tokens[this.at]!;
  }

  protected isSymbol(value: string): boolean {
    const token = this.tokens[this.at]!;
    return token.is === 'symbol' && token.value === value;
  }

  protected take(value: string): boolean {
    this.peek();
    if (!this.isSymbol(value)) return false;
    this.at += 1;
    return true;
  }

  protected need(value: string): void {
    if (!this.take(value)) throw new ExpressionError(`“${value}” is missing`, this.peek().at);
  }

  protected takeName(name?: string): string | null {
    const token = this.peek();
    if (token.is !== 'name' || (name !== undefined && token.value !== name)) return null;
    this.at += 1;
    return token.value;
  }

  protected within<T>(keepsLines: boolean, work: () => T): T {
    this.keepsLines.push(keepsLines);
    try {
      return work();
    } finally {
      this.keepsLines.pop();
    }
  }

  private binary(level: number): Expression {
    const operators = precedence[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      this.peek();
      const operator = operators.find((candidate) => this.isSymbol(candidate));
      if (operator === undefined) return left;
      this.at += 1;
      left = { is: 'binary', operator, left, right: this.binary(level + 1) };
    }
  }

  private unary(): Expression {
    if (this.take('!')) return { is: 'unary', operator: '!', operand: this.unary() };
    if (this.take('-')) return { is: 'unary', operator: '-', operand: this.unary() };
    return this.postfix(this.primary());
  }

  private postfix(start: Expression): Expression {
    let expression = start;
    for (;;) {
      if (this.take('.')) {
        if (this.take('*')) {
          expression = { is: 'splat', of: expression, each: this.attributesOnly({ is: 'element' }) };
          continue;
        }
        expression = this.member(expression);
      } else if (this.isSymbol('[')) {
        this.at += 1;
        if (this.within(false, () => this.take('*'))) {
          this.within(false, () => this.need(']'));
          return { is: 'splat', of: expression, each: this.postfix({ is: 'element' }) };
        }
        const index = this.within(false, () => {
          const at = this.expression();
          this.need(']');
          return at;
        });
        expression = { is: 'index', of: expression, at: index };
      } else return expression;
    }
  }

  private attributesOnly(start: Expression): Expression {
    let expression = start;
    while (this.take('.')) expression = this.member(expression);
    return expression;
  }

  /** `.name`, or `.0` of old configurations. */
  private member(of: Expression): Expression {
    const token = this.peek();
    this.at += 1;
    if (token.is === 'name') return { is: 'attribute', of, name: token.value };
    if (token.is === 'number') return { is: 'index', of, at: { is: 'literal', value: token.value } };
    throw new ExpressionError('a name is missing after “.”', token.at);
  }

  private primary(): Expression {
    const token = this.peek();
    this.at += 1;
    if (token.is === 'number') return { is: 'literal', value: token.value };
    if (token.is === 'template')
      return parseTemplate(token.value, {
        isQuoted: !token.isHeredoc,
        // The lines of a heredoc may have lost their indentation.
        ...(token.isHeredoc || !this.isPlaced ? {} : { base: token.at + 1 }),
      });
    if (token.is === 'name') return this.named(token.value);
    if (token.is === 'symbol' && token.value === '(')
      return this.within(false, () => {
        const inner = this.expression();
        this.need(')');
        return inner;
      });
    if (token.is === 'symbol' && token.value === '[') return this.within(false, () => this.list());
    if (token.is === 'symbol' && token.value === '{') return this.object();
    throw new ExpressionError('an expression is missing', token.at);
  }

  private named(name: string): Expression {
    if (name === 'true' || name === 'false') return { is: 'literal', value: name === 'true' };
    if (name === 'null') return { is: 'literal', value: null };
    if (!this.isSymbol('(')) return { is: 'variable', name };
    this.at += 1;
    return this.within(false, () => {
      const args: Expression[] = [];
      let isExpanded = false;
      while (!this.take(')')) {
        args.push(this.expression());
        if (this.take('...')) isExpanded = true;
        if (!this.take(',')) {
          this.need(')');
          break;
        }
      }
      return { is: 'call', name, args, isExpanded };
    });
  }

  private list(): Expression {
    if (this.takeName('for') !== null) return this.loop(']', false);
    const items: Expression[] = [];
    while (!this.take(']')) {
      items.push(this.expression());
      if (!this.take(',')) {
        this.need(']');
        break;
      }
    }
    return { is: 'list', items };
  }

  private object(): Expression {
    const token = this.within(false, () => this.peek());
    const next = this.tokens[this.at + 1];
    if (
      token.is === 'name' &&
      token.value === 'for' &&
      !(next?.is === 'symbol' && (next.value === '=' || next.value === ':'))
    )
      return this.within(false, () => {
        this.at += 1;
        return this.loop('}', true);
      });
    return this.within(true, () => {
      const entries: { key: Expression; value: Expression }[] = [];
      for (;;) {
        while (this.take('\n') || this.take(','));
        if (this.take('}')) return { is: 'object', entries };
        const { at } = this.tokens[this.at]!;
        const key = this.objectKey();
        if (!this.take('=') && !this.take(':'))
          throw new ExpressionError('“=” is missing in an object', this.peek().at);
        entries.push({ key: { ...key, ...(this.isPlaced ? { offset: at } : {}) }, value: this.expression() });
        if (!this.isSymbol('\n') && !this.isSymbol(',') && !this.isSymbol('}'))
          throw new ExpressionError('“,” is missing in an object', this.peek().at);
      }
    });
  }

  /** A plain name is the key itself; anything else is an expression in parentheses, or a template. */
  private objectKey(): Expression {
    const token = this.tokens[this.at]!;
    const next = this.tokens[this.at + 1];
    if (token.is === 'name' && next?.is === 'symbol' && (next.value === '=' || next.value === ':')) {
      this.at += 1;
      return { is: 'literal', value: token.value };
    }
    return this.binary(0);
  }

  /** After `for`, to the closing bracket. */
  private loop(close: ']' | '}', isObject: boolean): Expression {
    const names = [this.takeName() ?? ''];
    if (this.take(',')) names.push(this.takeName() ?? '');
    if (this.takeName('in') === null) throw new ExpressionError('“in” is missing in a for expression', this.peek().at);
    const of = this.expression();
    this.need(':');
    const first = this.expression();
    const value = isObject && this.take('=>') ? this.expression() : null;
    const isGrouped = this.take('...');
    const filter = this.takeName('if') === null ? null : this.expression();
    this.need(close);
    return { is: 'for', names, of, key: value === null ? null : first, value: value ?? first, filter, isGrouped };
  }
}
