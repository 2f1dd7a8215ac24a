// Follows every link of the product as a stranger and as each demo role, in turn in each language: no page fails, none
// shows bytes that are no text, and the server reports nothing (a build with sanitizers writes its reports there).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { headingOf, kind, startSangu } from "./lib.mjs";

const pages_of_a_shape = Number(process.env.SANGU_CRAWL_DEPTH ?? 2); // /tasks/<code> is one shape however many tasks there are
const filters_at_once = 2; // of a list: every pair meets, and the crawl ends
const languages = ["zh-CN", "zh-TW", "en-GB"];

/** "/indicators/I04?as_of=2026-01-01" → "/indicators/*?as_of" */
function shapeOf(path) {
  const url = new URL(path, "http://sangu");
  const segments = url.pathname.split("/").map((one) => (/\d|%|^[A-Z]/.test(one) || one.length > 20 ? "*" : one));
  return `${segments.join("/")}?${[...url.searchParams.keys()].sort().join("&")}`;
}

function linksOf(html, from) {
  return [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)]
    .map(([, address]) => new URL(address.replaceAll("&amp;", "&"), new URL(from, "http://sangu")))
    .filter((url) => url.host === "sangu" && !url.searchParams.has("lang") && [...url.searchParams.keys()].length <= filters_at_once && !url.pathname.startsWith("/assets/"))
    .map((url) => url.pathname + url.search);
}

async function crawl(browser) {
  const seen = new Set(["/"]);
  const shapes = new Map();
  const waiting = ["/"];
  const problems = [];
  for (let path; (path = waiting.shift()); ) {
    const reply = await browser.fetch(path, { redirect: "manual" });
    const bytes = Buffer.from(await reply.arrayBuffer());
    const add = (one) => {
      if (seen.has(one)) return;
      seen.add(one);
      const shape = shapeOf(one);
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
      if (shapes.get(shape) <= pages_of_a_shape) waiting.push(one);
    };
    if (reply.status >= 500 || reply.status === 404) problems.push(`${path}: ${reply.status}`);
    const location = reply.headers.get("location");
    if (location) linksOf(` href="${location.replace(browser.address, "")}"`, path).forEach(add);
    if (!reply.headers.get("content-type")?.startsWith("text/html")) continue;
    const html = bytes.toString("utf8");
    if (/[\uFFFD\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(html)) problems.push(`${path}: bytes that are no text`);
    if (reply.status === 200 && !headingOf(html)) problems.push(`${path}: no heading`);
    linksOf(html, path).forEach(add);
  }
  assert.deepEqual(problems, []);
  return shapes.size;
}

describe(`every page (${kind})`, () => {
  let sangu;
  before(async () => (sangu = await startSangu({ ready_within_ms: 120_000 })));
  after(() => sangu?.close());

  test("as a stranger", async () => {
    for (const language of languages) assert.ok((await crawl(sangu.browser({ language }))) > 20);
  });

  test("as each demo role", async (context) => {
    const people = Object.keys(sangu.people);
    assert.ok(people.length >= 3, sangu.said);
    for (const [at, login] of people.entries())
      await context.test(login, async () => {
        const browser = await sangu.as(login);
        browser.language = languages[at % languages.length];
        assert.ok((await crawl(browser)) > 20);
      });
  });

  test("the server has nothing to report", () => {
    assert.doesNotMatch(sangu.said, /Sanitizer|runtime error:|SUMMARY:|"level":"error"|level=error/, sangu.said);
  });
});
