/** Values that are not known before the deployment, in properties. */
import { isSymbol, isTextSymbol } from '../../snapshot/symbols.js';
import type { Json } from '../resource.js';

/** Whether the value is not known at all. Ids that AWS assigns to new resources count as known: references join by them. */
export const isOpen = (value: Json | undefined): value is string =>
  typeof value === 'string' && isSymbol(value) && isTextSymbol(value);

/** Whether the value, or a part of a list or object, is not known at all. */
export const hasOpen = (value: Json | undefined): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(hasOpen) : isOpen(value);
