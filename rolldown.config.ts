import { existsSync, readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';

export default defineConfig({
  input: { main: 'src/cli/main.ts' },
  platform: 'node',
  // The SDK's ES modules under `module` can be cut down; its CommonJS would bring all of EC2.
  resolve: { mainFields: ['module', 'main'] },
  output: { dir: 'dist', format: 'esm', cleanDir: true, minify: { mangle: false, compress: true }, chunkFileNames: '[name]-[hash].js' },
  plugins: [thirdPartyNotices()],
});

/** Names and licences of the packages that are bundled, beside the bundle. */
function thirdPartyNotices(): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1] ?? []));
      const source = [...folders].toSorted().map(describe).join(`\n${'-'.repeat(80)}\n`);
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source: `msk-lambda bundles these packages.\n\n${source}` });
    },
  };
}

function describe(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, string>;
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'License'].map((one) => `${folder}/${one}`).find((path) => existsSync(path));
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(file, 'utf8').trim()}\n`;
}
