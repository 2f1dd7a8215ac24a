// Every address a person can reach by links, found with plain requests, and what must hold on each without a browser.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { languages, root } from "./lib.mjs";

const named = /^\/(api\/v1\/)?(indicators|cities|data|plans|sections|tasks)\/(?!new$|new\/|import|download|board|tree|timeline)[^/]+/;
const of_one_pattern = 3; // addresses followed of one pattern: enough to meet an empty and a filled one
const pages_max = 500; // of one person in one language; more means that the crawl does not end

/** One address without what differs between objects: /organisations/{id}/edit?sort. */
export function patternOf(address) {
  const url = new URL(address, "http://x");
  const path = url.pathname
    .replace(named, (_, api, family) => `/${api ?? ""}${family}/{id}`)
    .split("/")
    .map((part) => (part !== "v1" && /\d/.test(part) ? "{id}" : part))
    .join("/");
  return path + ([...url.searchParams.keys()].length ? "?" + [...new Set(url.searchParams.keys())].sort().join("&") : "");
}

const first_words = new Set();
for (const file of readdirSync(join(root, "src"), { recursive: true }))
  if (file.endsWith("/locale/en.po"))
    for (const [, word] of readFileSync(join(root, "src", file), "utf8").matchAll(/^msgid "(\w+)\./gm)) first_words.add(word);

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");

/** What a reader sees of a page, without code, scripts and hidden templates. */
export function visibleText(html) {
  return unescaped(
    html
      .replace(/<(script|style|template|code|pre|svg)\b.*?<\/\1>/gs, " ")
      .replace(/<[^>]+>/g, " "),
  ).replace(/\s+/g, " ");
}

/** Message keys and unfilled arguments that a reader would see. */
export function missingTexts(html) {
  const text = visibleText(html) + [...html.matchAll(/ (?:aria-label|placeholder|title|alt)="([^"]*)"/g)].map(([, value]) => " " + unescaped(value)).join("");
  const keys = [...text.matchAll(/(?<![\w./@-])([a-z_]+)(\.[a-z_]+)+(?![\w/-])/g)].filter(([, word]) => first_words.has(word)).map(([key]) => key);
  return [...keys, ...[...text.matchAll(/\{\d\}/g)].map(([argument]) => argument)];
}

function linksOf(html, address) {
  return [...html.matchAll(/<a\b[^>]*?\bhref="([^"#]+)/g)]
    .map(([, link]) => new URL(unescaped(link), address))
    .filter((url) => url.origin === new URL(address).origin && url.pathname !== "/sign-out" && !url.searchParams.has("lang") && [...url.searchParams.keys()].length < 2)
    .map((url) => url.pathname + url.search);
}

/** Sign-in by plain requests; returns the cookies as one header. */
export async function cookiesOf(address, person, password) {
  const jar = new Map();
  const ask = async (path, options = {}) => {
    const answer = await fetch(address + path, { redirect: "manual", ...options, headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "), ...options.headers } });
    for (const cookie of answer.headers.getSetCookie()) jar.set(...cookie.split(";")[0].split(/=(.*)/s).slice(0, 2));
    return answer;
  };
  if (person) {
    const form = await (await ask("/sign-in")).text();
    const csrf = form.match(/name="csrf" value="([^"]*)"/)?.[1] ?? "";
    const once = form.match(/name="once" value="([^"]*)"/)?.[1] ?? "";
    const answer = await ask("/sign-in", { method: "POST", body: new URLSearchParams({ csrf, once, login: person, password, next: "/" }), headers: { origin: address } });
    assert.equal(answer.status, 303, `${person} cannot sign in`);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

function complaintsAbout(path, answer, html, language) {
  const said = [];
  const count = (html.match(/<h1\b/g) ?? []).length;
  if (answer.status !== 200) said.push(`status ${answer.status}`);
  if (count !== 1) said.push(`${count} h1`);
  if (!html.includes(`<html lang="${language}"`)) said.push("wrong lang");
  if (!/<title>[^<]+ · [^<]+<\/title>/.test(html)) said.push("no title");
  if (/<title>\s*·/.test(html)) said.push("empty title");
  if (/ style="|<style|javascript:|\son\w+="/.test(html.replace(/<template.*?<\/template>/gs, ""))) said.push("inline style or script");
  if (html.includes("\ufffd")) said.push("bytes that are no text");
  if (/<h1>[0-9a-z]{26}<\/h1>/.test(html)) said.push("an object without a name");
  if (/>2,0[123]\d</.test(html)) said.push("a year written as an amount");
  const missing = missingTexts(html);
  if (missing.length) said.push("no text for " + [...new Set(missing)].slice(0, 6).join(", "));
  return said.map((one) => `${path} in ${language}: ${one}`);
}

/** Follows links from the home page; returns the pages and everything that is wrong with them. */
export async function crawl(address, { cookies = "", language = languages[0] } = {}) {
  const pages = []; // { path, pattern, weight }
  const met = new Map(); // pattern → addresses followed
  const complaints = [];
  const known = new Set(["/"]);
  const queue = ["/"];
  while (queue.length) {
    const path = queue.shift();
    assert.ok(pages.length < pages_max, "the crawl does not end");
    const answer = await fetch(address + path, { redirect: "manual", headers: { cookie: `${cookies}; sangu_language=${language}`, accept: "text/html" } });
    if (answer.status === 303) continue;
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) {
      if (answer.status !== 200) complaints.push(`${path}: status ${answer.status}`);
      await answer.body?.cancel();
      continue;
    }
    const html = await answer.text();
    complaints.push(...complaintsAbout(path, answer, html, language));
    pages.push({ path, pattern: patternOf(path), weight: html.length });
    for (const link of linksOf(html, address + path)) {
      if (known.has(link)) continue;
      known.add(link);
      const kind = patternOf(link);
      met.set(kind, (met.get(kind) ?? 0) + 1);
      if (met.get(kind) <= of_one_pattern) queue.push(link);
    }
  }
  return { pages, complaints };
}
