// What every browser test needs: Debian's Chromium with a fresh profile, a sangu of its own with the demo world,
// sign-in, and one look at a page that fails on anything a reader would suffer from.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const languages = ["zh-Hans", "zh-Hant", "en"];
export const build = process.env.SANGU_BUILD ?? join(root, "build", "dev");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const shots = process.env.SANGU_SCREENSHOTS; // a directory, or unset: no pictures

/** The four looks every page is seen in. */
export const looks = [
  { name: "1440-light", width: 1440, height: 900, colours: "light" },
  { name: "1440-dark", width: 1440, height: 900, colours: "dark" },
  { name: "390-light", width: 390, height: 844, colours: "light" },
  { name: "390-dark", width: 390, height: 844, colours: "dark" },
];

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page in one look; console errors, refused resources (CSP) and uncaught errors are collected in page.complaints. */
export async function openPage(browser, { look = looks[0], scripts = true, locale = "zh-CN" } = {}) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colours,
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    locale,
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  return page;
}

/** Fails on accessibility violations (of all rules, of those named, or of none), sideways scrolling and complaints of the browser. */
export async function examine(page, name, { rules = "all" } = {}) {
  const overflow = await widthOf(page);
  assert.ok(overflow.content <= overflow.window, `${name}: ${overflow.content} px wide in a window of ${overflow.window} px (${overflow.culprit})`);
  assert.deepEqual(page.complaints, [], `${name}: the browser complains`);
  if (!rules) return;
  // Legacy mode: pages have no frames, so no second window is needed to bring their results together.
  const runOnly = rules === "all" ? { type: "tag", values: standards } : { type: "rule", values: rules };
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ runOnly, resultTypes: ["violations"] }).analyze();
  const said = violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).slice(0, 4).join(" | ")}`);
  assert.deepEqual(said, [], `${name}: accessibility`);
}

async function widthOf(page) {
  return page.evaluate(() => {
    const content = document.documentElement.scrollWidth;
    const window_width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")].find(
      (one) => !one.closest(".table-wrap") && one.getBoundingClientRect().right > window_width + 1,
    );
    return { content, window: window_width, culprit: wide ? wide.tagName + "." + wide.getAttribute("class") : "" };
  });
}

export async function picture(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, name + ".png"), fullPage: true });
}

/** Opens an address in every look (or those in `seen`) with scripts, and once without; examines and pictures each. */
export async function examineEverywhere(browser, address, name, { prepare = async () => {}, seen = looks } = {}) {
  for (const look of seen) {
    const page = await openPage(browser, { look });
    await prepare(page);
    await page.goto(address);
    await settled(page);
    await picture(page, `${name}-${look.name}`);
    await examine(page, `${name} ${look.name}`);
    await page.context().close();
  }
  const plain = await openPage(browser, { look: looks[2], scripts: false });
  await prepare(plain);
  const answer = await plain.goto(address);
  await picture(plain, `${name}-390-no-script`);
  assert.match(await answer.text(), /<h1>/);
  await plain.context().close();
}

/** Waits for charts; pages without charts are ready at once. */
export async function settled(page) {
  await page.waitForFunction(() => [...document.querySelectorAll("[data-chart]")].every((one) => one.dataset.drawn), null, { timeout: 10_000 });
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const peopleIn = (said) => Object.fromEntries([...said.matchAll(/^ +demo\.(\w+) +(\S+) /gm)].map(([, name, password]) => [name, password]));

/** The sangu binary with the demo world in a directory of its own. `people`: the printed demo passwords, by role. */
export async function startSangu() {
  const binary = join(build, "src", "app", "sangu");
  assert.ok(existsSync(binary), `${binary} is not built`);
  const directory = mkdtempSync(join(tmpdir(), "sangu-browser-"));
  const port = await freePort();
  const process_of = spawn(binary, ["serve", "--first-run", "--demo", "--database", `sqlite:${join(directory, "sangu.db")}`, "--port", String(port), "--anonymous-requests-per-minute", "1000000"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.once("exit", () => process_of.kill("SIGKILL"));
  process.once("SIGTERM", () => process.exit(1));
  let said = "";
  for (const stream of [process_of.stdout, process_of.stderr]) stream.on("data", (data) => (said += data));
  const address = `http://127.0.0.1:${port}`;
  const ended = new Promise((resolve) => process_of.once("exit", resolve)); // also when a signal ended it: exitCode stays null then
  const stop = async () => {
    process_of.kill("SIGTERM");
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 200; ++attempt) {
    const ready = await fetch(address + "/readyz").catch(() => null);
    if (ready?.ok) return { address, stop, people: peopleIn(said), output: () => said };
    if (process_of.exitCode !== null || process_of.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error("sangu did not become ready:\n" + said);
}

/** Signs in on the sign-in page like a person. */
export async function signIn(page, sangu, name) {
  if (!new URL(page.url(), sangu.address).pathname.startsWith("/sign-in")) await page.goto(sangu.address + "/sign-in");
  await page.fill("input[name=login]", "demo." + name);
  await page.fill("input[name=password]", sangu.people[name]);
  await Promise.all([page.waitForNavigation(), page.click("main form button[type=submit]")]);
  assert.ok(!new URL(page.url()).pathname.startsWith("/sign-in"), `demo.${name} cannot sign in: ${await page.textContent("main")}`);
}

/** Works through a list with a few workers, in order of the list. */
export async function inParallel(list, work, workers = 2) {
  const rest = [...list];
  const failures = [];
  const one = async () => {
    while (rest.length) {
      const item = rest.shift();
      await work(item).catch((error) => failures.push(error.message));
    }
  };
  await Promise.all(Array.from({ length: workers }, one));
  return failures;
}
