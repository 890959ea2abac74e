/** What can be wrong with a prompt file. Each problem has its place in the file and says what it is in words. */
import type { Translate } from "../../base/localize";

/** Offsets in the file, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a front matter key takes. */
export type ValueType = "text" | "yesNo" | "number" | "wholeNumber" | "keys";

export type Fault =
  | { readonly kind: "noFrontMatter" }
  | { readonly kind: "unclosedFrontMatter" }
  /** `detail` is the YAML parser's. */
  | { readonly kind: "badYaml"; readonly detail: string }
  | { readonly kind: "missingName" }
  | { readonly kind: "badName"; readonly name: string }
  | { readonly kind: "wrongType"; readonly key: string; readonly expected: ValueType }
  | { readonly kind: "outOfRange"; readonly key: string; readonly min: number; readonly max: number }
  | { readonly kind: "unknownKey"; readonly key: string; readonly nearest: string | undefined }
  | { readonly kind: "unknownVariable"; readonly name: string; readonly nearest: string | undefined }
  | { readonly kind: "unclosedVariable" }
  | { readonly kind: "emptyBody" };

export interface Problem extends Span {
  /** With an error the file cannot be used; with a warning it is used, and what is meant is taken literally or left out. */
  readonly severity: "error" | "warning";
  readonly fault: Fault;
}

export function errorAt({ start, end }: Span, fault: Fault): Problem {
  return { start, end, severity: "error", fault };
}

export function warningAt({ start, end }: Span, fault: Fault): Problem {
  return { start, end, severity: "warning", fault };
}

/** The problem as a sentence. */
export function faultText(fault: Fault, translate: Translate): string {
  switch (fault.kind) {
    case "noFrontMatter":
      return translate(
        'A prompt file begins with a line "---", then its name and description, and another line "---".',
      );
    case "unclosedFrontMatter":
      return translate('A line "---" has to end the part with the name.');
    case "badYaml":
      return translate("This is not valid YAML: {0}", fault.detail);
    case "missingName":
      return translate("The name is missing: what is typed after / in the chat, for example name: review");
    case "badName":
      return translate(
        '"{0}" cannot be typed as a command. A name has letters, digits, - and _, and begins with a letter.',
        fault.name,
      );
    case "wrongType":
      return wrongTypeText(fault.key, fault.expected, translate);
    case "outOfRange":
      return translate("{0} has to be between {1} and {2}.", fault.key, fault.min, fault.max);
    case "unknownKey":
      return withNearest(translate('"{0}" is not known here and has no effect.', fault.key), fault.nearest, translate);
    case "unknownVariable":
      return withNearest(
        translate("There is no variable {0}; it is sent as it stands here.", `{{${fault.name}}}`),
        fault.nearest === undefined ? undefined : `{{${fault.nearest}}}`,
        translate,
      );
    case "unclosedVariable":
      return translate("{0} is not closed by {1} on this line. Write {2} if the braces are meant.", "{{", "}}", "\\{{");
    case "emptyBody":
      return translate("Nothing is asked: write the prompt below the second line of ---.");
  }
}

function wrongTypeText(key: string, expected: ValueType, translate: Translate): string {
  switch (expected) {
    case "text":
      return translate("{0} has to be a text.", key);
    case "yesNo":
      return translate("{0} has to be true or false.", key);
    case "number":
      return translate("{0} has to be a number.", key);
    case "wholeNumber":
      return translate("{0} has to be a whole number.", key);
    case "keys":
      return translate("{0} has to be a list of keys and values, for example temperature: 0.2", key);
  }
}

function withNearest(text: string, nearest: string | undefined, translate: Translate): string {
  return nearest === undefined ? text : `${text} ${translate("Did you mean {0}?", nearest)}`;
}
