import { useSyncExternalStore } from "react";

/** What the room on the glass allows. */
export interface Layout {
  /** Room for fan and volume beside the climate in the dock. */
  readonly isWide: boolean;
  readonly isPortrait: boolean;
  /** Glass as small as a hand. */
  readonly isHand: boolean;
  /** Rows that fit into a sheet without scrolling, which is all it may show while the car moves; never more than six. */
  readonly rows: 4 | 5 | 6;
}

const matches = (query: string): boolean => window.matchMedia(query).matches;

let known: Layout | undefined;

function read(): Layout {
  const isWide = matches("(min-width: 1720px)");
  const isPortrait = matches("(max-aspect-ratio: 1/1)");
  const isHand = matches("(max-width: 700px)");
  const rows = isHand || matches("(max-height: 800px)") ? 4 : matches("(max-height: 1000px)") ? 5 : 6;
  if (known?.isWide !== isWide || known.isPortrait !== isPortrait || known.isHand !== isHand || known.rows !== rows) {
    known = { isWide, isPortrait, isHand, rows };
  }
  return known;
}

function listen(onChange: () => void): () => void {
  window.addEventListener("resize", onChange);
  return () => window.removeEventListener("resize", onChange);
}

/** The layout of this window; renders again only when it changes. */
export const useLayout = (): Layout => useSyncExternalStore(listen, read);

const dockHeight = 104;
const sheetWidth = 640;
/** The room around a sheet on wide glass. */
const sheetEdge = 24;
/** Drive card with the room around it, and the banner above. */
const driveCard = { width: 384, height: 320, heightPlanned: 128 } as const;
const bannerHeight = 220;
/** A card that asks or tells something, with the room around it: on a narrow glass it reaches to where the car is. */
const questionCard = { width: 664, height: 264 } as const;
/** On a glass as small as a hand: the strips of the car and of the arrival with the room around them. */
const driveStrip = 112;
const arrivalStrip = 144;
/** The flag of a destination stands above its place. */
const pinHeight = 40;
/** In portrait a sheet leaves the upper part of the glass free. */
const portraitSheet = 0.6;
const handSheet = 0.66;
/** The clock above the map of a hand. */
const statusRow = 76;

/** Pixels of each edge of the map, told by the driver's side. */
export interface CoveredEdges {
  readonly top: number;
  readonly bottom: number;
  readonly near: number;
  readonly far: number;
}

/** Pixels of each edge that banner, drive card, arrival and buttons leave to a way that is seen whole while it is driven. */
export function overviewEdges({ isPortrait, isHand }: Layout): CoveredEdges {
  if (isHand) return { top: 148, bottom: dockHeight + driveStrip + arrivalStrip, near: 0, far: 76 };
  if (isPortrait) return { top: bannerHeight + 124, bottom: dockHeight + driveCard.height, near: 0, far: 92 };
  return { top: 164, bottom: dockHeight + arrivalStrip, near: driveCard.width, far: 92 };
}

/** Pixels of each edge of the map that something lies over. */
export function coveredEdges(
  { isWide, isPortrait, isHand }: Layout,
  shown: {
    readonly hasSheet: boolean;
    readonly hasBanner: boolean;
    readonly isPlanned: boolean;
    readonly hasCard: boolean;
  },
): CoveredEdges {
  if (!shown.hasSheet) {
    if (isHand) {
      const strips = driveStrip + (shown.hasBanner ? arrivalStrip : 0) + (shown.hasCard ? questionCard.height : 0);
      return { top: 0, bottom: dockHeight + strips, near: 0, far: 0 };
    }
    // Between the drive card and the question a narrow glass leaves room for the car.
    return shown.hasCard && !isWide && !isPortrait
      ? { top: 0, bottom: dockHeight, near: driveCard.width, far: questionCard.width }
      : { top: 0, bottom: dockHeight, near: 0, far: 0 };
  }
  if (isPortrait) {
    const sheet = Math.round(window.innerHeight * (isHand ? handSheet : portraitSheet));
    return { top: isHand && shown.isPlanned ? statusRow : 0, bottom: sheet, near: 0, far: 0 };
  }
  // A whole way is not shown below the drive card; a car that is followed never comes there.
  const near = shown.isPlanned ? driveCard.width : 0;
  if (isWide) {
    return { top: shown.isPlanned ? pinHeight : 0, bottom: dockHeight, near, far: sheetWidth + sheetEdge };
  }
  // Beside a sheet a narrow glass has little room: above the drive card, or beside it where the banner is.
  return shown.hasBanner
    ? { top: bannerHeight, bottom: dockHeight, near: driveCard.width, far: sheetWidth }
    : {
        top: shown.isPlanned ? pinHeight : 0,
        bottom: dockHeight + (shown.isPlanned ? driveCard.heightPlanned : driveCard.height),
        near: 0,
        far: sheetWidth,
      };
}
