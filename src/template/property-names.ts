/** Properties of a mapping as the languages of templates name them. */
import type { TemplateFormat } from './resource.js';

/** Terraform has one block for each entry of this list. */
const blocks: Readonly<Record<string, string>> = { SourceAccessConfigurations: 'source_access_configuration' };

/** `StartingPosition` is `starting_position` in Terraform. */
export const propertyName = (name: string, format: TemplateFormat): string =>
  format === 'terraform' ? (blocks[name] ?? name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()) : name;

/** A property with a text, as it is written in the language. */
export const propertyWith = (name: string, value: string, format: TemplateFormat): string =>
  format === 'terraform' ? `${propertyName(name, format)} = "${value}"` : `${name}: ${value}`;
