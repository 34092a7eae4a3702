import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { decodeAnswer } from "../../../src/sim/controller/xml-rpc.ts";
import { ScriptFault } from "../../../src/sim/urscript/problem.ts";
import { toText } from "../../../src/sim/urscript/values/text.ts";
import { mutated } from "../urscript/random-programs.ts";
import { type Bench, bench, texts, untilServed } from "./robot-in-memory.ts";

/** A server that hears every call and answers with the next text. */
async function rpcServer(
  ...answers: readonly string[]
): Promise<{ readonly url: string; readonly heard: readonly string[] }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (piece: string) => (body += piece));
    request.on("end", () => {
      heard.push(body.replace(/^<\?xml[^>]*\?>/, ""));
      const answer = answers[heard.length - 1];
      if (answer !== undefined) response.setHeader("content-type", "text/xml").end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/RPC2`, heard };
}

const answer = (value: string): string =>
  `<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n<value>${value}</value>\n</param>\n</params>\n</methodResponse>\n`;

it("calls functions of an XML-RPC server, with every type on the way there and back", async () => {
  const one = await bench();
  const { url, heard } = await rpcServer(
    answer("<boolean>1</boolean>"),
    answer(
      "<array><data>\n<value><int>3</int></value>\n<value><double>-2.5</double></value>\n</data></array>",
    ),
    answer(
      "<struct>" +
        ["x", "y", "z", "rx", "ry", "rz"]
          .map(
            (name, i) =>
              `<member>\n<name>${name}</name>\n<value><double>${i / 2}</double></value>\n</member>`,
          )
          .join("") +
        "</struct>",
    ),
    answer("a &lt;b&gt; &amp; c"),
    `<?xml version="1.0"?><methodResponse><params><param><value><nil/></value></param></params></methodResponse>`,
  );
  one.robot.controller.runScript(`def ask():
  server = rpc_factory("xmlrpc", "${url}")
  textmsg(server.grip(1, 0.25, True, "a<b"))
  textmsg(server.list([1, [2.5]]))
  textmsg(server.next_pose(p[1, 2, 3, 0, 0, 0.5]))
  textmsg(server.text(struct(a=1)))
  server.nothing()
  server.closeXMLRPCClientConnection()
  textmsg("done")
end
`);
  await untilServed(one, () => texts(one.said).includes("done"));
  expect(one.said.flatMap((message) => (message.kind === "text" ? message.text : []))).toEqual([
    "True",
    "[3, -2.5]",
    "p[0, 0.5, 1, 1.5, 2, 2.5]",
    "a <b> & c",
    "done",
  ]);
  expect(heard[0]).toBe(
    "<methodCall><methodName>grip</methodName><params><param><value><int>1</int></value></param>" +
      "<param><value><double>0.25</double></value></param><param><value><boolean>1</boolean></value></param>" +
      "<param><value><string>a&lt;b</string></value></param></params></methodCall>",
  );
  expect(heard[1]).toContain(
    "<array><data><value><int>1</int></value><value><array><data><value><double>2.5</double>",
  );
  expect(heard[2]).toContain("<member><name>rz</name><value><double>0.5</double></value></member></struct>");
});

it("leaves other threads alone while a call waits, and gives it up when the program stops", async () => {
  const one = await bench();
  const { url, heard } = await rpcServer(); // never answers
  one.robot.controller.runScript(`def ask():
  global n = 0
  thread count():
    while True:
      n = n + 1
      write_output_integer_register(0, n)
      sync()
    end
  end
  run count()
  rpc_factory("xmlrpc", "${url}").wait()
end
`);
  await untilServed(one, () => heard.length === 1);
  const before = one.robot.controller.registers.outputIntegers[0]!;
  one.cycles(10);
  expect(one.robot.controller.registers.outputIntegers[0]).toBe(before + 10);
  one.robot.controller.runner.stop();
  one.cycles(1);
  expect(one.robot.controller.runner.isRunning).toBe(false);
});

const problems = ({ said }: Bench): string[] =>
  texts(said.filter((message) => message.kind === "runtime-exception"));

const FAULT =
  "<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>4</int></value></member>" +
  "<member><name>faultString</name><value><string>no such grip</string></value></member></struct></value></fault></methodResponse>";

it.each([
  ["a fault of the server", FAULT, "XML-RPC: no such grip"],
  ["no XML-RPC", "hello", "XML-RPC: the answer cannot be read: <methodResponse> is missing"],
  ["a broken number", answer("<int>four</int>"), `XML-RPC: the answer cannot be read: <int> with "four"`],
  ["an answer cut short", answer("<array><data><value><int>1</int></value>").slice(0, 120), "cannot be read"],
])("ends the program at the line of the call on %s", async (_what, said, why) => {
  const one = await bench();
  const { url } = await rpcServer(said);
  one.robot.controller.runScript(`def ask():\n  s = rpc_factory("xmlrpc", "${url}")\n  x = s.grip(1)\nend\n`);
  await untilServed(one, () => problems(one).length > 0);
  expect(problems(one)[0]).toMatch(/^3:9 /);
  expect(problems(one)[0]).toContain(why);
  expect(one.robot.controller.runner.isRunning).toBe(false);
});

it("says where no server listens, and which addresses it takes", async () => {
  const one = await bench();
  one.robot.controller.runScript(`def ask():\n  rpc_factory("xmlrpc", "http://127.0.0.1:1/").grip()\nend\n`);
  await untilServed(one, () => problems(one).length === 1);
  one.robot.controller.runScript(`def ask():\n  rpc_factory("xmlrpc", "127.0.0.1:8080")\nend\n`);
  one.cycles(1);
  expect(problems(one)).toEqual([
    "2:48 XML-RPC: grip of http://127.0.0.1:1/: no connection (ECONNREFUSED)",
    `2:3 rpc_factory: "127.0.0.1:8080" is not of the form http://host:port/path`,
  ]);
});

it("reads any text of a server as an answer or a fault of the script", () => {
  const random = seededRandom(3);
  const whole = answer(
    "<array><data><value><struct><member><name>a</name><value><int>1</int></value></member></struct></value>" +
      "<value>x</value><value><string> </string></value></data></array>",
  );
  expect(toText(decodeAnswer(whole))).toBe("[struct(a=1), x,  ]");
  let answered = 0;
  for (let n = 0; n < 3000; n++) {
    try {
      decodeAnswer(mutated(whole, random));
      answered += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(ScriptFault);
    }
  }
  expect(answered).toBeGreaterThan(100);
  expect(answered).toBeLessThan(2900);
});
