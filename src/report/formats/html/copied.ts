/** Lines to copy. The script of the page adds the button; without it the text can be selected. */
import { html, lines, type Markup } from './markup.js';

/** Null for no line. A line break within a line, which a name may hold, is shown as `\n`. */
export const copied = (texts: readonly string[]): Markup | null =>
  texts.length === 0
    ? null
    : html`<div class="copied">
        <pre tabindex="0"><code>${lines(texts)}</code></pre>
      </div>`;
