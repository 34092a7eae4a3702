import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fieldsPage } from "../docs/fields-page.ts";
import { inputCatalogue, outputCatalogue } from "../src/rtde/fields.ts";

const all = [...Object.entries(outputCatalogue), ...Object.entries(inputCatalogue)];
/** SI, but for degrees Celsius and milliseconds, which are the controller's own. */
const UNITS = ["", "s", "ms", "rad", "rad/s", "rad/s²", "A", "V", "A or V", "Nm", "N", "N, Nm", "m", "m, rad", "m/s"]
  .concat(["m/s, rad/s", "m/s²", "m/s², rad/s²", "°C", "kg", "kg m/s", "kg m²", "J"]); // prettier-ignore

it("tells type, unit, versions and meaning of every field", () => {
  for (const [name, { unit, sinceCb3, sinceESeries, description }] of all) {
    expect(UNITS, name).toContain(unit);
    for (const since of [sinceCb3, sinceESeries]) expect(since ?? "5.0", name).toMatch(/^\d+\.\d+(\.\d+)?$/);
    expect(description.length, name).toBeGreaterThan(10);
  }
});

it("knows since when the fields are there whose version was published", () => {
  // RTDE itself, and six fields that came later, as the guide has them.
  expect(outputCatalogue.actual_q).toMatchObject({ sinceCb3: "3.4", sinceESeries: "5.0" });
  expect(outputCatalogue.safety_status).toMatchObject({ sinceCb3: "3.10", sinceESeries: "5.4" });
  expect(outputCatalogue.payload).toMatchObject({ sinceCb3: "3.11", sinceESeries: "5.5.1" });
  expect(outputCatalogue.script_control_line).toMatchObject({ sinceCb3: "3.14", sinceESeries: "5.9" });
  expect(outputCatalogue.tool_output_mode).toMatchObject({ sinceCb3: undefined, sinceESeries: "5.2" });
  expect(outputCatalogue.ft_raw_wrench).toMatchObject({ sinceCb3: undefined, sinceESeries: "5.9" });
  expect(outputCatalogue.input_int_register_24).toMatchObject({ sinceCb3: "3.9", sinceESeries: "5.3" });
});

it("has a page on them that says what the code says", () => {
  const page = readFileSync(new URL("../docs/FIELDS.md", import.meta.url), "utf8");
  expect(page).toBe(fieldsPage());
});
