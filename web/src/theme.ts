// Runs before the first paint: the remembered colours, and a mark that scripts work.
const root = document.documentElement;
root.classList.add("scripted");
try {
  const remembered = localStorage.getItem("sangu.theme");
  if (remembered === "light" || remembered === "dark") root.dataset.theme = remembered;
} catch {
  // Storage may be forbidden; the system's setting holds then.
}
