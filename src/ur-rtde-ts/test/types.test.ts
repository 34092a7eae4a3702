import { expectTypeOf, it } from "vitest";
import { type InputValue, type OutputName, type OutputValue, type RtdeClient } from "../src/index.ts";

/** Never run: the compiler is what is tested. */
async function typesOf(client: RtdeClient): Promise<void> {
  const recipe = await client.setupOutputs(["timestamp", "actual_q", "output_bit_register_64"], 500);
  recipe.onPackage((received) => {
    expectTypeOf(received.timestamp).toEqualTypeOf<number>();
    expectTypeOf(received.actual_q).toEqualTypeOf<Float64Array>();
    expectTypeOf(received.output_bit_register_64).toEqualTypeOf<boolean>();
    // @ts-expect-error not in the recipe
    void received.target_q;
    // @ts-expect-error a package is read only
    received.timestamp = 1;
  });

  // @ts-expect-error no such output
  await client.setupOutputs(["actual_qq"], 500);
  // @ts-expect-error there are 48 registers
  await client.setupOutputs(["output_double_register_48"], 500);
  // @ts-expect-error the lower bits have no field of their own
  await client.setupOutputs(["input_bit_register_63"], 500);

  const sim = await client.setupOutputs(["timestamp", "sim_bow"], 500, {
    optional: ["payload"],
    extraOutputs: { sim_bow: "VECTOR6D" },
  });
  expectTypeOf(sim.package.sim_bow).toEqualTypeOf<Float64Array>();
  expectTypeOf(sim.package.payload).toEqualTypeOf<number | undefined>();

  const inputs = await client.setupInputs(["input_int_register_24", "external_force_torque"]);
  inputs.send({ input_int_register_24: 1, external_force_torque: [0, 0, 0, 0, 0, 0] });
  // @ts-expect-error every field, every time
  inputs.send({ input_int_register_24: 1 });
  // @ts-expect-error an output cannot be written
  await client.setupInputs(["actual_q"]);
}

it("types fields by their names", () => {
  expectTypeOf(typesOf).toBeFunction();
  expectTypeOf<"output_double_register_47">().toExtend<OutputName>();
  expectTypeOf<OutputValue<"actual_digital_input_bits">>().toEqualTypeOf<bigint>();
  expectTypeOf<OutputValue<"joint_mode">>().toEqualTypeOf<Int32Array>();
  expectTypeOf<InputValue<"input_bit_register_127">>().toEqualTypeOf<boolean>();
});
