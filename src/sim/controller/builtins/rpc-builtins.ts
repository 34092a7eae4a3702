import { type ClientRequest, request } from "node:http";
import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import { immediately, type ScriptBuiltin, type ScriptWait } from "../../urscript/script-host.ts";
import { expectString } from "../../urscript/values/expect.ts";
import { ScriptObject, type Result } from "../../urscript/values/value.ts";
import { decodeAnswer, encodeCall } from "../xml-rpc.ts";

/** A longer answer is none [characters]. @assumed */
const MAX_ANSWER = 1 << 20;

/**
 * `rpc_factory("xmlrpc", "http://host:port/path")`: an object whose methods are the functions of an XML-RPC server, as the
 * grippers of several makers are reached. A call leaves all other threads alone; a server that is away, or refuses, ends
 * the program. A connection is made for each call.
 *
 * @source UR script manual 5.25, "Remote Procedure Call (RPC)"; @assumed that nothing is tried before the first call
 */
export const rpcBuiltins: readonly ScriptBuiltin[] = [
  instant("rpc_factory", ["type", "url"], ([type, url]) => {
    const kind = expectString(type, "type");
    if (kind !== "xmlrpc") throw new ScriptFault(`rpc_factory: there is "xmlrpc" only, not "${kind}"`);
    return proxy(httpAddress(expectString(url, "url")));
  }),
];

function httpAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol !== "http:")
    throw new ScriptFault(`rpc_factory: "${url}" is not of the form http://host:port/path`);
  return address;
}

const proxy = (address: URL): ScriptObject =>
  new ScriptObject(`XML-RPC server ${address.href}`, (method, args) =>
    method === "closeXMLRPCClientConnection" ? immediately() : call(address, method, args),
  );

type Answer = { readonly xml: string } | { readonly why: string };

function call(address: URL, method: string, args: readonly Result[]): ScriptWait {
  let answer: Answer | undefined;
  const asked = post(address, encodeCall(method, args), (given) => (answer ??= given));
  return {
    done: () => answer !== undefined,
    result: () => {
      if ("xml" in answer!) return decodeAnswer(answer.xml);
      throw new ScriptFault(`XML-RPC: ${method} of ${address.href}: ${answer!.why}`);
    },
    cancel: () => void asked.destroy(),
  };
}

/** Not by `fetch`: it refuses some ports. @param answered called at least once */
function post(address: URL, body: string, answered: (answer: Answer) => void): ClientRequest {
  const headers = { "content-type": "text/xml", "content-length": Buffer.byteLength(body) };
  const outgoing = request(address, { method: "POST", headers, agent: false }, (response) => {
    const { statusCode, statusMessage } = response;
    let xml = "";
    response.setEncoding("utf8");
    response.on("data", (piece: string) => {
      xml += piece;
      if (xml.length <= MAX_ANSWER) return;
      answered({ why: `its answer is longer than ${MAX_ANSWER} characters` });
      response.destroy();
    });
    response.on("end", () =>
      answered(statusCode === 200 ? { xml } : { why: `it answers ${statusCode} ${statusMessage}` }),
    );
    response.on("error", () => answered({ why: "the connection broke" }));
  });
  outgoing.on("error", ({ code, message }: NodeJS.ErrnoException) =>
    answered({ why: `no connection (${code ?? message})` }),
  );
  outgoing.end(body);
  return outgoing;
}
