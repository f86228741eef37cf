/** Text cut and filled to a width, as wide as it looks. */
import stringWidth from 'string-width';

/** At most this many columns; a text that is cut ends in “…”. Without escape sequences. */
export function cutToWidth(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let cut = '';
  let width = 1;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** Exactly this many columns, filled with blanks. */
export function fillToWidth(text: string, columns: number): string {
  const cut = cutToWidth(text, columns);
  return cut + ' '.repeat(Math.max(0, columns - stringWidth(cut)));
}
