/** The imports between the files of a source folder, as the parser of the bundler sees them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

/** A file and what it names in its imports. */
export interface SourceFile {
  /** Relative to the source folder, with `/`: `cli/io.ts`. */
  path: string;
  /** Files of the same folder that it imports: statically, as a type, or lazily by `import()`. */
  files: readonly string[];
  /** Packages that it imports, by the whole specifier. */
  packages: readonly string[];
}

/** Every TypeScript file below a folder with its imports, sorted by path. Throws where a file cannot be parsed. */
export function readImports(folder: string): SourceFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .toSorted();
  return paths.map((path) => {
    const specifiers = specifiersOf(path, readFileSync(join(folder, path), 'utf8'));
    const relative = specifiers.filter((specifier) => specifier.startsWith('.'));
    return {
      path,
      files: relative
        .map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'))
        .filter((file) => !file.startsWith('..') && existsSync(join(folder, file))),
      packages: specifiers.filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:')),
    };
  });
}

function specifiersOf(path: string, text: string): string[] {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const found = new Set<string>();
  for (const { moduleRequest } of module.staticImports) found.add(moduleRequest.value);
  for (const { entries } of module.staticExports)
    for (const { moduleRequest } of entries) if (moduleRequest !== null) found.add(moduleRequest.value);
  for (const { moduleRequest } of module.dynamicImports)
    found.add(text.slice(moduleRequest.start + 1, moduleRequest.end - 1));
  // `import('./x.js').Name` in a type.
  new Visitor({
    TSImportType: ({ source }) => {
      found.add(source.value);
    },
  }).visit(program);
  return [...found];
}

/** Groups of files that import one another, each sorted; empty where no file leads back to itself (Tarjan). */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string): void => {
    order.set(path, order.size);
    lowest.set(path, order.get(path)!);
    stack.push(path);
    for (const next of byPath.get(path)?.files ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(path, Math.min(lowest.get(path)!, lowest.get(next)!));
    }
    if (lowest.get(path) !== order.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1 || byPath.get(path)?.files.includes(path) === true) cycles.push(group.toSorted());
  };
  for (const { path } of files) if (!order.has(path)) visit(path);
  return cycles;
}
