/** A row of the table of layers. */

/** A folder of `src/`, or a file that stands in `src/` itself. */
export interface Layer {
  /** Its name in `src/`, a file without its ending. */
  name: string;
  /** What it holds, in one sentence for a newcomer. */
  holds: string;
  /** Layers that it may import besides itself; only layers above it in this table. */
  imports: readonly string[];
  /** Packages that only this layer may import, by the beginning of their names; a longer name of a higher row takes precedence. */
  packages?: readonly string[];
  /** It is one file, not a folder. */
  file?: true;
}
