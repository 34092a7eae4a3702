import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { keptPlacesPath } from "../../src/teaching/kept-places.ts";
import { placeStoreBeside } from "../../src/teaching/place-store.ts";
import { teachCello } from "../../src/teaching/teach-cello.ts";
import { during } from "../rtde/arm-in-step.ts";
import { simulatedPerson } from "./simulated-person.ts";
import { always, atTheArm, clumsy, nowhere, reference, scope, truth, whileItLasts } from "./arm-in-hand.ts";

it("goes on from the places that a lost connection has left, asks whether nothing has moved, and for none of them again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "teaching-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "my-cell.yaml");
  const cell = { cell: "my-cell", revision: 1, dh: truth.dh, tcp_F: reference.tcp_in_flange };
  const store = () => placeStoreBeside(file, cell, () => new Date("2026-11-28T14:02:00Z"));

  const first = await atTheArm();
  const person = simulatedPerson(first.robot, truth, reference, { clumsy, seed: 3 });
  const losing = {
    ...person,
    ask: async (text: string, place?: Parameters<typeof person.ask>[1]) => {
      if (person.asked.length === 2) await first.desk.control.close().catch(() => undefined);
      return person.asked.length === 2 ? "" : person.ask(text, place);
    },
  };
  await expect(
    whileItLasts(first.robot, teachCello(first.desk, losing, scope, await store(), always)),
  ).rejects.toThrow(
    /lost; the calibration was ended after 2 of 13 poses; they are kept in .*my-cell\.taught\.json/,
  );

  const { robot, desk } = await atTheArm();
  const heard: string[] = [];
  const typed = ["what?", "y", "b", "q"];
  const again = {
    tell: (text: string) => void heard.push(text),
    ask: (text: string) => {
      heard.push(text);
      return Promise.resolve(typed.shift());
    },
  };
  await expect(whileItLasts(robot, teachCello(desk, again, scope, await store(), always))).rejects.toThrow(
    /ended after 1 of 13 poses/,
  );
  const offer =
    /my-cell\.taught\.json holds 2 of 13 places of a teaching that was not finished \(2026-11-28 14:02 UTC\): the frog of the A string, the tip of the A string\. Go on from there/;
  expect(heard).toEqual([
    expect.stringMatching(offer),
    expect.stringMatching(offer),
    expect.stringMatching(/^The arm is free now/),
    expect.stringMatching(/^\(3 of 13\) D string, frog/),
    expect.stringMatching(/^\(2 of 13\) A string, tip/),
  ]);
  const { kept } = await store();
  expect(kept?.taken.map(({ place }) => place)).toEqual([{ kind: "corner", string: "A", end: "frog" }]);
  await during(robot, desk.close());
});

it("takes over no places of another arm, cell, TCP or revision, and none from a file that is something else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "teaching-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "my-cell.yaml");
  const cell = { cell: "my-cell", revision: 2, dh: truth.dh, tcp_F: reference.tcp_in_flange };
  const zeros = [0, 0, 0, 0, 0, 0];
  const parked = { place: { kind: "parked" }, pose: { p: zeros, q: zeros }, ruler: {} } as const;
  await (await placeStoreBeside(file, cell)).keep([parked]);
  expect((await placeStoreBeside(file, cell)).kept?.taken).toEqual([parked]);
  const longer = { ...truth.dh, a_m: truth.dh.a_m.map((a) => a + 1e-4) as unknown as typeof truth.dh.a_m };
  const cases = [
    [
      { dh: longer },
      /my-cell\.taught\.json holds places that were taught on another arm; move it away to begin anew/,
    ],
    [{ cell: "studio" }, /holds places of the cell "my-cell", not of "studio"; move/],
    [{ tcp_F: [0, 0, 0.1, 0, 0, 0] }, /were taught with another TCP; move/],
    [{ revision: 3 }, /holds places for revision 2, but revision 3 is to be made now; move/],
  ] as const;
  for (const [other, why] of cases)
    await expect(placeStoreBeside(file, { ...cell, ...other })).rejects.toThrow(why);
  writeFileSync(keptPlacesPath(file), "{");
  await expect(placeStoreBeside(file, cell)).rejects.toThrow(
    /is no file of taught places that were kept, or of another version; move it away/,
  );
});

it("says which kept places are not asked for now before it drops them, and which cannot be taken over", async () => {
  const pose = { p: [0.1, 0.2, 0.3, 0, 0, 0], q: [0, 0, 0, 0, 0, 0] };
  const at = (end: "frog" | "tip") => ({
    place: { kind: "corner", string: "A", end } as const,
    pose,
    ruler: {},
  });
  const extra = { place: { kind: "extra", string: "A", number: 1, farUp: false } as const, pose, ruler: {} };
  const kept = { keptAt: new Date(0), taken: [at("frog"), at("tip"), extra] };
  const { robot, desk } = await atTheArm();
  const heard: string[] = [];
  const typed = ["y", "q"];
  const operator = {
    tell: (text: string) => void heard.push(text),
    ask: (text: string) => {
      heard.push(text);
      return Promise.resolve(typed.shift());
    },
  };
  const teaching = teachCello(desk, operator, { ...scope, planes: false }, { ...nowhere, kept }, always);
  await expect(whileItLasts(robot, teaching)).rejects.toThrow(/ended after 1 of 9 poses/);
  expect(heard[0]).toMatch(
    /holds 2 of 9 places .* It also holds what is not asked for now, and is lost then: /,
  );
  expect(heard[1]).toMatch(/^the tip of the A string is not taken over: /); // it lies where the frog does
  await during(robot, desk.close());
});
