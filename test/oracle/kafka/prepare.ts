/** Downloads and compiles the test brokers, before suites that run at the same time would each begin to. */
import { classPath, missingTool } from './class-path.js';

if (missingTool() === null) for (const version of ['4.3.1', '3.9.1'] as const) classPath(version);
