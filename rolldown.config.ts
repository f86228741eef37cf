import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { main: 'src/cli/main.ts' },
  platform: 'node',
  // The SDK's ES modules under `module` can be cut down; its CommonJS would bring all of EC2.
  resolve: { mainFields: ['module', 'main'] },
  output: { dir: 'dist', format: 'esm', cleanDir: true, chunkFileNames: '[name]-[hash].js' },
});
