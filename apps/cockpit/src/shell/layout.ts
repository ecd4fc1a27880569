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

const dockHeight = 104;
const sheetWidth = 640;
/** Drive card and place card with the room around them. */
const driveCard = { width: 384, height: 300 };
const placeCard = { width: 780, height: 400 };

/** Pixels of each edge of the map that something lies over: sheets, and the two cards while a whole route is shown. */
export function coveredEdges(
  { isWide, isPortrait }: Layout,
  shown: { readonly hasSheet: boolean; readonly isPlanned: boolean },
): { readonly top: number; readonly bottom: number; readonly near: number; readonly far: number } {
  if (shown.hasSheet) return { top: 0, bottom: dockHeight, near: 0, far: sheetWidth };
  if (!shown.isPlanned) return { top: 0, bottom: dockHeight, near: 0, far: 0 };
  if (isPortrait) return { top: 200, bottom: dockHeight + placeCard.height, near: 0, far: 100 };
  if (isWide) return { top: 0, bottom: dockHeight, near: driveCard.width, far: placeCard.width };
  return { top: 0, bottom: dockHeight + driveCard.height, near: 0, far: placeCard.width };
}
