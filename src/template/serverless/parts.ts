/** Parts of a service: functions, members, and the names that the framework makes of names. */
import type { DocumentPath } from '../location.js';
import { isObject, type Json, type JsonObject } from '../resource.js';

/** Variables are resolved. */
export interface ServerlessService {
  document: JsonObject;
  name: string;
  stage: string;
  /** The symbol of something that the file does not tell. */
  unknown(name: string): string;
}

/** A function of the service. */
export interface ServiceFunction {
  key: string;
  written: JsonObject;
  path: DocumentPath;
  logicalId: string;
}

export const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** The member as an object; empty where it is none. */
export const memberAt = (value: Json | undefined, name: string): JsonObject => objectOr(objectOr(value)[name]);

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The beginning of the logical ids of a function. */
export const normalized = (name: string): string =>
  upperFirst(name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore'));

export const alphanumeric = (name: string): string => upperFirst(name.replaceAll(/[^0-9A-Za-z]/g, ''));

/** `Properties.Timeout` as the framework writes it. */
export const renamed = (inner: DocumentPath, names: Readonly<Record<string, string>>): DocumentPath => {
  const [, property, ...rest] = inner;
  const name = names[String(property ?? '')];
  return name === undefined ? [] : [name, ...rest];
};
