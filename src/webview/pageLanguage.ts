/** The language that the page is in, also for its numbers: VS Code's, which need not be the browser's. */
export function pageLanguage(): string | undefined {
  const { lang } = document.documentElement;
  return lang === "" ? undefined : lang;
}
