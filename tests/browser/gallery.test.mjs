// Every part of a page, rendered by the C++ tests, in Chromium under the product's content security policy.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, examineEverywhere, languages, looks, openBrowser, openPage, root, settled } from "./lib.mjs";

const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"; // as kernel/http/security_headers.cpp
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", html: "text/html; charset=utf-8" };
const pages = ["cockpit", "list", "object", "form", "error", "statement"];

let browser, server, address, directory;
const sizes = new Map();

function answer(request, reply) {
  const path = new URL(request.url, "http://x").pathname;
  const file = path.startsWith("/assets/") ? join(root, "web", "dist", path.slice(8)) : join(directory, path.slice(1) + ".html");
  try {
    const compressed = path.startsWith("/assets/");
    const data = readFileSync(compressed ? file + ".br" : file);
    sizes.set(path, data.length);
    const headers = { "content-type": types[file.split(".").pop()], "content-security-policy": policy };
    if (compressed) headers["content-encoding"] = "br";
    reply.writeHead(200, headers).end(data);
  } catch {
    reply.writeHead(404, { "content-type": "text/plain" }).end("not found");
  }
}

before(async () => {
  directory = mkdtempSync(join(tmpdir(), "sangu-gallery-"));
  execFileSync(join(build, "src", "kernel", "test_kernel"), ["--gtest_filter=Gallery.*", "--gtest_brief=1"], { env: { ...process.env, SANGU_GALLERY: directory } });
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  address = `http://127.0.0.1:${server.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(directory, { recursive: true, force: true });
});

for (const page of pages)
  for (const language of languages) {
    // All looks in the default language; the others differ in their words only.
    const seen = language === "zh-Hans" ? looks : [looks[0], looks[3]];
    test(`${page} in ${language}`, () => examineEverywhere(browser, `${address}/${page}-${language}`, `${page}-${language}`, { seen }));
  }

test("a page weighs at most 100 KB without charts and 350 KB with them", async () => {
  const bytes = async (name) => {
    const page = await openPage(browser);
    sizes.clear();
    await page.goto(`${address}/${name}`);
    await settled(page);
    await page.context().close();
    return [...sizes.values()].reduce((sum, size) => sum + size, 0);
  };
  assert.ok((await bytes("list-zh-Hans")) <= 100 * 1024);
  assert.ok((await bytes("cockpit-zh-Hans")) <= 350 * 1024);
});

test("the colours chosen by a reader stay", async () => {
  const page = await openPage(browser);
  await page.goto(`${address}/list-en`);
  await page.click("[data-theme-set=dark]");
  await page.goto(`${address}/form-en`);
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  assert.equal(await page.getAttribute("[data-theme-set=dark]", "aria-pressed"), "true");
  await page.context().close();
});

test("typed text survives until the form was accepted", async () => {
  const page = await openPage(browser);
  await page.goto(`${address}/form-zh-Hans`);
  await page.evaluate(() => document.querySelector(".error-summary").remove());
  await page.fill("#note", "长沙市的说明");
  await page.waitForTimeout(600);
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(`${address}/list-zh-Hans`);
  await page.route("**/form-zh-Hans", async (route) => {
    const original = await route.fetch();
    await route.fulfill({ response: original, body: (await original.text()).replace("error-summary", "") });
  });
  await page.goto(`${address}/form-zh-Hans`);
  assert.equal(await page.inputValue("#note"), "长沙市的说明");
  await page.click(".draft-note button");
  assert.equal(await page.inputValue("#note"), "");
  await page.context().close();
});

test("menus work with the keyboard and without scripts", async () => {
  const page = await openPage(browser, { scripts: false, look: { name: "", width: 390, height: 844, colours: "light" } });
  await page.goto(`${address}/list-en`);
  assert.equal(await page.isVisible("#menu"), false);
  await page.click(".menu-button");
  assert.equal(await page.isVisible("#menu"), true);
  await page.context().close();
});

test("slash goes to the search field and question mark shows the shortcuts", async () => {
  const page = await openPage(browser);
  await page.goto(`${address}/list-en`);
  await page.locator("body").press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.locator("h1").click();
  await page.keyboard.press("?");
  assert.equal(await page.isVisible("dialog[open]"), true);
  await page.context().close();
});
