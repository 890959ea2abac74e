import { testCases, type Case } from "./cases";

const cases: readonly Case[] = [
  { name: "keeps a good line as it is", code: "total = ‸\n", answer: "a + b", shown: "a + b" },
  {
    name: "keeps a good block as it is",
    code: "def add(a, b):\n    ‸\n",
    answer: "if a:\n        return a\n    return b",
    shown: "if a:\n        return a\n    return b",
  },
  {
    name: "takes the indentation off that is there already",
    code: "def f():\n    ‸",
    answer: "    return 1",
    shown: "return 1",
    heldBack: "    ",
  },
  {
    name: "takes off an indentation that is wider",
    code: "def f():\n  ‸",
    answer: "    return 1",
    shown: "return 1",
    heldBack: "  ",
  },
  { name: "keeps a leading space where none was held back", code: "return a‸", answer: " + b", shown: " + b" },
  { name: "keeps to the line", code: "x = ‸", languageId: "python", answer: "1\ny = 2", shown: "1" },
  {
    name: "does not repeat the rest of the line",
    code: "print(‸value)\n",
    answer: "name, value)",
    shown: "name, ",
  },
  {
    name: "stops before the next line of the file",
    code: "def f():\n    ‸\n    return total\n",
    answer: "total = 1\n    return total\n    x",
    shown: "total = 1",
  },
  {
    name: "stops where the block ends, with its closing bracket",
    code: "function f() {\n  ‸",
    answer: "return 1;\n}\n\nfunction g() {",
    shown: "return 1;\n}",
  },
  {
    name: "stops where code of the outer block begins",
    code: "class A:\n    def f(self):\n        ‸",
    answer: "return 1\n    def g(self):\n        pass",
    shown: "return 1",
  },
  { name: "shows nothing for white space", code: "x‸", answer: "   \n\t", shown: "" },
];

suite("completion filters", () => {
  testCases(cases);
});
