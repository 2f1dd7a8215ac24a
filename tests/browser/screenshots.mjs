// Pictures of the main pages in four looks: node screenshots.mjs <folder> [language] [page …]
// Whole pages; with SANGU_ONE_SCREEN=1 what is seen before scrolling, as the README shows it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cookiesOf } from "./crawl.mjs";
import { inParallel, languages, looks, openBrowser, openPage, settled, startSangu } from "./lib.mjs";

const [folder, language = languages[0], ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node screenshots.mjs <folder> [language] [page …]");
  process.exit(2);
}

// name, who looks, address; or a list and a pattern: the first such link on it, or what is made of it.
const pages = [
  ["cockpit", null, "/"],
  ["cockpit-2024", null, "/?plan=czt-2024"],
  ["indicators", null, "/indicators"],
  ["indicator", null, "/indicators/I04"],
  ["indicator-2", null, "/indicators/I01"],
  ["receipt", null, "/indicators/I04", /\/indicators\/\w+\/figures\/\w+/],
  ["city", null, "/cities/changsha"],
  ["data", null, "/data"],
  ["sign-in", null, "/sign-in"],
  ["api", null, "/api"],
  ["accessibility", null, "/accessibility"],
  ["missing", null, "/nothing-here"],
  ["organisations", "zone", "/organisations"],
  ["organisation-new", "zone", "/organisations/new"],
  ["organisation-import", "zone", "/organisations/import"],
  ["places", null, "/places"],
  ["place", null, "/places", /\/places\/[0-9a-z]{26}/],
  ["figures", "zone", "/figures"],
  ["figure-new", "changsha", "/figures/new"],
  ["figure-import", "zone", "/figures/import"],
  ["figure", "zone", "/figures?state=published", /\/figures\/[0-9a-z]{26}/],
  ["targets", "zone", "/targets"],
  ["target", "zone", "/targets", /\/targets\/[0-9a-z]{26}/],
  ["target-new", "zone", "/targets/new"],
  ["sources", "zone", "/sources"],
  ["tasks", null, "/tasks"],
  ["task", "zone", "/tasks", /\/tasks\/[A-Z]?\d[\w.-]*/],
  ["plans", null, "/plans"],
  ["reports", "zone", "/reports"],
  ["work", "zone", "/work"],
  ["supervision", "zone", "/supervision"],
  ["lists", null, "/lists"],
  ["achievements", null, "/achievements"],
  ["achievement", "zone", "/achievements", /\/achievements\/CG-[\d-]+/],
  ["achievement-public", null, "/achievements", /\/achievements\/CG-[\d-]+/],
  ["demands", "member", "/demands"],
  ["demand", "member", "/demands", /\/demands\/XQ-[\d-]+/],
  ["talents", null, "/talents"],
  ["experts", null, "/experts"],
  ["expert", "zone", "/experts", /\/experts\/ZJ-[\d-]+/],
  ["expert-new", "member", "/experts/new"],
  ["expert-edit", "member", "/my/entries", /\/experts\/ZJ-[\d-]+\/edit/],
  ["expert-finder", "member", "/experts/finder?text=%E8%BD%A6%E8%BE%86%E5%87%8F%E6%8C%AF&field=new_materials&parties=%E5%91%A8%E5%B2%9A%EF%BC%88%E6%BC%94%E7%A4%BA%EF%BC%89"],
  ["expert-finder-empty", "member", "/experts/finder"],
  ["expert-finder-demand", "zone", "/demands", /\/demands\/XQ-[\d-]+/, (path) => path.replace("/demands/", "/experts/finder?demand=")],
  ["intermediaries", null, "/intermediaries"],
  ["intermediary", "member", "/intermediaries", /\/intermediaries\/ZB-[\d-]+/],
  ["entry-new", "member", "/demands/new"],
  ["entry-edit", "member", "/my/entries", /\/demands\/XQ-[\d-]+\/edit/],
  ["entries-mine", "member", "/my/entries"],
  ["entries-review", "zone", "/library/review"],
  ["threads", "member", "/threads"],
  ["account", "zone", "/account"],
  ["tokens", "zone", "/account/tokens"],
  ["second-factor", "zone", "/sign-in/second-factor"],
  ["accounts", "system", "/accounts"],
  ["account-new", "system", "/accounts/new"],
  ["account-roles", "security", "/accounts", /\/accounts\/[0-9a-z]{26}/],
  ["permissions", "security", "/permissions"],
  ["audit", "audit", "/audit"],
  ["jobs", "system", "/administration/jobs"],
  ["calendar", "system", "/administration/calendar"],
  ["settings", "system", "/administration/settings"],
].filter(([name]) => !wanted.length || wanted.includes(name));

mkdirSync(folder, { recursive: true });
const [browser, sangu] = await Promise.all([openBrowser(), startSangu()]);

const cookies = new Map();
for (const person of new Set(pages.map(([, person]) => person)))
  cookies.set(person, await cookiesOf(sangu.address, person && "demo." + person, sangu.people[person]));

async function found(path, person, link) {
  const html = await (await fetch(sangu.address + path, { headers: { cookie: cookies.get(person) } })).text();
  const address = html.match(link)?.[0];
  if (!address) throw new Error(`no link like ${link} on ${path}`);
  return address;
}

const failures = await inParallel(pages, async ([name, person, path, link, made = (one) => one]) => {
  const address = link ? made(await found(path, person, link)) : path;
  const page = await openPage(browser, { look: looks[0] });
  const jar = cookies.get(person).split("; ").filter(Boolean).map((one) => one.split(/=(.*)/s));
  await page.context().addCookies([...jar, ["sangu_language", language]].map(([key, value]) => ({ name: key, value, url: sangu.address })));
  for (const look of looks) {
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.emulateMedia({ colorScheme: look.colours });
    await page.goto(sangu.address + address);
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: !process.env.SANGU_ONE_SCREEN });
  }
  await page.context().close();
});
await browser.close();
await sangu.stop();
for (const one of failures) console.error(one);
console.log(`${pages.length - failures.length} pages in ${looks.length} looks are in ${folder}`);
process.exit(failures.length ? 1 : 0);
