import { createContext, useContext, useSyncExternalStore, type ReactElement, type ReactNode } from "react";
import type { SignalValue } from "@caravan/link";
import type { Car } from "./car.ts";
import type { CarState } from "./store.ts";

const CarContext = createContext<Car | undefined>(undefined);

export function CarProvider(props: { readonly car: Car; readonly children: ReactNode }): ReactElement {
  return <CarContext value={props.car}>{props.children}</CarContext>;
}

/** The car behind this screen. */
export function useCar(): Car {
  const car = useContext(CarContext);
  if (car === undefined) throw new Error("This part of the screen stands outside CarProvider.");
  return car;
}

/** A part of the slow state; `select` must return the same object as long as nothing in it changed. */
export function useCarState<T>(select: (state: CarState) => T): T {
  const { store } = useCar();
  return useSyncExternalStore(store.subscribe, () => select(store.state()));
}

/** The value of a signal at most twice a second; undefined means that this car has no such value. */
export const useSignal = (path: string): SignalValue | undefined => useCarState((state) => state.values.get(path));

export function useNumber(path: string): number | undefined {
  const value = useSignal(path);
  return typeof value === "number" ? value : undefined;
}

export function useFlag(path: string): boolean | undefined {
  const value = useSignal(path);
  return typeof value === "boolean" ? value : undefined;
}

/** May only little be shown and asked? True while the car moves, and while nobody knows whether it does. */
export const useIsRestricted = (): boolean =>
  useCarState(({ driving }) => driving !== "parked" && driving !== "idling");
