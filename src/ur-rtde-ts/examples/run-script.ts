// node --import tsx examples/run-script.ts HOST
import { PrimaryClient, ScriptError } from "ur-rtde-ts";

const [host = "127.0.0.1"] = process.argv.slice(2);
const primary = await PrimaryClient.connect({ host });
primary.onMessage((message) => {
  if (message.kind === "text") console.log(`the robot says: ${message.text}`);
});
await primary.run('def hello():\n  textmsg("hello")\n  sleep(0.1)\nend', { waitFor: "end" });

for (const broken of [
  "def compiles_not():\n  hallo(1)\nend",
  "def fails():\n  x = [1, 2]\n  y = x[5]\nend",
]) {
  try {
    await primary.run(broken, { waitFor: "end" });
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    console.log(`${error.stage}, line ${error.line}: ${error.sourceLine}`);
  }
}
primary.close();
