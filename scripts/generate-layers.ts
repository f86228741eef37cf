/** Writes the import rules of `.oxlintrc.json` from the table in layers.ts; rules that are not about layers stay as they are. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Layer } from './layer.js';
import { layers } from './layers.js';

interface Override {
  files: string[];
  rules: Record<string, unknown>;
}

const settings = new URL('../.oxlintrc.json', import.meta.url);
const isLayerRule = ({ rules }: Override): boolean => 'no-restricted-imports' in rules;

const restricted = (patterns: object[]) => ({ 'no-restricted-imports': ['error', { patterns }] });

/** Packages that belong to other layers. */
const packagesOfOthers = (name: string, ours: readonly string[]) =>
  layers
    .filter((layer) => layer.name !== name)
    .flatMap(({ name: owner, packages = [] }) => {
      const forbidden = packages.filter((prefix) => !ours.some((allowed) => allowed.startsWith(prefix)));
      return forbidden.length === 0
        ? []
        : [
            {
              regex: `^(${forbidden.join('|')})`,
              message: `Only ${owner}/ imports these packages (scripts/layers.ts).`,
            },
          ];
    });

function ruleOf({ name, imports, packages = [] }: Layer): Override {
  const others = layers.filter((layer) => layer.name !== name && !imports.includes(layer.name));
  const paths = others.map((layer) => (layer.file === true ? `${layer.name}\\.js$` : `${layer.name}/`));
  const message = `${name} may import only: ${imports.length === 0 ? 'nothing of ours' : imports.join(', ')} (scripts/layers.ts).`;
  return {
    files: [`src/${name}/**`, `src/${name}.ts`],
    rules: restricted([
      ...(others.length === 0 ? [] : [{ regex: `^(\\.\\./)+(${paths.join('|')})`, message }]),
      ...packagesOfOthers(name, packages),
    ]),
  };
}

/** A folder that is not in the table may import nothing. */
const unknownFolders: Override = {
  files: ['src/**'],
  rules: restricted([{ regex: '.', message: 'Its folder is not in the table of scripts/layers.ts.' }]),
};

/** The settings of the linter with the rules of the table in them. */
export function withLayerRules(text: string): string {
  const { overrides, ...rest } = JSON.parse(text) as { overrides: Override[] };
  const others = overrides.filter((override) => !isLayerRule(override));
  return `${JSON.stringify({ ...rest, overrides: [unknownFolders, ...layers.map(ruleOf), ...others] }, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(settings, withLayerRules(readFileSync(settings, 'utf8')));
