/** Commit messages with the real Git extension and a real repository; what the model answers is scripted. */
import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { CommitMessages } from "../../../src/extension/commitMessage/generate";
import { EXTENSION_ID } from "../../../src/extension/contributions";
import type { AnswerSink, ChatQuestion } from "../../../src/extension/engineApi";
import { repositoryOf, type GitRepository } from "../../../src/extension/git/gitApi";
import { repositoryDiff } from "../../../src/extension/git/repositoryDiff";
import { SlashCommands } from "../../../src/extension/promptFiles/slashCommands";
import type { ChatResult } from "../../../src/protocol/engine";
import { skipBecause } from "../../support/skip";
import { eventually } from "../host";

const run = promisify(execFile);
const FIGURES = {
  model: "scripted",
  device: "none",
  promptTokens: 1,
  cachedTokens: 0,
  answerTokens: 1,
  firstTokenMs: 1,
  totalMs: 1,
  tokensPerSecond: 0,
};

/** Answers every question with the same text, or waits until it is cancelled. */
class ScriptedEngine {
  readonly asked: string[] = [];

  constructor(private readonly answer: string | undefined) {}

  async chat({ turns }: ChatQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ChatResult> {
    this.asked.push(turns.at(-1)?.content ?? "");
    if (this.answer === undefined) {
      sink.append("Half a message for ");
      await new Promise((resolve) => {
        signal.addEventListener("abort", resolve);
      });
    }
    return {
      text: this.answer ?? "half a mess",
      finishReason: signal.aborted ? "cancelled" : "stop",
      figures: FIGURES,
      droppedPairs: 0,
    };
  }
}

suite("commit messages", () => {
  let folder = "";
  let repository: GitRepository;

  async function git(...args: readonly string[]): Promise<void> {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    await run("git", [...identity, ...args], { cwd: folder });
  }

  function write(name: string, text: string): Promise<void> {
    return fs.writeFile(path.join(folder, name), text);
  }

  function commitMessages(engine: ScriptedEngine): { messages: CommitMessages; failures: unknown[] } {
    const failures: unknown[] = [];
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension);
    const prompts = new SlashCommands({
      extensionUri: extension.extensionUri,
      findFunction: () => Promise.resolve(undefined),
      diff: () => assert.fail("the diff is given"),
      mayShow: () => Promise.resolve((uri) => !uri.path.endsWith(".env")),
      window: () => ({ roomTokens: 1000, excess: () => Promise.resolve(undefined) }),
      logError: (error) => failures.push(error),
    });
    const messages = new CommitMessages({
      engine,
      diffOf: repositoryDiff,
      write: (input, diff) => prompts.write("commit", input, { diff: () => Promise.resolve(diff) }),
      fail: (error) => failures.push(error),
    });
    return { messages, failures };
  }

  suiteSetup(async function () {
    const extension = vscode.extensions.getExtension<{
      getAPI(version: 1): { openRepository(uri: vscode.Uri): Promise<unknown> };
    }>("vscode.git");
    if (extension === undefined) {
      return skipBecause(this, "this VS Code has no Git extension");
    }
    await run("git", ["--version"]).catch(() => skipBecause(this, "there is no git"));
    folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "llama2-git-")));
    await git("init", "-q");
    await write("knn.py", "def nearest(points):\n    return points\n");
    await git("add", ".");
    await git("commit", "-q", "-m", "First");
    const exported = await extension.activate();
    await exported.getAPI(1).openRepository(vscode.Uri.file(folder));
    repository = await eventually("the repository", () => repositoryOf(vscode.Uri.file(folder)));
  });

  setup(async () => {
    await git("reset", "-q", "--hard");
    await git("clean", "-q", "-f", "-d");
    repository.inputBox.value = "";
  });

  suiteTeardown(async () => {
    if (folder !== "") {
      await fs.rm(folder, { recursive: true, force: true });
    }
  });

  test("the staged changes are described, and what stood in the box is a hint", async () => {
    await write("knn.py", "def nearest(points, k):\n    return points[:k]\n");
    await write(".env", "TOKEN=abc\n");
    await write("package-lock.json", "{}\n");
    await git("add", ".");
    await write("knn.py", "not staged");
    repository.inputBox.value = "perf:";
    const engine = new ScriptedEngine(
      "Sure! Here it is:\n\n```\nReturn only k points.\n\nThe rest was never used.\n```\nBye!",
    );
    const { messages, failures } = commitMessages(engine);
    await messages.generate(repository);
    assert.deepEqual(failures, []);
    assert.equal(repository.inputBox.value, "perf: Return only k points\n\nThe rest was never used.");
    const [prompt = ""] = engine.asked;
    assert.match(prompt, /--- knn\.py \(modified, \+2 -2\)\n@@[^]*\+def nearest\(points, k\):/);
    assert.match(prompt, /--- \.env \(added, \+1 -0, not shown\)\n--- knn/);
    assert.match(prompt, /package-lock\.json \(added, \+1 -0, lock file\)/);
    assert.match(prompt, /The author says about them: perf:/);
    assert.doesNotMatch(prompt, /TOKEN|not staged/);
  });

  test("with nothing staged, the changes of the working tree are described", async () => {
    await write("knn.py", "def nearest(points):\n    return sorted(points)\n");
    const engine = new ScriptedEngine("Sort the points");
    await commitMessages(engine).messages.generate(repository);
    assert.equal(repository.inputBox.value, "Sort the points");
    assert.match(engine.asked[0] ?? "", /return sorted/);
  });

  test("without changes nothing is asked, and the box keeps its text", async () => {
    repository.inputBox.value = "mine";
    const engine = new ScriptedEngine("x");
    await commitMessages(engine).messages.generate(repository);
    assert.deepEqual([engine.asked, repository.inputBox.value], [[], "mine"]);
  });

  test("cancelled, the box keeps its text, and the next message can be written", async () => {
    await write("knn.py", "changed\n");
    repository.inputBox.value = "mine";
    const engine = new ScriptedEngine(undefined);
    const { messages, failures } = commitMessages(engine);
    const done = messages.generate(repository);
    await eventually("the question", () => engine.asked.length > 0);
    assert.equal(repository.inputBox.value, "Half a message for");
    await messages.generate(repository); // one at a time
    assert.equal(engine.asked.length, 1);
    messages.cancel();
    await done;
    assert.deepEqual([repository.inputBox.value, failures], ["mine", []]);
  });

  test("what is typed while the message is written stays", async () => {
    await write("knn.py", "changed\n");
    const engine = new ScriptedEngine(undefined);
    const { messages } = commitMessages(engine);
    const done = messages.generate(repository);
    await eventually("the question", () => engine.asked.length > 0);
    repository.inputBox.value = "typed";
    messages.cancel();
    await done;
    assert.equal(repository.inputBox.value, "typed");
  });
});
