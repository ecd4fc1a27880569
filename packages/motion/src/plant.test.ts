import { expect, test } from "vitest";
import { midSizeElectric as car } from "./parameters.ts";
import { createPlantState, resistance, stepPlant } from "./plant.ts";

const nothing = { steering: 0, driveForce: 0, brakeForce: 0, grade: 0 };

test("braking from 50 km/h never rolls the car backwards", () => {
  const state = createPlantState(0, 0, 0);
  state.vx = 13.9;
  for (let i = 0; i < 600; i++) {
    stepPlant(car, state, { ...nothing, brakeForce: 20_000 }, 0.01);
    expect(state.vx).toBeGreaterThanOrEqual(0);
  }
  expect(state.vx).toBe(0);
  expect(state.x).toBeGreaterThan(10);
  expect(state.x).toBeLessThan(20);
});

test("tyres cannot turn a car that asks for more than they hold", () => {
  const state = createPlantState(0, 0, 0);
  state.vx = 25;
  let most = 0;
  for (let i = 0; i < 300; i++) {
    stepPlant(car, state, { ...nothing, steering: 0.5, driveForce: resistance(car, state.vx) }, 0.01);
    most = Math.max(most, Math.abs(state.ay));
  }
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThan(car.friction * 9.81 * 1.02);
});

test("a car in neutral rolls down a slope and stands when the brake holds it", () => {
  const rolling = createPlantState(0, 0, 0);
  const held = createPlantState(0, 0, 0);
  for (let i = 0; i < 300; i++) {
    stepPlant(car, rolling, { ...nothing, grade: 0.06 }, 0.01);
    stepPlant(car, held, { ...nothing, grade: 0.06, brakeForce: 4_000 }, 0.01);
  }
  expect(rolling.vx).toBeLessThan(-0.8);
  expect(Math.abs(held.vx)).toBeLessThan(0.12);
});

test("full steering at walking pace drives the circle of the real car", () => {
  const state = createPlantState(0, 0, 0);
  state.vx = 1.5;
  let most = 0;
  for (let i = 0; i < 3_000; i++) {
    stepPlant(car, state, { ...nothing, steering: 1, driveForce: resistance(car, state.vx) }, 0.01);
    most = Math.max(most, state.y);
  }
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThan(11.7);
});

test("the steering wheel answers with its own delay", () => {
  const state = createPlantState(0, 0, 0);
  stepPlant(car, state, { ...nothing, steering: 0.5 }, 0.01);
  expect(state.steering).toBeGreaterThan(0);
  expect(state.steering).toBeLessThanOrEqual(car.steeringRate * 0.01 + 1e-12);
});
