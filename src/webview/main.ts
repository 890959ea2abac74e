/** Entry of the chat page: builds its parts, connects the extension's messages, and puts the page into the document. */
import { parseToView } from "../protocol/chatView";
import { Answer } from "./answer";
import { ChatApp } from "./chatApp";
import { CodeBlock } from "./codeBlock";
import { Composer } from "./composer";
import { createHighlighter } from "./languages";
import { MarkdownParser } from "./markdown";
import { MessageList } from "./messageList";
import { OptionsDrawer } from "./optionsDrawer";
import { QuestionEditor } from "./questionEditor";
import { PendingChips } from "./pendingChips";
import { acquireHost } from "./vscodeApi";

function start(): void {
  document.querySelector("llama2-chat")?.remove(); // defining its name would build a page in it that nothing is connected to
  customElements.define("llama2-code-block", CodeBlock);
  customElements.define("llama2-answer", Answer);
  customElements.define("llama2-question-editor", QuestionEditor);
  customElements.define("llama2-options", OptionsDrawer);
  customElements.define("llama2-message-list", MessageList);
  customElements.define("llama2-pending-chips", PendingChips);
  customElements.define("llama2-composer", Composer);
  customElements.define("llama2-chat", ChatApp);

  const app = new ChatApp(acquireHost(), { parser: new MarkdownParser(), highlighter: createHighlighter() });
  window.addEventListener("message", (event) => {
    const message = parseToView(event.data);
    if (message !== undefined) {
      app.receive(message);
    }
  });
  document.body.append(app);
}

start();
