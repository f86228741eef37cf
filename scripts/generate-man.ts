/** Writes man/msk-lambda.1. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { manPage } from './man-page.js';

mkdirSync(new URL('../man/', import.meta.url), { recursive: true });
writeFileSync(new URL('../man/msk-lambda.1', import.meta.url), manPage());
