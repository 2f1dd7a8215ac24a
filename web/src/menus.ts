/** Open menus close with Escape and with a click elsewhere. */
export function closeMenus(): void {
  const opened = () => document.querySelectorAll<HTMLDetailsElement>("details[name=menu][open]");
  addEventListener("click", (event) => {
    for (const menu of opened()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary")?.focus();
    }
  });
}
