/** The texts that Lambda shows, by their id in the catalogue. */
import { errorTexts, type ErrorTextId } from '../../catalogue/texts.js';

export const problem = (id: ErrorTextId): string => `PROBLEM: ${errorTexts.find((entry) => entry.id === id)!.text}`;
