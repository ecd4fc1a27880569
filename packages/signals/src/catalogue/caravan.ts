import { sensor } from "./table.ts";

/** What VSS 6.0 has no word for and this product needs; every path begins with `Vehicle.Caravan`. */
export const caravan = {
  Road: {
    Name: sensor("string", "Street under the car; empty where the map has no name"),
    Ref: sensor("string", "Number of the road such as E 6; empty where it has none"),
    SpeedLimit: sensor("float km/h 0..", "Limit in force here; absent where the map has none"),
  },
  Journey: {
    State: sensor("string", "What the car is doing about its route", [
      "IDLE",
      "PLANNED",
      "DRIVING",
      "STOPPING",
      "ARRIVED",
      "MANUAL",
      "REPLAY",
    ]),
    RemainingDistance: sensor("float m 0..", "Way left on the route"),
    RemainingTime: sensor("float s 0..", "Time left on the route"),
    CrossTrackError: sensor("float m", "Distance from the planned line, positive to its left"),
  },
  Link: {
    IsConnected: sensor("boolean", "The cloud answers"),
    OutboxLength: sensor("uint32", "Samples that wait for the cloud"),
  },
  Computer: {
    EventLoopDelay: sensor("float ms 0..", "How late the car computer's own tasks run, 99th percentile"),
    MemoryUsed: sensor("double 0..", "Bytes the car computer holds"),
  },
};
