// node --import tsx examples/set-inputs.ts HOST
import { RtdeClient, RtdeError } from "ur-rtde-ts";

const [host = "127.0.0.1"] = process.argv.slice(2);
const client = await RtdeClient.connect({ host });
await client.negotiate();
client.onText(({ level, message }) => console.log(`${level}: ${message}`));

const slider = await client.setupInputs(["speed_slider_mask", "speed_slider_fraction"]);
slider.send({ speed_slider_mask: 1, speed_slider_fraction: 0.5 });

const other = await RtdeClient.connect({ host });
await other.negotiate();
try {
  await other.setupInputs(["speed_slider_fraction", "input_int_register_24"]);
} catch (error) {
  if (!(error instanceof RtdeError)) throw error;
  console.log(error.code, error.fields.join(" "));
}
slider.send({ speed_slider_mask: 1, speed_slider_fraction: 1 });
other.close();
client.close();
