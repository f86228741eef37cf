/** The tree of an HCL expression. */
export type Expression = { offset?: number } & ExpressionNode;

/** `offset` (above): where it begins in its file; absent inside heredocs. */
type ExpressionNode =
  | { is: 'literal'; value: string | number | boolean | null }
  | { is: 'template'; parts: Expression[] }
  | { is: 'variable'; name: string }
  | { is: 'list'; items: Expression[] }
  | { is: 'object'; entries: { key: Expression; value: Expression }[] }
  | { is: 'call'; name: string; args: Expression[]; isExpanded: boolean }
  | { is: 'attribute'; of: Expression; name: string }
  | { is: 'index'; of: Expression; at: Expression }
  | { is: 'splat'; of: Expression; each: Expression }
  /** The element of a splat. */
  | { is: 'element' }
  /** What this reader cannot read. */
  | { is: 'opaque'; text: string }
  /** `%{ for }` of a template. */
  | { is: 'repeat'; names: string[]; of: Expression; body: Expression }
  | { is: 'condition'; test: Expression; consequent: Expression; otherwise: Expression }
  | { is: 'binary'; operator: string; left: Expression; right: Expression }
  | { is: 'unary'; operator: string; operand: Expression }
  | {
      is: 'for';
      names: string[];
      of: Expression;
      /** Null for a list. */
      key: Expression | null;
      value: Expression;
      filter: Expression | null;
      isGrouped: boolean;
    };
