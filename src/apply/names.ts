/** What a line defines or is about, read from its form in any language; two units with the same name are versions of each other. */

export interface Name {
  readonly text: string;
  /** `type`: a class and its like, whose body is a list of definitions. `import`: `text` is the module. */
  readonly kind: "function" | "type" | "call" | "value" | "import";
}

const LONGEST_HEAD = 400;
const MODIFIERS =
  /^(?:(?:export|default|async|public|private|protected|internal|static|abstract|override|readonly|final|inline|virtual|sealed|partial|unsafe|extern|declare|pub(?:\([^)]*\))?|open|data|suspend|mut)\s+)+/;
const TYPE =
  /^(class|interface|struct|enum|trait|union|record|object|namespace|module|protocol|extension|package|mod)\s+([\w$.:]+)/;
const IMPLEMENTATION = /^(impl\b[^{]*)/;
const GO_METHOD = /^func\s*\([^)]*?\*?(\w+)\s*\)\s*(\w+)/;
const FUNCTION =
  /^(?:function\*?|def|defp|defmacro|fn|func|fun|sub|proc|procedure|macro|const fn)\s+(?:self\.)?([\w$.:!?]+)/;
const ALIAS = /^(?:type|typedef)\s+([\w$]+)/;
const VARIABLE = /^(?:const|let|var|val|local|my|our|auto|final)\s+(?:mut\s+)?(\{[^}]*\}|\[[^\]]*\]|[\w$]+)/;
const CONTROL =
  /^(?:if|else|elif|elsif|for|foreach|while|until|unless|do|switch|match|try|catch|finally|except|with|return|raise|throw|yield|await|when|using|lock|loop|begin|go|defer|new|delete|assert|not|select|synchronized|where|in|of|end)\b/;
const JUMP = /^(return|raise|throw|break|continue|yield|panic)\b/;
const CALLABLE = /^(?:[\w$<>[\],.:*&?~]+\s+)*?([\w$~.:#]+)\s*(?:<[^<>]*>)?\s*\(/;
const ONE_LINE_METHOD = /^([\w$~]+)\s*\([^()]*\)\s*\{.*\}$/;
const ASSIGNMENT =
  /^((?:[\w$@.-]+|"[^"]*"|'[^']*')(?:\[[^\]]*\])?(?:\s*,\s*[\w$.]+)*)\s*(?::\s*[\w$<>[\].| ]+)?\s*([+\-*/|&%]?=|:=|<-|:)(?![=>])/;

/** `head`: the text of what begins a unit. `last`: its last line, where it has more than one. */
export function nameOf(head: string, last: string | undefined): Name | undefined {
  const line = head.slice(0, LONGEST_HEAD);
  const module = importedFrom(line, last);
  if (module !== undefined) {
    return { text: module, kind: "import" };
  }
  const text = line.replace(MODIFIERS, "");
  return definition(text) ?? (CONTROL.test(text) ? undefined : (callable(text, last) ?? value(text, last)));
}

/** The word of a statement that leaves: there is one such thing at the end of a block. */
export function jumpWord(head: string): string | undefined {
  return JUMP.exec(head)?.[1];
}

/** In the order in which they are tried: what is defined, and how its name is made of what the pattern found. */
const DEFINITIONS: readonly {
  readonly kind: Name["kind"];
  readonly pattern: RegExp;
  readonly text: (...found: readonly string[]) => string;
}[] = [
  { kind: "type", pattern: TYPE, text: (kind = "", name = "") => `${kind} ${name}` },
  { kind: "type", pattern: IMPLEMENTATION, text: (of = "") => of.replace(/\s+/g, " ").trim() },
  { kind: "function", pattern: GO_METHOD, text: (receiver = "", name = "") => `${receiver}.${name}` },
  { kind: "function", pattern: FUNCTION, text: (name = "") => name.replace(/:+$/, "") },
  { kind: "value", pattern: ALIAS, text: (name = "") => name },
  { kind: "value", pattern: VARIABLE, text: (name = "") => name.replace(/[\s{}[\]]+/g, " ").trim() },
];

function definition(text: string): Name | undefined {
  for (const { kind, pattern, text: nameText } of DEFINITIONS) {
    const found = pattern.exec(text);
    if (found !== null) {
      return { kind, text: nameText(...found.slice(1)) };
    }
  }
  return undefined;
}

function callable(text: string, last: string | undefined): Name | undefined {
  if (last === undefined) {
    const name = ONE_LINE_METHOD.exec(text)?.[1];
    return name === undefined ? undefined : { text: name, kind: "function" };
  }
  const name = CALLABLE.exec(text)?.[1];
  return name === undefined ? undefined : methodOrCall(name, text, last);
}

/** A method, or a call that a block is handed to, such as a test's. */
function methodOrCall(name: string, text: string, last: string): Name | undefined {
  const isOpen = text.replaceAll(")", "").length > text.replaceAll("(", "").length;
  if (isOpen && /^[^{]*\)/.test(last)) {
    const title = /["'`]([^"'`]*)["'`]/.exec(text)?.[1] ?? "";
    return { text: `${name}("${title}")`, kind: "call" };
  }
  return /;\s*$/.test(text) ? undefined : { text: name, kind: "function" };
}

function value(text: string, last: string | undefined): Name | undefined {
  const assignment = ASSIGNMENT.exec(text);
  if (assignment !== null && !/^(?:default|case)\b/.test(text)) {
    return { text: `${(assignment[1] ?? "").replace(/["'\s]/g, "")} ${assignment[2] ?? ""}`, kind: "value" };
  }
  const selector = last !== undefined && !text.includes("(") ? /^([^{;]*[^{;\s])\s*\{$/.exec(text)?.[1] : undefined;
  return selector === undefined ? undefined : { text: selector, kind: "value" };
}

const IMPORTS: readonly RegExp[] = [
  /^import\b[^"']*["']([^"']+)["']/,
  /^from\s+([\w.]+)\s+import\b/,
  /^(?:import|use|using|open)\s+(?:static\s+|type\s+)?([\w.:\\]+)/,
  /^#\s*include\s*[<"]([^>"]+)[>"]/,
  /^(?:const|let|var)\s.*=\s*require\(\s*["']([^"']+)["']\s*\)/,
  /^(?:require|require_relative|include|load|source)\s+["']([^"']+)["']/,
  /^\}\s*from\s+["']([^"']+)["']/,
];

/** The module that something is taken from; "(" for a group of Go's. An import over several lines has it in the last one. */
function importedFrom(head: string, last: string | undefined): string | undefined {
  if (last !== undefined && /^(?:import|export)\b.*\{\s*$/.test(head)) {
    return importedModule(last);
  }
  return /^import\s*\($/.test(head) ? "(" : importedModule(head);
}

function importedModule(line: string): string | undefined {
  for (const pattern of IMPORTS) {
    const module = pattern.exec(line)?.[1];
    if (module !== undefined) {
      return module;
    }
  }
  return undefined;
}
