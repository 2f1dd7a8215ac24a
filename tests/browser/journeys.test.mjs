// What people do in the running product, and what they get.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { looks, openBrowser, openPage, settled, signIn, startSangu } from "./lib.mjs";

const kilobyte = 1024;
let browser, sangu;

before(async () => {
  [browser, sangu] = await Promise.all([openBrowser(), startSangu()]);
});

after(async () => {
  await browser?.close();
  await sangu?.stop();
});

/** A test in a window of its own; whatever the browser complains about fails it. */
function journey(name, options, act) {
  test(name, async () => {
    const page = await openPage(browser, options);
    page.on("dialog", (dialog) => dialog.accept());
    try {
      await act(page);
      // A refused form answers 4xx, which Chromium reports as an error of the console.
      assert.deepEqual(page.complaints.filter((one) => !/status of 4\d\d/.test(one)), []);
    } finally {
      await page.context().close();
    }
  });
}

const at = (path) => sangu.address + path;
const submit = (page) => Promise.all([page.waitForNavigation(), page.click("main form.form button[type=submit]")]);
const said = async (page) => (await page.textContent("main")).replace(/\s+/g, " ");

async function createOrganisation(page, name) {
  await page.goto(at("/organisations/new"));
  await page.fill("#name", name);
  await page.selectOption("#kind", { index: 1 });
  await submit(page);
  assert.match(page.url(), /\/organisations\/[0-9a-z]{26}\?done=done\.created/);
  return new URL(page.url()).pathname;
}

async function countOf(page, name) {
  await page.goto(at("/organisations?q=" + encodeURIComponent(name)));
  return page.locator("tbody tr").count();
}

for (const scripts of [true, false]) {
  const how = scripts ? "with scripts" : "without scripts";

  journey(`an officer signs in, creates an organisation, finds and corrects it, ${how}`, { scripts }, async (page) => {
    const name = `湘江新材料研究院${scripts ? "甲" : "乙"}`;
    await page.goto(at("/organisations"));
    await page.click("header a[href^='/sign-in']");
    await signIn(page, sangu, "zone");
    assert.equal(new URL(page.url()).pathname, "/organisations", "sign-in leads back to where one was");
    await page.click(".page-actions a.primary");
    await submit(page);
    assert.equal(await page.locator(".error-summary").count(), 1, "an empty form is refused with a summary");
    assert.equal(await page.locator("#name[aria-invalid=true]").count(), 1);
    const path = await createOrganisation(page, name);
    assert.equal(await page.textContent("h1"), name);
    await page.goto(at("/organisations"));
    await page.fill("input[type=search]", name);
    await Promise.all([page.waitForNavigation(), page.click("form[role=search] button")]);
    await page.click(`tbody a:has-text("${name}")`);
    await page.click(`a[href="${path}/edit"]`);
    await page.fill("#introduction", "新材料中试与检测");
    await submit(page);
    assert.match(await said(page), /新材料中试与检测/);
    assert.match(await page.textContent(".history"), /何岚/, "the history names who changed it");
  });

  journey(`a form that somebody else changed meanwhile shows both versions, ${how}`, { scripts }, async (page) => {
    await signIn(page, sangu, "zone");
    const path = await createOrganisation(page, `两窗测试单位${scripts ? "甲" : "乙"}`);
    await page.goto(at(path + "/edit"));
    const other = await page.context().newPage();
    await other.goto(at(path + "/edit"));
    await other.fill("#introduction", "第二个窗口先保存");
    await submit(other);
    await page.fill("#introduction", "第一个窗口后保存");
    await submit(page);
    const text = await said(page);
    assert.match(text, /第二个窗口先保存/, "what is stored is shown");
    assert.equal(await page.inputValue("#introduction"), "第一个窗口后保存", "what was typed is kept");
    await submit(page);
    await page.goto(at(path));
    assert.match(await said(page), /第一个窗口后保存/, "sending again decides for what was typed");
  });

  journey(`typed text survives an expired session, ${how}`, { scripts }, async (page) => {
    const name = `会话过期也不丢失${scripts ? "甲" : "乙"}`;
    await signIn(page, sangu, "zone");
    await page.goto(at("/organisations/new"));
    await page.fill("#name", name);
    await page.fill("#introduction", "填了很久的内容");
    await page.selectOption("#kind", { index: 1 });
    await page.context().clearCookies({ name: "sangu_session" });
    await submit(page);
    assert.equal(new URL(page.url()).pathname, "/sign-in");
    await signIn(page, sangu, "zone");
    assert.match(new URL(page.url()).pathname, /^\/kept\//);
    await submit(page);
    assert.match(page.url(), /\/organisations\/[0-9a-z]{26}/);
    assert.equal(await page.textContent("h1"), name);
    assert.match(await said(page), /填了很久的内容/);
    assert.equal(await countOf(page, name), 1);
  });
}

journey("a double click and a repeated submission create one organisation", { scripts: false }, async (page) => {
  await signIn(page, sangu, "zone");
  await page.goto(at("/organisations/new"));
  await page.fill("#name", "只建一次的单位");
  await page.selectOption("#kind", { index: 1 });
  const form = await page.locator("main form.form").evaluate((one) => [...new FormData(one)]);
  const cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
  const send = () => fetch(at("/organisations"), { method: "POST", redirect: "manual", body: new URLSearchParams(form), headers: { cookie, origin: sangu.address } });
  const answers = await Promise.all([send(), send()]);
  const again = await send();
  assert.equal(again.status, 303);
  assert.ok(answers.some((one) => one.status === 303));
  assert.equal(await countOf(page, "只建一次的单位"), 1);
});

journey("a double click sends once and says so", {}, async (page) => {
  await signIn(page, sangu, "zone");
  await page.goto(at("/organisations/new"));
  await page.fill("#name", "双击提交的单位");
  await page.selectOption("#kind", { index: 1 });
  let sent = 0;
  page.on("request", (request) => (sent += request.method() === "POST" ? 1 : 0));
  await Promise.all([page.waitForNavigation(), page.dblclick("main form.form button[type=submit]")]);
  assert.equal(sent, 1);
  assert.equal(await countOf(page, "双击提交的单位"), 1);
});

journey("a comment that was accepted is not offered again on the same page", {}, async (page) => {
  await signIn(page, sangu, "zone");
  await page.goto(at("/tasks/T1.1.2"));
  await page.fill("form[action$='/comments'] textarea", "请于月底前反馈");
  await Promise.all([page.waitForNavigation(), page.click("form[action$='/comments'] button")]);
  assert.match(await said(page), /请于月底前反馈/);
  assert.equal(await page.inputValue("form[action$='/comments'] textarea"), "");
  assert.equal(await page.locator(".draft-note").count(), 0);
  await page.fill("form[action$='/comments'] textarea", "还没有发表");
  await page.waitForTimeout(600);
  await page.goto(at("/tasks"));
  await page.goto(at("/tasks/T1.1.2"));
  assert.equal(await page.inputValue("form[action$='/comments'] textarea"), "还没有发表", "what was not sent is still there");
});

journey("the reporting calendar with open reports fits a phone", { look: looks[2] }, async (page) => {
  await signIn(page, sangu, "zone");
  await page.goto(at("/reports"));
  await page.click("main details summary");
  await page.selectOption("select[name=period]", "2019");
  await Promise.all([page.waitForNavigation(), page.click("form[action='/reports'] button[type=submit]")]);
  assert.ok((await page.locator("tbody td a").count()) > 0, "there are reports to open");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "no sideways scrolling");
});

