/** The chat's flow, with an engine that the test plays. */
import * as assert from "node:assert/strict";
import { ChatController } from "../../../../src/extension/chat/chatController";
import type { CodeAttachment } from "../../../../src/extension/chat/attachment";
import { Conversation } from "../../../../src/extension/chat/conversation";
import type { AnswerSink, ChatQuestion, ConnectionState, ExplainQuestion } from "../../../../src/extension/engineApi";
import type { ViewAnswer } from "../../../../src/protocol/chatView";
import type { ChatResult, ExplainResult, GenerationFigures, ModelState } from "../../../../src/protocol/engine";
import { EngineError } from "../../../../src/protocol/engineErrors";

const FIGURES: GenerationFigures = {
  model: "tiny",
  device: "CPU",
  promptTokens: 1,
  cachedTokens: 0,
  answerTokens: 1,
  firstTokenMs: 1,
  totalMs: 1,
  tokensPerSecond: 0,
};
const CODE: CodeAttachment = {
  label: "a.py:1",
  uri: "file:///a.py",
  languageId: "python",
  text: "pass",
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
};

function result(text: string, more: Partial<ChatResult> = {}): ChatResult {
  return { text, finishReason: "stop", figures: FIGURES, droppedPairs: 0, ...more };
}

function running(chat: ModelState): ConnectionState {
  return { kind: "running", models: { chat, completion: { kind: "stopped" } } };
}

/** A request that waits for the test to answer it. */
interface Asked {
  readonly question: ChatQuestion | ExplainQuestion;
  readonly sink: AnswerSink;
  readonly signal: AbortSignal;
  readonly resolve: (result: ExplainResult) => void;
  readonly reject: (error: Error) => void;
}

class FakeEngine {
  state: ConnectionState = running({ kind: "stopped" });
  readonly asked: Asked[] = [];
  synced = true;
  private readonly listeners = new Set<(state: ConnectionState) => void>();

