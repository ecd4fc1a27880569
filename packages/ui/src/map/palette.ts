import type { Look } from "../tokens.ts";

/** Colours of the map; roads by tone, 0 (service) to 6 (motorway). */
export interface MapPalette {
  readonly land: string;
  /** Land where the map knows what else there is. */
  readonly lot: string;
  readonly square: string;
  readonly wood: string;
  readonly green: string;
  readonly water: string;
  readonly shore: string;
  readonly building: string;
  readonly roads: readonly [string, string, string, string, string, string, string];
  readonly casing: string;
  readonly bridgeCasing: string;
  readonly tunnel: string;
  readonly tunnelEdge: string;
  readonly path: string;
  readonly rail: string;
  readonly oneWay: string;
  readonly name: string;
  readonly strongName: string;
  readonly halo: string;
  readonly shield: string;
  readonly shieldText: string;
  readonly route: string;
  readonly routeEdge: string;
  readonly driven: string;
  readonly arrow: string;
  readonly arrowEdge: string;
  readonly slow: string;
  readonly queue: string;
  readonly closed: string;
  readonly alternative: string;
  readonly alternativeEdge: string;
  /** Ground and ink of the words on another way. */
  readonly bubble: string;
  readonly bubbleText: string;
}

export const mapPalettes: Readonly<Record<Look, MapPalette>> = {
  night: {
    land: "#0B0F14",
    lot: "#0F151C",
    square: "#151D26",
    wood: "#0E1D19",
    green: "#10211C",
    water: "#0A2231",
    shore: "#16384A",
    building: "#1E2935",
    roads: ["#25313D", "#324050", "#3F5063", "#4C6076", "#5F768E", "#738BA5", "#7F98B3"],
    casing: "#070A0E",
    bridgeCasing: "#04070A",
    tunnel: "#161E27",
    tunnelEdge: "#344353",
    path: "#2B3743",
    rail: "#26323E",
    oneWay: "#9DB0C2",
    name: "#B4C3D2",
    strongName: "#F2F6FA",
    halo: "#0B0F14",
    shield: "#2A3A4A",
    shieldText: "#F2F6FA",
    route: "#1FD1C1",
    routeEdge: "#07403C",
    driven: "#245053",
    arrow: "#FFFFFF",
    arrowEdge: "#07403C",
    slow: "#FFB020",
    queue: "#FF5A5F",
    closed: "#8E1F2B",
    alternative: "#7FA9B8",
    alternativeEdge: "#0B1B22",
    bubble: "#2A3A4A",
    bubbleText: "#F2F6FA",
  },
  day: {
    land: "#E9EEF1",
    lot: "#E9EEF1",
    square: "#F0F3F5",
    wood: "#C9E0CB",
    green: "#D5E8D6",
    water: "#BFDCEB",
    shore: "#8FB9CE",
    building: "#DBE2E7",
    roads: ["#F4F7F8", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFDF6", "#FFF6DF", "#FFEFC7"],
    casing: "#93A3B0",
    bridgeCasing: "#7C8E9C",
    tunnel: "#DDE4E9",
    tunnelEdge: "#A9B7C2",
    path: "#C3CED6",
    rail: "#C4CED6",
    oneWay: "#51626F",
    name: "#42525F",
    strongName: "#10171E",
    halo: "#FFFFFF",
    shield: "#3E4E5B",
    shieldText: "#FFFFFF",
    route: "#00A294",
    routeEdge: "#00574F",
    driven: "#9CCBC6",
    arrow: "#FFFFFF",
    arrowEdge: "#003C37",
    slow: "#E89200",
    queue: "#D8323A",
    closed: "#7A1722",
    alternative: "#6E94A3",
    alternativeEdge: "#F3F6F8",
    bubble: "#FFFFFF",
    bubbleText: "#10171E",
  },
};
