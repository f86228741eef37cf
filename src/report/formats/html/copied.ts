/** Lines to copy. The script of the page adds the button; without it the text can be selected. */
import { html, lines, type Markup } from './markup.js';

/** Null for no line. */
export const copied = (text: string): Markup | null =>
  text === ''
    ? null
    : html`<div class="copied">
        <pre tabindex="0"><code>${lines(text)}</code></pre>
      </div>`;
