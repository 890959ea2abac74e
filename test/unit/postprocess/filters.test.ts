import { testCases } from "./cases";

suite("filter of control tokens", () => {
  testCases([
    { name: "ends the answer at one", code: "x = ‸\n", answer: "1 <EOT>\nmore", shown: "1" },
    { name: "takes one off the front", code: "x = ‸\n", answer: "<MID>1;", shown: "1;" },
    { name: "shows nothing of nothing else", code: "x‸", answer: "</s>", shown: "", reason: "controlTokens" },
    { name: "leaves quoted ones", code: "const eos = ‸\n", answer: '"</s>";', shown: '"</s>";' },
    {
      name: "leaves ones that the document has",
      code: "// <EOT>\ncut(‸\n",
      answer: "at(<EOT>));",
      shown: "at(<EOT>));",
    },
    { name: "leaves the tags of HTML", code: "<p>‸\n", languageId: "html", answer: "<s>a</s>", shown: "<s>a</s>" },
  ]);
});

suite("filter of chat phrases", () => {
  testCases([
    { name: "takes the code out of its fence", code: "‸", answer: "```ts\nlet a;\n```\nThis is", shown: "let a;" },
    {
      name: "drops the sentence before it",
      code: "‸",
      answer: "Sure! Here you go:\n```\nlet a;\n```",
      shown: "let a;",
    },
    { name: "drops a sentence without a fence", code: "‸", answer: "Here is the code:\n\nlet a;", shown: "let a;" },
    { name: "shows nothing of talk", code: "‸", answer: "I'm sorry, I cannot.", shown: "", reason: "chatPhrases" },
    { name: "ends at the closing fence", code: "a = ‸\n", answer: "1\n```\nThis", shown: "1" },
    {
      name: "leaves fences in Markdown",
      code: "‸",
      languageId: "markdown",
      answer: "```\na\n```",
      shown: "```\na\n```",
    },
    { name: "leaves sentences in comments", code: "// ‸\n", answer: "Sure! It works.", shown: "Sure! It works." },
  ]);
});

suite("filter of repetition", () => {
  testCases([
    {
      name: "shows nothing of words in circles",
      code: "let a = ‸",
      answer: "a = a2 = ".repeat(9),
      shown: "",
      reason: "repeatedWords",
    },
    {
      name: "keeps the first of repeated lines",
      code: "f {\n  ‸",
      answer: "go(1);\n  go(1);\n  go(1);",
      shown: "go(1);",
    },
    {
      name: "keeps the first of a repeated block, the last one cut",
      code: "‸",
      answer: `${"one();\ntwo();\n".repeat(4)}on`,
      shown: "one();\ntwo();",
    },
    {
      name: "keeps the first of a series of blocks",
      code: "‸",
      answer: [1, 2, 3, 4].map((n) => `function check${n}(value) {\n  assert(value !== ${n});\n}`).join("\n\n"),
      shown: "function check1(value) {\n  assert(value !== 1);\n}",
    },
    { name: "keeps a line twice", code: "f {\n  ‸", answer: "next();\n  next();", shown: "next();\n  next();" },
    { name: "but no key of YAML", code: "‸", languageId: "yaml", answer: "a: b\na: b", shown: "a: b" },
    { name: "keeps rules of dashes", code: "‸", answer: `// ${"-".repeat(80)}`, shown: `// ${"-".repeat(80)}` },
  ]);
});

suite("filter of echoes", () => {
  testCases([
    {
      name: "takes off the line's beginning",
      code: "const total = ‸",
      answer: "const total = a + b;",
      shown: "a + b;",
    },
    { name: "keeps recursion", code: "  fib(‸", answer: "fib(1));", shown: "fib(1));" },
    {
      name: "drops the line above",
      code: "const total = 1;\n‸",
      answer: "const total = 1;",
      shown: "",
      reason: "echoedLines",
    },
    { name: "ends at the comment of another file", code: "‸", answer: "a();\n// Path: b.ts\nb();", shown: "a();" },
  ]);
});

