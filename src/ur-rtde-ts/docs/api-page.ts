// Writes API.md anew: node --import tsx docs/api-page.ts
import { writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const INDEX = fileURLToPath(new URL("../src/index.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../../tsconfig.json", import.meta.url));

/** Folders of `src`, in the order in which a reader wants them. */
const CHAPTERS: Readonly<Record<string, string>> = {
  rtde: "RTDE",
  dashboard: "Dashboard",
  primary: "Primary interface",
  robot: "State and recovery of a robot",
  control: "Control",
  trajectory: "Paths",
  calibration: "Calibration",
  protocol: "Bytes of RTDE",
  connection: "Connections and errors",
};

/** The page on everything that the package exports, from the sources themselves. */
export function apiPage(): string {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(CONFIG, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    dirname(CONFIG),
  );
  const program = ts.createProgram([INDEX], { ...options, noLib: true, types: [] }); // names and comments are enough
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(INDEX)!)!;
  const chapters = new Map<string, string[]>(Object.keys(CHAPTERS).map((folder) => [folder, []]));
  for (const exported of checker.getExportsOfModule(index)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = symbol.declarations![0]!;
    chapters
      .get(basename(dirname(declaration.getSourceFile().fileName)))!
      .push(entryOf(symbol, declaration, checker));
  }
  const text = [...chapters].map(([folder, entries]) => `## ${CHAPTERS[folder]}\n\n${entries.join("\n\n")}`);
  return `# What ur-rtde-ts exports

Made from the comments in \`src\` by \`docs/api-page.ts\`. Errors, units and ranges of parameters: in the editor, or there.

${text.join("\n\n")}
`;
}

function entryOf(symbol: ts.Symbol, declaration: ts.Declaration, checker: ts.TypeChecker): string {
  const about = sentenceOf(symbol, checker);
  if (ts.isClassDeclaration(declaration)) {
    const members = declaration.members.filter(isPublic).map((member) => memberLine(member, checker));
    return [`### class ${symbol.name}`, about, members.join("\n")].filter((part) => part !== "").join("\n\n");
  }
  const code = ts.isFunctionDeclaration(declaration) ? signatureOf(declaration) : symbol.name;
  return `**\`${code}\`** ${about}`.trim();
}

/** Comment up to the first empty line, or the first tag. */
const sentenceOf = (symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string =>
  (symbol === undefined ? "" : ts.displayPartsToString(symbol.getDocumentationComment(checker)))
    .split("\n\n")[0]!
    .replaceAll("\n", " ")
    .trim();

const isPublic = (member: ts.ClassElement): boolean =>
  (ts.isMethodDeclaration(member) ||
    ts.isGetAccessor(member) ||
    ts.isPropertyDeclaration(member) ||
    ts.isConstructorDeclaration(member)) &&
  !(member.name !== undefined && ts.isPrivateIdentifier(member.name)) &&
  (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) === 0;

function memberLine(member: ts.ClassElement, checker: ts.TypeChecker): string {
  const symbol = member.name === undefined ? undefined : checker.getSymbolAtLocation(member.name);
  const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
  return `- \`${isStatic ? "static " : ""}${signatureOf(member)}\` ${sentenceOf(symbol, checker)}`.trim();
}

/** Name and names of the parameters; those that may be left out with a question mark. */
function signatureOf(node: ts.ClassElement | ts.FunctionDeclaration): string {
  const name = ts.isConstructorDeclaration(node) ? "constructor" : node.name!.getText();
  if (!ts.isFunctionLike(node) || ts.isGetAccessor(node)) return name;
  const parameters = node.parameters.map((parameter) => {
    const isOptional = parameter.questionToken !== undefined || parameter.initializer !== undefined;
    return `${ts.isIdentifier(parameter.name) ? parameter.name.text : "options"}${isOptional ? "?" : ""}`;
  });
  return `${name}(${parameters.join(", ")})`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL("API.md", import.meta.url), apiPage());
