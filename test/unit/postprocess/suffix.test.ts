import { testCases } from "./cases";

suite("filter of the rest of the line", () => {
  testCases([
    { name: "replaces a closed bracket", code: "print(‸)\n", answer: "value)", shown: "value)", replaced: 1 },
    { name: "replaces what follows it", code: "print(‸);\n", answer: "value);", shown: "value);", replaced: 2 },
    { name: "replaces quote and bracket", code: 'print("‸")\n', answer: 'hi")', shown: 'hi")', replaced: 2 },
    { name: "replaces a quote", code: 'a = "‸";\n', answer: 'hi"', shown: 'hi"', replaced: 1 },
    {
      name: "replaces an opened block",
      code: "f(‸) {\n}",
      answer: "a) {\n  b();\n}",
      shown: "a) {\n  b();",
      replaced: 3,
    },
    { name: "replaces the one bracket it closes", code: "f(g(‸))\n", answer: "a)", shown: "a)", replaced: 1 },
    {
      name: "replaces a bracket by one further down",
      code: "f {‸}\n",
      answer: "\n  a();\n}\nb();",
      shown: "\n  a();\n}",
      replaced: 1,
    },
    { name: "replaces nothing that stays open", code: "f(‸)\n", answer: "g(a)", shown: "g(a)" },
    { name: "closes no bracket that is closed behind", code: "f(‸, b)\n", answer: "a)", shown: "a" },
    { name: "cuts words off", code: "f(‸name);\n", answer: "a, name);", shown: "a, " },
    {
      name: "goes on over the end of the line",
      code: "f(‸)\n",
      answer: "a) {\n  b();\n}",
      shown: "a) {\n  b();\n}",
      replaced: 1,
    },
  ]);
});

suite("filter of lines below", () => {
  testCases([
    { name: "drops a copy", code: "f {\n  ‸\n  log(a);\n}", answer: "log(a);", shown: "", reason: "linesBelow" },
    {
      name: "drops what is nearly a copy",
      code: "f {\n  ‸\n  const total = sum(a, b);\n  return Math.round(total * 100);\n}",
      answer: "const total = sum(a, b);\n  return Math.round(total * 101);",
      shown: "",
      reason: "linesBelow",
    },
    {
      name: "ends at a copy",
      code: "f {\n  ‸\n  return total;\n}",
      answer: "go();\n  return total;\n}",
      shown: "go();",
    },
    {
      name: "keeps the same line deeper",
      code: "def f(a):\n    ‸\n    return total",
      languageId: "python",
      answer: "if a:\n        return total",
      shown: "if a:\n        return total",
    },
    {
      name: "keeps a line that is only alike",
      code: "f {\n  ‸\n  log('b');\n}",
      answer: "log('a');",
      shown: "log('a');",
    },
  ]);
});

suite("filter of closing brackets", () => {
  testCases([
    { name: "drops one that stands below", code: "f {\n  ‸\n}", answer: "go();\n}", shown: "go();" },
    { name: "drops one before an else", code: "if (a) {\n  ‸\n} else {\n}", answer: "go();\n}", shown: "go();" },
    {
      name: "shows nothing of it alone",
      code: "f = () => {\n  go();\n  ‸\n};",
      answer: "}",
      shown: "",
      reason: "unmatchedClosers",
    },
    { name: "keeps one that is missing", code: "f {\n  ‸", answer: "go();\n}", shown: "go();\n}" },
    {
      name: "keeps one that is missing above others",
      code: "a {\n  f {\n    ‸\n}",
      answer: "go();\n  }",
      shown: "go();\n  }",
    },
    { name: "drops one that nothing opened", code: "f();‸", answer: "\n}", shown: "", reason: "unmatchedClosers" },
    { name: "keeps the catch of a try", code: "try {\n  a();\n‸\n  b();\n}", answer: "} catch {", shown: "} catch {" },
    {
      name: "keeps the cases of a shell",
      code: "case $a in\n  ‸",
      languageId: "shellscript",
      answer: "b) c ;;",
      shown: "b) c ;;",
    },
    { name: "reads no brackets in strings", code: 'f(")", ‸', answer: "a);", shown: "a);" },
  ]);
});

suite("filter of the block's end", () => {
  testCases([
    { name: "ends a statement", code: "  log‸\n}", answer: "(a);\n  log(b);\n}", shown: "(a);" },
    {
      name: "ends a block that a statement opens",
      code: "f‸",
      answer: "() {\n  a();\n}\n\ng() {\n}",
      shown: "() {\n  a();\n}",
    },
    {
      name: "goes on with else",
      code: "if ‸",
      languageId: "python",
      answer: "a:\n    b()\nelse:\n    c()\nd()",
      shown: "a:\n    b()\nelse:\n    c()",
    },
    { name: "goes on with a chain", code: "a‸", answer: "\n  .b()\n  .c();", shown: "\n  .b()\n  .c();" },
    {
      name: "ends with the word that ends a block",
      code: "def f‸",
      languageId: "ruby",
      answer: "\n  1\nend\n\ndef g",
      shown: "\n  1\nend",
    },
    {
      name: "goes on in a string over lines",
      code: 'a = """‸',
      languageId: "python",
      answer: 'b\nc\n"""\nd = 1',
      shown: 'b\nc\n"""\nd = 1',
    },
    {
      name: "goes on with fields",
      code: "type A = {\n  a‸\n};",
      answer: ": B;\n  c?: D;\n};",
      shown: ": B;\n  c?: D;",
    },
    {
      name: "goes on with equations",
      code: "f ‸",
      languageId: "haskell",
      answer: "0 = 1\nf n = n\ng = 2",
      shown: "0 = 1\nf n = n",
    },
    { name: "does not end prose", code: "a b‸", languageId: "plaintext", answer: " c\nd e", shown: " c\nd e" },
  ]);
});
