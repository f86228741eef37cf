/** How a resource of Terraform becomes resources of CloudFormation. */
import { isSymbol } from '../../../snapshot/symbols.js';
import { isObject, type Json, type JsonObject } from '../../resource.js';
import type { DocumentPath } from '../../location.js';

/** What a translation may name besides the arguments. */
export interface Self {
  /** What a reference to the resource gives. */
  id: string;
  arn: string | null;
}

export interface Piece {
  type: string;
  properties: JsonObject;
  /** The argument that a property comes from, where its name is not the property's in snake case. */
  written?: Readonly<Record<string, DocumentPath>>;
}

export interface Translation {
  /** The resource itself. */
  type: string;
  /** Properties that are a part of the identity, and the arguments that give them. */
  names?: Readonly<Record<string, string>>;
  /** Attributes that are the id, the ARN, or another attribute of the identity. */
  attributes?: Readonly<Record<string, string>>;
  properties(config: JsonObject, self: Self): JsonObject;
  written?: Readonly<Record<string, DocumentPath>>;
  /** Further resources that it contains. */
  more?(config: JsonObject, self: Self): Piece[];
}

/** Arguments under the names of properties; absent ones, null and the empty text are left out. */
export const pick = (config: JsonObject, names: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(names).flatMap(([property, argument]) => {
      const value = config[argument];
      return value === undefined || value === null || value === '' ? [] : [[property, value]];
    }),
  );

/** A property, unless it is absent. */
export const member = (name: string, value: Json | undefined): JsonObject =>
  value === undefined || value === null ? {} : { [name]: value };

/** The nested blocks of a type, also where they are written as a list of objects. */
export const blocks = (config: JsonObject, type: string): JsonObject[] => [config[type] ?? []].flat().filter(isObject);

/** The only nested block of a type. */
export const block = (config: JsonObject, type: string): JsonObject | undefined => blocks(config, type)[0];

/** A list; one value is a list of it. An unknown list stays one unknown value. */
export const items = (value: Json | undefined): Json[] =>
  value === undefined || value === null || value === '' ? [] : [value].flat();

/** Whether a part of the value is not known. */
export const hasUnknown = (value: Json): boolean =>
  isSymbol(value) ||
  (Array.isArray(value) && value.some(hasUnknown)) ||
  (isObject(value) && Object.values(value).some(hasUnknown));
