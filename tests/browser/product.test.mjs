// Every page of the running product that its people reach by links: complete, accessible, without complaints, with
// scripts and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cookiesOf, crawl } from "./crawl.mjs";
import { examine, inParallel, languages, looks, openBrowser, openPage, settled, startSangu } from "./lib.mjs";

// One person of each role; the cities' officers see the same pages.
const people = ["nobody", "system", "security", "audit", "zone", "changsha", "park"];

let browser, sangu;
const cookies = new Map(); // person → cookies of the session
const fullest = new Map(languages.map((language) => [language, new Map()])); // language → pattern → page with the most to see

before(async () => {
  [browser, sangu] = await Promise.all([openBrowser(), startSangu()]);
});

after(async () => {
  await browser?.close();
  await sangu?.stop();
});

test("every page reached by links answers completely, for every person in every language", async () => {
  const complaints = [];
  const failures = await inParallel(people, async (person) => {
    cookies.set(person, await cookiesOf(sangu.address, person === "nobody" ? null : "demo." + person, sangu.people[person]));
    for (const language of languages) {
      const found = await crawl(sangu.address, { cookies: cookies.get(person), language });
      complaints.push(...found.complaints.map((one) => `${person}: ${one}`));
      for (const page of found.pages)
        if (page.weight > (fullest.get(language).get(page.pattern)?.weight ?? 0)) fullest.get(language).set(page.pattern, { ...page, person });
    }
  });
  assert.deepEqual(failures, []);
  assert.deepEqual(complaints, []);
  for (const path of ["/", "/organisations", "/accounts", "/indicators/{id}"]) assert.ok(fullest.get("zh-Hans").has(path), `${path} is not reached`);
  for (const language of languages) assert.deepEqual([...fullest.get(language).keys()].sort(), [...fullest.get("zh-Hans").keys()].sort(), `pages of ${language}`);
});

const header = (person) =>
  cookies
    .get(person)
    .split("; ")
    .filter(Boolean)
    .map((one) => ({ name: one.split("=")[0], value: one.slice(one.indexOf("=") + 1), url: sangu.address }));

/** Calls `look(page, { path, name })` once for every pattern of addresses, in two windows at a time. */
async function visitAll(language, options, look) {
  const names = new Map();
  for (const page of fullest.get(language).values())
    // A sorted or filtered list is the same page.
    if (!page.pattern.includes("?")) names.set(page.person, [...(names.get(page.person) ?? []), page]);
  const failures = await inParallel([...names].flatMap(([person, pages]) => halves(pages).map((half) => [person, half])), async ([person, pages]) => {
    const window_of = await openPage(browser, options);
    await window_of.context().addCookies([...header(person), { name: "sangu_language", value: language, url: sangu.address }]);
    const said = [];
    for (const { path } of pages) {
      window_of.complaints.length = 0;
      const answer = await window_of.goto(sangu.address + path);
      assert.equal(answer.status(), 200, path);
      await look(window_of, `${path} of ${person} in ${language}`).catch((error) => said.push(error.message));
    }
    await window_of.context().close();
    if (said.length) throw new Error(said.join("\n"));
  });
  assert.deepEqual(failures, []);
}

const halves = (list) => [list.slice(0, Math.ceil(list.length / 2)), list.slice(Math.ceil(list.length / 2))].filter((one) => one.length);

for (const language of languages)
  test(`every kind of page is accessible and fits a phone in ${language}`, () =>
    visitAll(language, {}, async (page, name) => {
      await page.setViewportSize({ width: looks[0].width, height: looks[0].height });
      await page.emulateMedia({ colorScheme: "light" });
      await settled(page);
      await examine(page, name);
      // Tones are the same in every language, words are not.
      await page.setViewportSize({ width: looks[2].width, height: looks[2].height });
      if (language === "zh-Hans") await page.emulateMedia({ colorScheme: "dark" });
      await examine(page, name + " on a phone", language === "zh-Hans" ? { rules: ["color-contrast", "target-size", "scrollable-region-focusable"] } : { rules: null });
    }));

test("every kind of page says the same without scripts", () =>
  visitAll("zh-Hans", { look: looks[2], scripts: false }, async (page, name) => {
    assert.equal(await page.locator("h1:visible").count(), 1, name);
    assert.equal(await page.locator("[data-theme-switch]:visible, [data-check-all]:visible").count(), 0, `${name}: shows what needs scripts`);
    assert.equal(await page.locator("form:not([action])").count(), 0, `${name}: a form that needs scripts`);
    for (const figure of await page.locator("[data-chart]").all())
      assert.ok(await figure.evaluate((one) => (one.closest("figure, section, article, .card") ?? one.parentElement).querySelector("table") !== null || document.querySelector("main table") !== null), `${name}: a chart without a table`);
  }));
