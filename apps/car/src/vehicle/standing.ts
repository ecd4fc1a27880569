import type { Asker, Question, Verdict } from "@caravan/drivers";

/** What a program on this machine may change over VISS: comfort, never what moves or opens the car on the road. */
const comfort = [
  "Vehicle.Cabin.",
  "Vehicle.Body.",
  "Vehicle.Infotainment.",
  "Vehicle.Powertrain.Transmission.PerformanceMode",
  "Vehicle.Powertrain.TractionBattery.Charging.",
  "Vehicle.TripMeterReading",
] as const;

/**
 * Who may ask what. The car's own screen stands in for its driver and may ask for everything (safety is the guard's
 * matter); programs on VISS and gRPC get what their token grants them. Where no tokens are set up they get comfort, and only while the car
 * listens to its own machine alone.
 */
export function standingOf(listensBeyondMachine: boolean): (question: Question, asker: Asker) => Verdict {
  return (question, asker) => {
    switch (asker.kind) {
      case "screen":
      case "journey":
        return "allowed";
      case "viss":
        if (question.kind !== "actuate") return "not-allowed";
        if (asker.isGranted === true) return "allowed";
        return !listensBeyondMachine && comfort.some((branch) => question.path.startsWith(branch))
          ? "allowed"
          : "not-allowed";
      case "app":
      case "remote":
      case "driver":
        return "not-allowed";
    }
  };
}

/** True for the names and addresses that only this machine itself can reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
