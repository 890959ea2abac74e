/** "Get Started" as a user goes through it, with a scripted engine. */
import type { Locator } from "playwright-core";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

suite("walkthrough", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      rules: [
        { when: "Explain", answer: "It measures a **distance**." },
        { when: "def nearest", answer: " sorted(points)[:k]" },
      ],
    }),
    machineSettings: {
      "llama2.chat.modelPath": fakeSettings.chat.modelPath,
      "llama2.completion.modelPath": fakeSettings.completion.modelPath,
    },
  }));

  function step(id: string): Locator {
    return workbench().page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
  }

  function done(id: string): Locator {
    return step(id).locator(".codicon-getting-started-step-checked").first();
  }

  async function open(): Promise<void> {
    await until("the walkthrough", async () => {
      await workbench().runCommand("Llama 2: Get Started");
      await step("models").waitFor({ timeout: 10_000 });
    });
  }

  async function press(id: string, button: string): Promise<void> {
    await until(`the button of ${id}`, async () => {
      await step(id).click({ timeout: 5_000 });
      await step(id).getByRole("button", { name: button }).click({ timeout: 5_000 });
    });
  }

  test("begins with the models, and that is done where one is ready", async () => {
    await workbench().statusBarItem(/fake/).waitFor();
    await until("the first step done", async () => {
      await open();
      await done("models").waitFor({ timeout: 10_000 });
    });
    await workbench().screenshot("walkthrough models");
  });

  test("brings a suggestion in an example, and the step is done when it is accepted", async () => {
    await press("completion", "Try It");
    await workbench().ghostText().waitFor();
    await workbench().page.keyboard.press("Tab");
    await open();
    await done("completion").waitFor();
    await step("completion").click();
    await workbench().screenshot("walkthrough completion");
  });

  test("has an example explained, which also answers a question", async () => {
    await press("explain", "Explain an Example");
    await (await workbench().webview()).locator("strong", { hasText: "distance" }).waitFor();
    await open();
    await done("ask").waitFor();
    await done("explain").waitFor();
    await step("explain").click();
    await workbench().screenshot("walkthrough explain");
    await step("ask").click();
    await workbench().screenshot("walkthrough ask");
  });
});
