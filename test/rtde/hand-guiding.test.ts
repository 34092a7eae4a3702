import { expect, it } from "vitest";
import { START_RAD } from "./arm-in-step.ts";
import { atTheArm, away, near } from "./control-at-the-arm.ts";

it.each(["stop", "stopStraight"] as const)(
  "takes the arm out of a hand at a %s, and moves it again",
  async (way) => {
    const { control, done, close } = await atTheArm();
    await done(control.hand.begin());
    await done(control[way]());
    expect(control.mode).toBe("idle");
    await done(control.moves.joints(away(0.1), { speed_radps: 1 }));
    near(control.state.actual_q, away(0.1));
    await done(control.hand.begin());
    await close(); // and ends its program, which a stop in the middle of a hand would break off
  },
);

it("holds the arm and ends by itself when the host hangs while a hand moves it", async () => {
  const { robot, host, control, pass } = await atTheArm({ hostSilenceS: 0.3 });
  const broken: unknown[] = [];
  robot.controller.onMessage((message) => message.kind === "runtime-exception" && broken.push(message));
  void control.hand.begin().catch(() => undefined);
  await pass(0.6);
  expect(control.mode).toBe("hand-guided");
  host.isMute = true;
  await pass(1);
  expect(robot.controller.runner.state).toBe("STOPPED");
  expect(broken).toEqual([]);
  near(control.state.actual_q, START_RAD);
  host.isMute = false;
  await control.close();
});
