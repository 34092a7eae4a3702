import { expect, it } from "vitest";
import { confirmationOf } from "../../src/performance/confirmation.ts";
import { shortPiece } from "./short-piece.ts";

const { trajectory } = shortPiece(4);
const standing = { robotMode: "RUNNING", safetyStatus: "NORMAL", baseTurns_rad: 0 };

it("names robot, piece and limits to the person who is to confirm", () => {
  const { jointSpeed, tcpSpeed, clearance } = trajectory.margins;
  expect(confirmationOf("192.0.2.7", standing, trajectory)).toBe(
    `192.0.2.7 (RUNNING, safety NORMAL) will play ${trajectory.title}: joints up to ${jointSpeed.value.toFixed(2)} of 3.14 rad/s, ` +
      `hand up to ${tcpSpeed.maxMps.toFixed(2)} of 1.50 m/s, ${(1e3 * clearance.minM).toFixed(0)} mm clear.`,
  );
});

it("warns of cables where the base stands a whole turn away", () => {
  const turned = confirmationOf("192.0.2.7", { ...standing, baseTurns_rad: 2 * Math.PI }, trajectory);
  expect(turned).toContain("a whole turn away from where the calibration has it");
  expect(turned).toContain("cables");
});
