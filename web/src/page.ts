// What the server left on the page for scripts.

/** A text in the language of the page; see script_texts in src/kernel/html/frame.cpp. */
export function text(key: string): string {
  const texts = document.querySelector<HTMLTemplateElement>("template#texts");
  return texts?.content.querySelector(`[data-key="${key}"]`)?.textContent ?? "";
}

export function create(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function button(label: string, act: () => void): HTMLButtonElement {
  const element = create("button", "button small", label) as HTMLButtonElement;
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** Forms that change something and hold typed text; searches and single buttons are left alone. */
export function editingForms(): HTMLFormElement[] {
  return [...document.querySelectorAll<HTMLFormElement>("form.form")].filter((form) => form.method === "post");
}

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The controls whose content belongs to the person: no hidden fields, passwords, files or codes. */
export function typedControls(form: HTMLFormElement): Control[] {
  const left_out = new Set(["hidden", "password", "file", "submit", "button"]);
  return ([...form.elements] as Control[]).filter(
    (control) => "value" in control && control.name && !left_out.has(control.type) && control.autocomplete !== "one-time-code",
  );
}

/** Storage that may be forbidden or full: then nothing is remembered. */
export function remember(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    // Nothing to do: the page works without memory.
  }
}

export function recall(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}