suite("filter of indentation", () => {
  const spaces = { tabSize: 4, insertSpaces: true };
  const tabs = { tabSize: 4, insertSpaces: false };
  testCases([
    { name: "writes tabs", code: "if (a) {‸", indentation: tabs, answer: "\n    b();\n}", shown: "\n\tb();\n}" },
    { name: "writes spaces", code: "if (a) {‸", indentation: spaces, answer: "\n\tb();\n}", shown: "\n    b();\n}" },
    {
      name: "widens levels",
      code: "def f():‸",
      languageId: "python",
      indentation: spaces,
      answer: "\n  if a:\n    b()",
      shown: "\n    if a:\n        b()",
    },
    { name: "leaves alignment", code: "a(‸", indentation: spaces, answer: "b,\n  c)", shown: "b,\n  c)" },
    {
      name: "learns tabs from the document, whatever the editor's are",
      indentation: spaces,
      code: "a {\n\tb\n}\nc {\n\td\n\te\n}\nif (f) {‸",
      answer: "\n    g();\n}",
      shown: "\n\tg();\n}",
    },
  ]);
});

suite("filter of white space", () => {
  testCases([
    { name: "uses line feeds", code: "a {‸", answer: "\r\n  b;\r\n}\r\n", shown: "\n  b;\n}" },
    { name: "trims lines", code: "a {\n  ‸", answer: "b;  \n  c;\t", shown: "b;\n  c;" },
    { name: "leaves line breaks of Markdown", code: "‸", languageId: "markdown", answer: "a  \nb", shown: "a  \nb" },
    { name: "adds no blank line below a blank line", code: "a;\n\n‸", answer: "\n\nb;", shown: "b;" },
    { name: "keeps one space where the code goes on", code: "sum(‸b)", answer: "a, ", shown: "a, " },
    { name: "drops it where a space is there", code: "sum(‸ b)", answer: "a, ", shown: "a," },
    { name: "writes no space twice", code: "a = ‸", answer: "  1", shown: "1" },
    { name: "shows nothing of nothing", code: "a‸", answer: "", shown: "", reason: "lineEnds" },
  ]);
});

suite("filter of texts that are closed below", () => {
  testCases([
    {
      name: "ends a comment's text where the comment below ends",
      code: "/**\n * ‸\n */\nfunction add() {}\n",
      answer: "Adds.\n * @returns the sum\n */\nfunction add() {",
      shown: "Adds.\n * @returns the sum",
    },
    {
      name: "ends a string's text where the string below ends",
      languageId: "python",
      code: 'x = """\n‸\n"""\n',
      answer: 'hello\n"""\nprint(x)',
      shown: "hello",
    },
    {
      name: "closes what nothing closes below",
      languageId: "python",
      code: 'def f():\n    """Says\n    ‸\n    return 1\n',
      answer: 'one.\n    """',
      shown: 'one.\n    """',
    },
    { name: "leaves a comment that is the next one's", code: "/* a ‸\n/* b */\n", answer: "*/", shown: "*/" },
  ]);
});

suite("filters of what is only nearly the same", () => {
  testCases([
    {
      name: "replaces the rest of a tag whose end comes again",
      languageId: "html",
      code: '<div class="‸"></div>\n',
      answer: 'card">hello</div>',
      shown: 'card">hello</div>',
      replaced: 8,
    },
    {
      name: "leaves a member whose attribute the next one has too",
      languageId: "csharp",
      code: "class A {\n    ‸\n    [Fact]\n    public void B();\n}\n",
      answer: "[Fact]\n    public void A();",
      shown: "[Fact]\n    public void A();",
    },
    {
      name: "leaves a closing word above a word that begins alike",
      languageId: "shellscript",
      code: "if a; then\n  b\n‸\nfiles=1\n",
      answer: "fi",
      shown: "fi",
    },
    {
      name: "leaves columns aligned",
      code: "const a   =   ‸\n",
      answer: "  1;",
      shown: "  1;",
    },
    {
      name: "leaves a key that a chat could begin with",
      languageId: "yaml",
      code: "‸\n",
      answer: "output:\n  a: 1",
      shown: "output:\n  a: 1",
    },
    {
      name: "widens levels where the editor's are wider",
      code: "‸",
      answer: "  fun()\n    yeet()\n  boo()",
      shown: "    fun()\n        yeet()\n    boo()",
      indentation: { tabSize: 4, insertSpaces: true },
    },
  ]);
});
