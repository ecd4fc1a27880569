/** Which of the two looks a screen wears. */
export type Look = "night" | "day";

/** The three kinds of screen; each has its own sizes. */
export type ScreenKind = "cockpit" | "phone" | "console";

/** Colours by what they mean. `card` is for what lies over the map; `on…` is the ink on that colour; `…Soft` a quiet ground of it. */
export interface Palette {
  readonly background: string;
  readonly surface: string;
  readonly raised: string;
  readonly card: string;
  readonly press: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly caution: string;
  readonly danger: string;
  readonly onDanger: string;
  readonly scrim: string;
}

/** The colours of both looks; tokens.css is made from them. */
export const colours: Readonly<Record<Look, Palette>> = {
  night: {
    background: "#0B0F14",
    surface: "#131A22",
    raised: "#1C2631",
    card: "#1C2631",
    press: "#2A3744",
    line: "#2C3947",
    text: "#F2F6FA",
    quiet: "#9DB0C2",
    accent: "#1FD1C1",
    onAccent: "#04211E",
    accentSoft: "#12393B",
    good: "#3CCB7F",
    caution: "#FFB020",
    danger: "#FF5A5F",
    onDanger: "#2B0506",
    scrim: "#05080BB3",
  },
  day: {
    background: "#F3F6F8",
    surface: "#FFFFFF",
    raised: "#FFFFFF",
    card: "#FFFFFF",
    press: "#EAF0F3",
    line: "#D5DEE5",
    text: "#10171E",
    quiet: "#51626F",
    accent: "#00796F",
    onAccent: "#FFFFFF",
    accentSoft: "#E3F4F1",
    good: "#147A45",
    caution: "#9A5B00",
    danger: "#C62F35",
    onDanger: "#FFFFFF",
    scrim: "#10171E66",
  },
};

/** How fast a way was driven, from slow to fast; told apart by lightness, too. */
export const speedTones: Readonly<Record<Look, readonly [string, string, string, string, string]>> = {
  night: ["#5E6BD8", "#3E97D8", "#1FD1C1", "#A6DC55", "#FFD95A"],
  day: ["#6A3FA0", "#2F5FB8", "#00808A", "#4F8A10", "#B36B00"],
};

/** Sizes of one kind of screen in CSS pixels (1 dp = 1 px). */
export interface Sizes {
  /** The least width and height of anything to be touched. */
  readonly target: number;
  readonly row: number;
  readonly small: number;
  readonly text: number;
  readonly title: number;
  readonly large: number;
  readonly huge: number;
  readonly icon: number;
  readonly gap: number;
  readonly pad: number;
  readonly radius: number;
  readonly controlRadius: number;
}

/** Sizes by kind of screen; tokens.css is made from them. */
export const sizes: Readonly<Record<ScreenKind, Sizes>> = {
  cockpit: {
    target: 76,
    row: 88,
    small: 24,
    text: 32,
    title: 40,
    large: 56,
    huge: 112,
    icon: 40,
    gap: 16,
    pad: 24,
    radius: 24,
    controlRadius: 16,
  },
  phone: {
    target: 48,
    row: 56,
    small: 14,
    text: 16,
    title: 20,
    large: 28,
    huge: 56,
    icon: 24,
    gap: 8,
    pad: 16,
    radius: 20,
    controlRadius: 12,
  },
  console: {
    target: 32,
    row: 32,
    small: 12,
    text: 14,
    title: 16,
    large: 20,
    huge: 32,
    icon: 18,
    gap: 8,
    pad: 12,
    radius: 12,
    controlRadius: 8,
  },
};

/** How long things take to move, in milliseconds. */
export const motion = { quickMs: 200, calmMs: 280 } as const;

/** Families in order of preference; Latin falls to Inter, Chinese to Noto Sans SC. */
export const fontFamily = '"Inter Variable", "Noto Sans SC Variable", system-ui, sans-serif';
