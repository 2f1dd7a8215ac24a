import { create, editingForms, text, typedControls } from "./page";

let leaving_by_form = false;

/** Sends a form once, and warns before typed text is lost. The server's idempotency key is the real guard. */
export function guardForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "1";
    leaving_by_form = true;
    const status = create("span", "hint", text("sending"));
    status.setAttribute("role", "status");
    (event.submitter ?? form.lastElementChild)?.after(status);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving_by_form = false;
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sending]")) {
      delete form.dataset.sending;
      form.querySelector("[role=status]")?.remove();
    }
  });
  warnBeforeLoss();
  checkAll();
}

function warnBeforeLoss(): void {
  const changed = new Set<HTMLFormElement>();
  for (const form of editingForms())
    if (typedControls(form).length) form.addEventListener("input", () => changed.add(form));
  addEventListener("beforeunload", (event) => {
    if (changed.size && !leaving_by_form) event.preventDefault();
  });
}

/** A box with data-check-all="<name>" checks all boxes of that name; it is hidden until scripts run. */
function checkAll(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-check-all]")) {
    box.hidden = false;
    box.addEventListener("change", () => {
      const all = document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${CSS.escape(box.dataset.checkAll ?? "")}"]`);
      for (const one of all) one.checked = box.checked;
    });
  }
}
