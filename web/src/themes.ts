import { recall, remember } from "./page";

/** Light, dark, or as the system says; remembered in this browser. */
export function offerThemes(): void {
  const root = document.documentElement;
  for (const group of document.querySelectorAll<HTMLElement>("[data-theme-switch]")) {
    const buttons = [...group.querySelectorAll<HTMLButtonElement>("[data-theme-set]")];
    const show = (theme: string) => buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.themeSet === theme)));
    for (const one of buttons)
      one.addEventListener("click", () => {
        const theme = one.dataset.themeSet ?? "auto";
        if (theme === "auto") delete root.dataset.theme;
        else root.dataset.theme = theme;
        remember(() => localStorage, "sangu.theme", theme === "auto" ? null : theme);
        show(theme);
        dispatchEvent(new Event("sangu:theme"));
      });
    show(recall(() => localStorage, "sangu.theme") ?? "auto");
    group.hidden = false;
  }
}
