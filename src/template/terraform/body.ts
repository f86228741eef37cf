/** The structure of HCL files: bodies of attributes and blocks, with the places where they are written. */
import { TemplateError } from '../resource.js';
import { Parser } from './expression.js';
import { ExpressionError, tokenize, type Token } from './tokens.js';
import type { Expression } from './tree.js';

/** A file with the line starts that turn offsets into lines and columns. */
export class SourceFile {
  private readonly starts: number[];
  constructor(
    readonly path: string,
    readonly text: string,
  ) {
    this.starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** Counted from 1. */
  position(at: number): { line: number; column: number } {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - this.starts[low]! + 1 };
  }

  /** The opposite of `position`. */
  offset(line: number, column: number): number {
    return (this.starts[line - 1] ?? 0) + column - 1;
  }

  error(message: string, at: number): TemplateError {
    return new TemplateError(message, { file: this.path, ...this.position(at), path: '' });
  }
}

export interface Attribute {
  expression: Expression;
  /** Where its name is. */
  at: number;
  file: SourceFile;
}

export interface Block {
  type: string;
  labels: string[];
  body: Body;
  at: number;
  file: SourceFile;
}

export interface Body {
  attributes: ReadonlyMap<string, Attribute>;
  blocks: readonly Block[];
}

/** Throws `TemplateError`. */
export function parseFile(path: string, text: string): Body {
  const file = new SourceFile(path, text);
  try {
    return new BodyParser(tokenize(text, 0), file).file();
  } catch (error) {
    if (error instanceof ExpressionError) throw file.error(error.message, error.at);
    throw error;
  }
}

/** Blocks within blocks, at most. */
const deepest = 50;

class BodyParser extends Parser {
  constructor(
    tokens: readonly Token[],
    private readonly source: SourceFile,
  ) {
    super(tokens, true);
    this.keepsLines = [true];
  }

  file(): Body {
    const body = this.body(0);
    this.end();
    return body;
  }

  private body(depth: number): Body {
    if (depth > deepest) throw new ExpressionError('the blocks are nested too deeply', this.peek().at);
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (;;) {
      while (this.take('\n'));
      const { at } = this.peek();
      const name = this.takeName();
      if (name === null) return { attributes, blocks };
      if (this.take('=')) {
        if (attributes.has(name)) throw new ExpressionError(`the argument “${name}” is written twice`, at);
        attributes.set(name, { expression: this.expression(), at, file: this.source });
      } else blocks.push(this.block(name, at, depth));
      const next = this.peek();
      if (!this.isSymbol('\n') && !this.isSymbol('}') && next.is !== 'end')
        throw new ExpressionError('a line end is missing', next.at);
    }
  }

  private block(type: string, at: number, depth: number): Block {
    const labels: string[] = [];
    while (!this.take('{')) {
      const token = this.peek();
      if (token.is !== 'name' && token.is !== 'template')
        throw new ExpressionError(`“=” or “{” is missing after “${type}”`, token.at);
      labels.push(token.value);
      this.at += 1;
    }
    const body = this.body(depth + 1);
    this.need('}');
    return { type, labels, body, at, file: this.source };
  }
}
