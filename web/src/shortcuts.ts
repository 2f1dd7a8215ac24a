import { button, create, recall, remember, text } from "./page";

const off = "sangu.shortcuts_off";

/** "/" goes to the search field, "?" shows the list. They can be switched off there (WCAG 2.1.4). */
export function listenToShortcuts(): void {
  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") showHelp();
    else if (recall(() => localStorage, off)) return;
    else if (event.key === "/") {
      const field = document.querySelector<HTMLElement>("input[type=search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
    }
  });
}

function row(keys: string, meaning: string): HTMLElement {
  return create("tr", "", create("th", "", create("kbd", "", keys)), create("td", "", meaning));
}

function showHelp(): void {
  if (document.querySelector("dialog[open]")) return;
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !recall(() => localStorage, off);
  box.addEventListener("change", () => remember(() => localStorage, off, box.checked ? null : "1"));
  const table = create("table", "table", create("tbody", "", row("/", text("shortcut_search")), row("?", text("shortcut_help"))));
  const dialog = create("dialog", "", create("h2", "", text("shortcuts")), table) as HTMLDialogElement;
  dialog.setAttribute("aria-label", text("shortcuts"));
  dialog.append(
    create("label", "choice", box, text("shortcut_on")),
    button(text("close"), () => dialog.close()),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
