import { button, create, editingForms, recall, remember, text, typedControls, type Control } from "./page";

// Typed text outlives a lost connection and an expired session: it is kept in this tab only (shared computers), per
// page and form, and forgotten when the form was accepted.

interface Draft {
  sent: boolean;
  values: Record<string, string[]>;
}

const prefix = "sangu.draft:";
const storage = () => sessionStorage;
const keyOf = (form: HTMLFormElement) => prefix + location.pathname + " " + new URL(form.action).pathname;
const isChoice = (control: Control): control is HTMLInputElement => control.type === "checkbox" || control.type === "radio";

function valuesOf(form: HTMLFormElement): Draft["values"] {
  const values: Draft["values"] = {};
  for (const control of typedControls(form)) {
    const list = (values[control.name] ??= []);
    if (!isChoice(control)) list.push(control.value);
    else if (control.checked) list.push(control.value);
  }
  return values;
}

function fill(form: HTMLFormElement, values: Draft["values"]): void {
  const used: Record<string, number> = {};
  for (const control of typedControls(form)) {
    const list = values[control.name];
    if (!list) continue;
    if (isChoice(control)) control.checked = list.includes(control.value);
    else {
      const at = used[control.name] ?? 0;
      used[control.name] = at + 1;
      if (list[at] !== undefined) control.value = list[at];
    }
  }
}

function read(key: string): Draft | null {
  const stored = recall(storage, key);
  if (!stored) return null;
  try {
    return JSON.parse(stored) as Draft;
  } catch {
    return null;
  }
}

function write(key: string, draft: Draft): void {
  remember(storage, key, JSON.stringify(draft));
}

/**
 * A form that was sent and led to an ordinary page was accepted; sign-in and error pages say nothing about it. A page
 * that shows the form again was reached because it was accepted only by a redirect: after a lost connection it is loaded
 * anew.
 */
function forgetAccepted(here: Set<string>): void {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const failed = (navigation?.responseStatus ?? 200) >= 400 || location.pathname.startsWith("/sign-in");
  if (failed) return;
  const redirected = (navigation?.redirectCount ?? 0) > 0;
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(prefix) && (redirected || !here.has(key)) && read(key)?.sent) sessionStorage.removeItem(key);
  } catch {
    // No storage, no drafts.
  }
}

function offer(form: HTMLFormElement, key: string, draft: Draft): void {
  const before = valuesOf(form);
  if (JSON.stringify(before) === JSON.stringify(draft.values)) return;
  fill(form, draft.values);
  const note = create("div", "note info draft-note", create("span", "", text("draft_found")));
  note.setAttribute("role", "status");
  note.append(
    button(text("draft_discard"), () => {
      fill(form, before);
      remember(storage, key, null);
      note.remove();
    }),
  );
  form.prepend(note);
}

export function keepDrafts(): void {
  const forms = editingForms().filter((form) => typedControls(form).length > 0);
  forgetAccepted(new Set(forms.map(keyOf)));
  for (const form of forms) {
    const key = keyOf(form);
    const draft = read(key);
    // A refused form comes back from the server with everything that was typed.
    const refused = document.querySelector(".error-summary") !== null;
    if (draft && !refused) offer(form, key, draft);
    let timer = 0;
    const save = (sent: boolean) => {
      clearTimeout(timer);
      write(key, { sent, values: valuesOf(form) });
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => save(false), 400);
    });
    form.addEventListener("submit", () => save(true));
  }
  addEventListener("offline", () => {
    if (!forms.length || document.querySelector("[data-offline]")) return;
    const note = create("div", "note warn", text("offline"));
    note.setAttribute("role", "status");
    note.dataset.offline = "1";
    forms[0]?.before(note);
    addEventListener("online", () => note.remove(), { once: true });
  });
}
