/** Places in the files of a template. */

/** A path in a document: keys and indexes. */
export type DocumentPath = readonly (string | number)[];

/** Line and column count from 1. `path`: as in `Resources.Role.Properties.Policies.0`. */
export interface Location {
  file: string;
  line: number;
  column: number;
  path: string;
}

/** The position of a value and of the values in it. */
export interface PositionTree {
  line: number;
  column: number;
  /** By key or index; of a value with a key, the position of the key. */
  children: Map<string, PositionTree>;
}

/** The position of the value at the path, or of the nearest value around it that the file has. */
export function locate(file: string, tree: PositionTree, path: DocumentPath): Location {
  let node = tree;
  for (const key of path) {
    const child = node.children.get(String(key));
    // A short tag (`!If`) has no key of its own.
    if (child === undefined && String(key).startsWith('Fn::')) continue;
    if (child === undefined) break;
    node = child;
  }
  return { file, line: node.line, column: node.column, path: path.join('.') };
}
