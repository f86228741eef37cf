/** Before every test file: fast-check takes the seed and the number of cases of this run. A test's own parameters win. */
import fc from 'fast-check';
import { runs, seed } from './seed.js';

fc.configureGlobal({ seed, numRuns: runs(100) });