journey("the keyboard alone: skip link, visible focus, search by slash, menu", {}, async (page) => {
  await page.goto(at("/organisations"));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  assert.ok((await page.locator(".skip").boundingBox()).y >= 0, "the skip link comes into view");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search");
  await page.goto(at("/organisations"));
  for (let step = 0; step < 14; ++step) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      return { what: one.outerHTML.slice(0, 80), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, seen: box.width > 0 && box.height > 0 };
    });
    assert.ok(shown.ring && shown.seen, `focus cannot be seen on ${shown.what}`);
  }
  await page.focus("nav.menu summary");
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("nav.menu details[open] a").first().isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("nav.menu details[open]").count(), 0, "Escape closes the menu");
});

journey("the language stays chosen and the colours too", {}, async (page) => {
  await page.goto(at("/indicators"));
  await page.click(".drop summary");
  await Promise.all([page.waitForNavigation(), page.click(".drop a[lang=en]")]);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.goto(at("/data"));
  assert.equal(await page.getAttribute("html", "lang"), "en");
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.click("[data-theme-set=dark]");
  await page.goto(at("/indicators"));
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), light);
});

journey("a page on paper is content on white, without menus and buttons", { look: looks[1] }, async (page) => {
  await page.goto(at("/indicators"));
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const one of ["nav.menu", ".tools", ".site-footer .theme", ".skip"]) assert.equal(await page.locator(one).first().isVisible(), false, one);
  assert.ok(await page.locator("h1").isVisible());
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color.match(/\d+/g).map(Number).every((value) => value < 90)), true, "dark ink");
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
});

journey("an indicator has a chart and the same figures in a table", {}, async (page) => {
  await page.goto(at("/indicators/I04"));
  await settled(page);
  assert.ok(await page.locator("figure.chart canvas").isVisible());
  await page.click(".chart-table summary");
  const cells = await page.locator(".chart-table tbody td").allTextContents();
  assert.ok(cells.some((cell) => /\d/.test(cell)), "the table has figures");
  const receipt = page.locator("a[href*='/figures/']").first();
  await Promise.all([page.waitForNavigation(), receipt.click()]);
  const text = await said(page);
  for (const word of ["来源", "发布日期", "审核人"]) assert.match(text, new RegExp(word));
});

test("a page weighs at most 100 KB without charts and 350 KB with them", async () => {
  const weights = {};
  for (const path of ["/", "/indicators", "/organisations", "/indicators/I04"]) {
    const page = await openPage(browser);
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    let bytes = 0;
    session.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
    await page.goto(at(path), { waitUntil: "networkidle" });
    const has_chart = (await page.locator("[data-chart]").count()) > 0;
    weights[path] = Math.round(bytes / kilobyte);
    assert.ok(bytes > 0 && bytes <= (has_chart ? 350 : 100) * kilobyte, `${path} weighs ${weights[path]} KB`);
    await page.context().close();
  }
  console.log("KB over the wire:", JSON.stringify(weights));
});
