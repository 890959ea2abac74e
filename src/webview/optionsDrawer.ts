/** The drawer with what holds for this conversation: its system prompt, and how its answers are sampled. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { SAMPLING_RANGES, type ConversationOptions, type Sampling } from "../protocol/chatView";
import { ActionEvent, onUse } from "./actions";
import { iconButton } from "./icons";
import { LightElement } from "./lightElement";
import { changesOf, differs, parseSeed, parseValue, type RangedKey } from "./optionValues";
import { presets } from "./presets";
import { strings } from "./strings";

const sliders: readonly (readonly [RangedKey, string, number])[] = [
  ["maxTokens", strings.maxTokens, 1],
  ["temperature", strings.temperature, 0.1],
  ["topP", strings.topP, 0.05],
  ["topK", strings.topK, 1],
  ["repeatPenalty", strings.repeatPenalty, 0.05],
];
const custom = "custom";

export class OptionsDrawer extends LightElement {
  static override properties = { options: { attribute: false } };

  declare options: ConversationOptions;

  protected override render(): TemplateResult {
    const { options } = this;
    return html`<section class="options" aria-label=${strings.options} @keydown=${this.onKeyDown}>
      <div class="options-title">
        <h2>${strings.options}</h2>
        ${iconButton({
          icon: "close",
          label: strings.closeOptions,
          onClick: onUse({ type: "showOptions", open: false }),
        })}
      </div>
      ${this.systemPrompt()} ${sliders.map(([key, label, step]) => this.slider(key, label, step))}
      <label class="option">
        <span class="option-name">${strings.seed}</span>
        <vscode-textfield
          .label=${strings.seed}
          placeholder=${strings.seedRandom}
          .value=${live(String(options.sampling.seed ?? ""))}
          @change=${this.onSeed}
        ></vscode-textfield>
      </label>
      <div class="buttons">
        <vscode-button secondary ?disabled=${!differs(options)} @click=${onUse({ type: "setOptions", sampling: {} })}
          >${strings.resetOptions}</vscode-button
        >
      </div>
    </section>`;
  }

  private systemPrompt(): TemplateResult {
    const { systemPrompt } = this.options;
    const chosen = presets.findIndex((preset) => preset.systemPrompt === systemPrompt);
    return html`<div class="option">
        <span class="option-name">${strings.systemPrompt}</span>
        <vscode-single-select
          .label=${strings.preset}
          .value=${chosen < 0 ? custom : String(chosen)}
          @change=${this.onPreset}
        >
          ${presets.map(
            ({ name }, index) =>
              html`<vscode-option value=${index} ?selected=${index === chosen}>${name}</vscode-option>`,
          )}
          <vscode-option value=${custom} ?selected=${chosen < 0}>${strings.presetCustom}</vscode-option>
        </vscode-single-select>
      </div>
      <vscode-textarea
        class="system-prompt"
        .label=${strings.systemPrompt}
        placeholder=${strings.systemPromptPlaceholder}
        rows="3"
        .value=${live(systemPrompt)}
        @change=${this.onSystemPrompt}
      ></vscode-textarea>`;
  }

  private slider(key: RangedKey, label: string, step: number): TemplateResult {
    const { min, max } = SAMPLING_RANGES[key];
    const value = this.options.sampling[key];
    const set = (event: Event): void => {
      this.set(key, event);
    };
    return html`<div class="option ranged">
      <span class="option-name">${label}</span>
      <input
        type="range"
        aria-label=${label}
        min=${min}
        max=${max}
        step=${step}
        .value=${live(String(value))}
        @change=${set}
      />
      <vscode-textfield
        class="option-value"
        .label=${label}
        inputmode="decimal"
        .value=${live(String(value))}
        @change=${set}
      ></vscode-textfield>
    </div>`;
  }

  private set(key: RangedKey, event: Event): void {
    const value = parseValue(key, textOf(event));
    this.save({ sampling: { ...this.options.sampling, ...(value === undefined ? {} : { [key]: value }) } });
  }

  private readonly onSeed = (event: Event): void => {
    const seed = parseSeed(textOf(event));
    this.save({ sampling: { ...this.options.sampling, ...(seed === undefined ? {} : { seed }) } });
  };

  private readonly onSystemPrompt = (event: Event): void => {
    this.save({ systemPrompt: textOf(event).trim() });
  };

  private readonly onPreset = (event: Event): void => {
    const preset = presets[Number(textOf(event))];
    if (preset === undefined) {
      this.querySelector("vscode-textarea")?.focus(); // "Your own": it is written there
    } else {
      this.save({ systemPrompt: preset.systemPrompt });
    }
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      this.dispatchEvent(new ActionEvent({ type: "showOptions", open: false }));
    }
  };

  /** What is not in its range comes back moved into it, so the field is redrawn in any case. */
  private save(change: { readonly sampling?: Sampling; readonly systemPrompt?: string }): void {
    this.dispatchEvent(new ActionEvent({ type: "setOptions", ...changesOf({ ...this.options, ...change }) }));
  }
}

function textOf({ target }: Event): string {
  return target !== null && "value" in target && typeof target.value === "string" ? target.value : "";
}
