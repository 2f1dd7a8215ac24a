// What every page loads. Pages are complete without it; each part here only makes them more comfortable.
import { keepDrafts } from "./drafts";
import { guardForms } from "./forms";
import { closeMenus } from "./menus";
import { listenToShortcuts } from "./shortcuts";
import { followStreams } from "./stream";
import { offerThemes } from "./themes";

offerThemes();
closeMenus();
guardForms();
keepDrafts();
listenToShortcuts();
followStreams();

document.querySelector<HTMLElement>("[data-focus]")?.focus();
addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => one.setAttribute("open", "")));
