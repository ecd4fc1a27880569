import { useSyncExternalStore } from "react";

/** What the room on the glass allows. */
export interface Layout {
  /** Room for fan and volume beside the climate in the dock. */
  readonly isWide: boolean;
  /** Too low for six rows in a sheet. */
  readonly isLow: boolean;
  readonly isPortrait: boolean;
}

const queries = {
  isWide: "(min-width: 1720px)",
  isLow: "(max-height: 800px)",
  isPortrait: "(max-aspect-ratio: 1/1)",
} as const;

const matches = (query: string): boolean => window.matchMedia(query).matches;

let known: Layout | undefined;

function read(): Layout {
  const next: Layout = {
    isWide: matches(queries.isWide),
    isLow: matches(queries.isLow),
    isPortrait: matches(queries.isPortrait),
  };
  const same = known?.isWide === next.isWide && known.isLow === next.isLow && known.isPortrait === next.isPortrait;
  if (!same || known === undefined) known = next;
  return known;
}

function listen(onChange: () => void): () => void {
  window.addEventListener("resize", onChange);
  return () => window.removeEventListener("resize", onChange);
}

/** The layout of this window; renders again only when it changes. */
export const useLayout = (): Layout => useSyncExternalStore(listen, read);

/** Rows that fit into a sheet without scrolling, which is all it may show while the car moves; never more than six. */
export const rowsWhileMoving = (layout: Layout): number => (layout.isLow ? 4 : 6);
