/** `npm run check-layers [FOLDER]`: the imports of `src/` against the table in layers.ts; exit 1 with a line for each fault. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importCycles, readImports } from './imports.js';
import type { Layer } from './layer.js';
import { layers } from './layers.js';

const layerOf = (path: string): string => path.split('/')[0]!.replace(/\.ts$/, '');

/** Every fault of a source folder, each as a line. */
export function layerFaults(folder: string, table: readonly Layer[] = layers): string[] {
  const byName = new Map(table.map((layer) => [layer.name, layer]));
  const present = readdirSync(folder).map(layerOf);
  const files = readImports(folder);
  return [
    ...present
      .filter((name) => !byName.has(name))
      .map((name) => `src/${name} is not in the table of scripts/layers.ts`),
    ...table
      .filter(({ name }) => !present.includes(name))
      .map(({ name }) => `the table names ${name}, which is not in src`),
    ...table.flatMap(({ name, imports }, index) =>
      imports
        .filter((other) => table.findIndex((layer) => layer.name === other) >= index || !byName.has(other))
        .map((other) => `the table lets ${name} import ${other}, which is not below it`),
    ),
    ...files.flatMap(({ path, files: imported, packages }) => {
      const layer = byName.get(layerOf(path));
      const allowed = new Set([layerOf(path), ...(layer?.imports ?? [])]);
      return [
        ...imported
          .filter((file) => !allowed.has(layerOf(file)))
          .map((file) => `src/${path} imports src/${file}: ${layerOf(path)} may not import ${layerOf(file)}`),
        ...packages.flatMap((name) => {
          const owners = table.filter((other) => other.packages?.some((start) => name.startsWith(start)));
          const isFree = owners.length === 0 || owners.some((owner) => owner.name === layer?.name);
          return isFree
            ? []
            : [`src/${path} imports ${name}: only ${owners.map((owner) => owner.name).join(', ')} may`];
        }),
      ];
    }),
    ...importCycles(files).map(
      (cycle) => `these files import one another: ${cycle.map((file) => `src/${file}`).join(', ')}`,
    ),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = layerFaults(process.argv[2] ?? fileURLToPath(new URL('../src', import.meta.url)));
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
