/** A part of the page that opens without JavaScript. */
import { html, type Markup, type Value } from './markup.js';

export interface Disclosure {
  /** Its class in the style sheet. */
  kind: string;
  /** Unique on the page, for links. */
  id?: string;
  isOpen?: boolean;
  summary: Value;
  body: Value;
}

export function disclosure({ kind, id = '', isOpen = false, summary, body }: Disclosure): Markup {
  const target = id === '' ? null : html`<a class="target" id="${id}"></a>`;
  return isOpen
    ? html`<details class="${kind}" open>
        <summary>${summary}</summary>
        ${target}${body}
      </details>`
    : html`<details class="${kind}">
        <summary>${summary}</summary>
        ${target}${body}
      </details>`;
}