  onDidChangeState(listener: (state: ConnectionState) => void): { dispose: () => void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  setState(state: ConnectionState): void {
    this.state = state;
    this.listeners.forEach((listener) => {
      listener(state);
    });
  }

  chat(question: ChatQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ChatResult> {
    return this.ask(question, sink, signal);
  }

  explain(question: ExplainQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ExplainResult> {
    return this.ask(question, sink, signal);
  }

  isSynced(): boolean {
    return this.synced;
  }

  get last(): Asked {
    const last = this.asked.at(-1);
    assert.ok(last);
    return last;
  }

  private ask(question: ChatQuestion | ExplainQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ExplainResult> {
    return new Promise((resolve, reject) => {
      this.asked.push({ question, sink, signal, resolve, reject });
    });
  }
}

function setUp(): {
  engine: FakeEngine;
  chat: ChatController;
  talk: Conversation;
  errors: unknown[];
  answer: () => ViewAnswer;
} {
  const engine = new FakeEngine();
  const talk = new Conversation(() => undefined);
  const errors: unknown[] = [];
  const chat = new ChatController({
    conversation: talk,
    engine,
    settings: () => ({ systemPrompt: "", chatModelPath: "/m.gguf" }),
    translate: (message, ...args) => message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
    answerLanguage: () => undefined,
    onAsk: () => undefined,
    logError: (error) => errors.push(error),
  });
  const answer = (): ViewAnswer => {
    const last = talk.messages.at(-1);
    assert.ok(last?.role === "assistant");
    return last;
  };
  return { engine, chat, talk, errors, answer };
}

suite("chat controller", () => {
  test("streams an answer and ends it with its figures", async () => {
    const { engine, chat, answer } = setUp();
    const done = chat.send("  hello ");
    assert.deepEqual(engine.last.question, {
      turns: [{ role: "user", content: "hello", attachments: [] }],
      sampling: {},
    });
    engine.last.sink.append(" Hi");
    assert.deepEqual([answer().text, answer().status.kind], [" Hi", "streaming"]);
    engine.last.resolve({ ...result("Hi there"), question: { role: "user", content: "" } });
    await done;
    assert.deepEqual([answer().text, answer().status], ["Hi there", { kind: "done", figures: FIGURES }]);
  });

  test("asks nothing for blank text", async () => {
    const { engine, chat, talk } = setUp();
    await chat.send(" \n");
    assert.deepEqual([engine.asked.length, talk.messages.length], [0, 0]);
  });

  test("says what is waited for while the model loads, and no more once text has come", () => {
    const { engine, chat, answer } = setUp();
    engine.state = running({ kind: "loading", path: "/m.gguf", fraction: 0.123 });
    void chat.send("hello");
    assert.deepEqual(answer().status, { kind: "waiting", reason: "Loading the model… 12 %" });
    engine.setState(running({ kind: "loading", path: "/m.gguf", fraction: 0.5 }));
    assert.deepEqual(answer().status, { kind: "waiting", reason: "Loading the model… 50 %" });
    engine.last.sink.append("Hi");
    engine.setState(running({ kind: "stopped" }));
    assert.deepEqual(answer().status, { kind: "streaming" });
  });

  test("a stopped answer keeps its text, and gets what the model had written when it stopped", async () => {
    const { engine, chat, answer } = setUp();
    const done = chat.send("hello");
    engine.last.sink.append("Hi");
    chat.stop();
    assert.ok(engine.last.signal.aborted);
    assert.deepEqual([answer().text, answer().status], ["Hi", { kind: "stopped" }]);
    engine.last.sink.append(" late");
    assert.equal(answer().text, "Hi");
    const end = result("Hi you", { finishReason: "cancelled" });
    engine.last.resolve({ ...end, question: { role: "user", content: "" } });
    await done;
    assert.deepEqual([answer().text, answer().status], ["Hi you", { kind: "stopped", figures: FIGURES }]);
  });

  test("an answer that was stopped before anything came stays stopped when the request is rejected", async () => {
    const { engine, chat, answer, errors } = setUp();
    const done = chat.send("hello");
    chat.stop();
    engine.last.reject(new Error("cancelled"));
    await done;
    assert.deepEqual([answer().status, errors], [{ kind: "stopped" }, []]);
  });

  test("a failed answer says why and what to do", async () => {
    const { engine, chat, answer, errors } = setUp();
    const done = chat.send("hello");
    const error = new EngineError({ code: "noModel", role: "chat" });
    engine.last.reject(error);
    await done;
    assert.deepEqual(answer().status, { kind: "failed", message: error.message, code: "noModel" });
    assert.deepEqual(errors, [error]);
  });

  test("when the process dies, the text so far is void and the new answer takes its place", async () => {
    const { engine, chat, answer } = setUp();
    const done = chat.send("hello");
    engine.last.sink.append("lost");
    engine.setState({ kind: "restarting", detail: "signal SIGKILL" });
    engine.last.sink.startOver();
    assert.equal(answer().text, "");
    assert.equal(answer().status.kind, "waiting");
    engine.last.sink.append("new");
    assert.equal(answer().text, "new");
    engine.last.resolve({ ...result("new answer"), question: { role: "user", content: "" } });
    await done;
    assert.equal(answer().text, "new answer");
  });

  test("a new question stops the one before it", () => {
    const { engine, chat, talk } = setUp();
    void chat.send("one");
    const first = engine.last;
    void chat.send("two");
    assert.ok(first.signal.aborted);
    const statuses = talk.messages.flatMap((message) => (message.role === "assistant" ? [message.status.kind] : []));
    assert.deepEqual(statuses, ["stopped", "waiting"]);
  });

  test("a new chat stops the answer and is empty, also when the answer still comes", async () => {
    const { engine, chat, talk } = setUp();
    const done = chat.send("hello");
    chat.newChat();
    assert.ok(engine.last.signal.aborted);
    engine.last.resolve({ ...result("late"), question: { role: "user", content: "" } });
    await done;
    assert.deepEqual(talk.messages, []);
  });

  test("says when the answer was cut", async () => {
    const { engine, chat, answer } = setUp();
    const done = chat.send("hello");
    engine.last.resolve({
      ...result("Hi", { finishReason: "length" }),
      question: { role: "user", content: "" },
    });
    await done;
    const { status } = answer();
    assert.ok(status.kind === "done");
    assert.match(status.note ?? "", /length limit/);
  });

  async function answered(
    { engine, chat }: Pick<ReturnType<typeof setUp>, "engine" | "chat">,
    question: string,
    more: Partial<ExplainResult> = {},
  ): Promise<void> {
    const done = chat.send(question);
    engine.last.resolve({ ...result(`answer to ${question}`), question: { role: "user", content: question }, ...more });
    await done;
  }

  test("Retry asks the last question once more, with what came before it and not with its answer", async () => {
    const { engine, chat, talk, answer } = setUp();
    await answered({ engine, chat }, "one");
    await answered({ engine, chat }, "two");
    const before = answer().id;
    const done = chat.retry();
    assert.deepEqual("turns" in engine.last.question && engine.last.question.turns.map(({ content }) => content), [
      "one",
      "answer to one",
      "two",
    ]);
    assert.notEqual(answer().id, before);
    engine.last.resolve({ ...result("better"), question: { role: "user", content: "two" } });
    await done;
    assert.equal(talk.messages.length, 4);
    assert.equal(answer().text, "better");
  });

  test("Retry does nothing while an answer is written, and where nothing was asked", async () => {
    const { engine, chat } = setUp();
    await chat.retry();
    void chat.send("one");
    await chat.retry();
    assert.equal(engine.asked.length, 1);
  });

  test("what is resent takes the place of the question and all that followed", async () => {
    const { engine, chat, talk } = setUp();
    talk.pending.add(CODE);
    talk.pending.add({ ...CODE, label: "b.py:1", text: "b" });
    await answered({ engine, chat }, "one");
    await answered({ engine, chat }, "two");
    const [first] = talk.messages;
    void chat.resend(first?.id ?? "", " uno ", [1]);
    assert.ok("turns" in engine.last.question);
    assert.deepEqual(engine.last.question.turns, [
      {
        role: "user",
        content: "uno",
        attachments: [{ uri: CODE.uri, languageId: "python", text: "b", range: CODE.range }],
      },
    ]);
    assert.deepEqual(
      talk.messages.map(({ text }) => text),
      ["uno", ""],
    );
  });

  test("what is resent may not be blank, and its question must be there", async () => {
    const { engine, chat, talk } = setUp();
    await answered({ engine, chat }, "one");
    await chat.resend(talk.messages[0]?.id ?? "", " ", []);
    await chat.resend("nobody", "text", []);
    assert.equal(engine.asked.length, 1);
    assert.equal(talk.messages.length, 2);
  });

  test("a conversation is asked with its own sampling and system prompt, where it has any", () => {
    const { engine, chat, talk } = setUp();
    talk.setOptions({ sampling: { temperature: 2 }, systemPrompt: "Answer in Spanish." });
    void chat.send("hello");
    assert.ok("turns" in engine.last.question);
    assert.deepEqual(engine.last.question.turns[0], { role: "system", content: "Answer in Spanish." });
    assert.deepEqual(engine.last.question.sampling, { temperature: 2 });
  });

  test("where attachments were shortened the conversation goes on with what the model was sent", async () => {
    const { engine, chat, talk } = setUp();
    talk.pending.add(CODE);
    const attachments = [{ uri: CODE.uri, languageId: "python", text: "pa", omitted: { before: 0, after: 7 } }];
    await answered({ engine, chat }, "why?", { question: { role: "user", content: "why?", attachments } });
    const [question] = talk.messages;
    assert.deepEqual(question?.role === "user" && question.attachments, [
      { label: "a.py:1", languageId: "python", text: "pass", omittedLines: 7 },
    ]);
    void chat.send("and?");
    assert.ok("turns" in engine.last.question);
    assert.deepEqual(engine.last.question.turns[0], { role: "user", content: "why?", attachments });
  });

  test("an explanation shows the code as a chip and keeps the engine's question for follow-ups", async () => {
    const { engine, chat, talk } = setUp();
    const done = chat.explain(CODE);
    assert.deepEqual(engine.last.question, {
      textDocument: { uri: CODE.uri },
      range: CODE.range,
      history: [],
      sampling: {},
    });
    const [question] = talk.messages;
    assert.deepEqual(question?.role === "user" && question.attachments.map(({ label }) => label), ["a.py:1"]);
    engine.last.resolve({ ...result("It does nothing."), question: { role: "user", content: "What does it do?" } });
    await done;
    void chat.send("why?");
    assert.deepEqual("turns" in engine.last.question && engine.last.question.turns.map(({ content }) => content), [
      "What does it do?",
      "It does nothing.",
      "why?",
    ]);
  });

  test("code of a document that the engine does not have is explained from the question", () => {
    const { engine, chat } = setUp();
    engine.synced = false;
    void chat.explain(CODE);
    const { question } = engine.last;
    assert.ok("turns" in question);
    const [turn] = question.turns;
    assert.deepEqual(turn?.role === "user" && turn.attachments?.map(({ text }) => text), ["pass"]);
  });

  test("an explanation that was typed takes what is pending, and is asked again in its own place", async () => {
    const { engine, chat, talk } = setUp();
    const sent = { uri: "file:///b.py", languageId: "python", text: "b" };
    const more = { ...sent, label: "b.py" };
    talk.pending.add(more);
    const done = chat.explain(CODE, { level: "brief", request: "why?" }, { isTyped: true });
    assert.ok("attachments" in engine.last.question);
    assert.deepEqual([engine.last.question.attachments, engine.last.question.request], [[sent], "why?"]);
    assert.deepEqual(talk.pending.all, []);
    engine.last.resolve({ ...result("Because."), question: { role: "user", content: "Explain. why?" } });
    await done;
    const [asked] = talk.data.exchanges;
    assert.deepEqual([asked?.text, asked?.explained], ["/explain why?", { level: "brief", request: "why?" }]);
    void chat.explain(CODE, { level: "detailed", request: "why?" }, { insteadOf: asked?.id, others: [more] });
    assert.deepEqual("history" in engine.last.question && engine.last.question.history, []);
    assert.deepEqual(
      talk.data.exchanges.map(({ explained, attachments }) => [explained?.level, attachments.length]),
      [["detailed", 2]],
    );
  });

  test("what the engine cannot read is asked with the level in words, and without the command", () => {
    const { engine, chat } = setUp();
    void chat.explain(CODE, { level: "brief", request: "why?" }, { isGone: true });
    assert.ok("turns" in engine.last.question);
    assert.equal(engine.last.question.turns.at(-1)?.content, "Explain this code briefly.\n\nwhy?");
  });
});
