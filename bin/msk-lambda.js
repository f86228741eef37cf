#!/usr/bin/env node
// The SDK's notice about coming Node versions would stand between the user and the answer.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
// Worth 5–18 ms of start-up where it is there; in Node 20, which lacks it, loading the module alone costs a few.
if (!process.versions.node.startsWith('20.')) process.getBuiltinModule('node:module').enableCompileCache?.();

const program = new URL('../dist/main.js', import.meta.url);
let main;
try {
  main = await import(program.href);
} catch (error) {
  // Another module that is missing is a fault of the program, not of who built it.
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || process.getBuiltinModule('node:fs').existsSync(program)) throw error;
  process.stderr.write('error: the program is not built\n  Run `npm run build` in the package first.\n');
  process.exitCode = 2;
}
await main?.start();
