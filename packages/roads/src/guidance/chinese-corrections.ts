import type { Phrase } from "./texts.ts";

/** {turn} is the turn as a verb; the package has only the direction, which reads as "drive leftward". */
const turnOnto: Phrase = {
  default: "{turn}",
  name: "{turn}，驶入{way_name}",
  destination: "{turn}，前往{destination}",
};

/** "200米后进入环岛后" would say "after" twice. */
const leaveBy = (enter: string): Phrase => ({
  default: `${enter}，从{exit_number}出口驶出`,
  name: `${enter}，从{exit_number}出口驶出，驶入{way_name}`,
  destination: `${enter}，从{exit_number}出口驶出，前往{destination}`,
});
const leaveTowards = (enter: string): Phrase => ({
  default: enter,
  name: `${enter}，驶入{way_name}`,
  destination: `${enter}，前往{destination}`,
});

const arriveLeft: Phrase = {
  default: "您已到达{nth}目的地，在道路左侧",
  upcoming: "您即将到达{nth}目的地，在道路左侧",
  named: "您已到达{waypoint_name}，在道路左侧",
};
const arriveRight: Phrase = {
  default: "您已到达{nth}目的地，在道路右侧",
  upcoming: "您即将到达{nth}目的地，在道路右侧",
  named: "您已到达{waypoint_name}，在道路右侧",
};
const arriveAhead: Phrase = {
  default: "您已到达{nth}目的地",
  upcoming: "您即将到达{nth}目的地",
  named: "您已到达{waypoint_name}",
};

/**
 * Where the Chinese sentences of osrm-text-instructions are wrong or do not read as a driver would say them: two of its arrivals have
 * their sides swapped, the last destination is told with a counter and no number, and a turn back is "turn a turn back".
 */
export const chineseCorrections: Phrase = {
  constants: {
    turn: {
      left: "左转",
      right: "右转",
      "sharp left": "向左急转弯",
      "sharp right": "向右急转弯",
      "slight left": "稍向左转",
      "slight right": "稍向右转",
      straight: "直行",
      uturn: "调头",
    },
  },
  depart: { default: { default: "向{direction}出发", name: "向{direction}出发，驶入{way_name}" } },
  arrive: {
    default: arriveAhead,
    straight: arriveAhead,
    left: arriveLeft,
    "sharp left": arriveLeft,
    "slight left": arriveLeft,
    right: arriveRight,
    "sharp right": arriveRight,
    "slight right": arriveRight,
  },
  turn: { default: turnOnto },
  "end of road": {
    default: {
      default: "在道路尽头{turn}",
      name: "在道路尽头{turn}，驶入{way_name}",
      destination: "在道路尽头{turn}，前往{destination}",
    },
  },
  continue: {
    default: {
      default: "{turn}",
      name: "{turn}，继续沿{way_name}行驶",
      destination: "{turn}，前往{destination}",
    },
  },
  roundabout: { default: { exit: leaveBy("进入环岛"), default: leaveTowards("进入环岛") } },
  rotary: {
    default: {
      exit: leaveBy("进入环岛"),
      default: leaveTowards("进入环岛"),
      name_exit: leaveBy("进入{rotary_name}环岛"),
      name: leaveTowards("进入{rotary_name}环岛"),
    },
  },
  "roundabout turn": {
    default: {
      default: "在环岛{turn}",
      name: "在环岛{turn}，驶入{way_name}",
      destination: "在环岛{turn}，前往{destination}",
    },
  },
  fork: {
    default: {
      default: "在岔道口{turn}",
      name: "在岔道口{turn}，驶入{way_name}",
      destination: "在岔道口{turn}，前往{destination}",
    },
  },
};
