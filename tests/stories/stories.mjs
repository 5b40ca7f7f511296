// What people do with the hub, in a real browser against the real program: node stories.mjs PROGRAM [STORY…].
// `make stories` installs what this needs and runs all of them.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";

const require = createRequire(path.join(process.env.STORIES_MODULES ?? process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [program, ...only] = process.argv.slice(2);
const PASSWORD = "a long sentence";
const PICTURES = process.env.STORIES_PICTURES;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "floorcast-stories-"));
let hub, base;

async function until(what, check, limit = 20_000) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${what}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

function must(truth, what) {
  if (!truth) throw new Error(what);
}

/** Serves a folder; the lines that it prints. */
async function serve(db, ...more) {
  const listen = more.length ? [] : ["--listen", "127.0.0.1:0"];
  hub = spawn(program, ["hub", "--db", db, ...listen, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  hub.stdout.on("data", (bytes) => (said += bytes));
  base = await until("the hub listens", () => said.match(/listens on (http:\S+)/)?.[1]);
  await new Promise((go) => setTimeout(go, 200));
  return said;
}

async function stop() {
  if (!hub) return;
  const ended = new Promise((go) => hub.on("exit", go));
  hub.kill("SIGTERM");
  await ended;
  hub = undefined;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function person(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.on("console", (message) => message.type() === "error" && page.wrong.push(message.text()));
  return page;
}

/** The invitation of somebody on the floor, taken up in a browser of their own. */
async function invited(boss, name, role, email) {
  await boss.goto(`${base}/people`);
  const row = boss.locator("tr", { hasText: name });
  await row.locator("summary").click();
  await row.locator("input[name=email]").fill(email);
  await row.locator("select[name=role]").selectOption(role);
  if (role === "manager") for (const box of await row.locator("input[name=manages]").all()) await box.check();
  await row.locator("button", { hasText: "Make an invitation" }).click();
  const link = (await boss.textContent("code")).trim();
  const page = await person();
  await page.goto(base + new URL(link).pathname);
  await page.fill("[name=password]", PASSWORD);
  await page.click("button.main");
  return page;
}

const all = {};
let boss, manager, rep, repName, managerName;

/** From nothing to a wall, as somebody does it who has only a file. */
all["an empty machine has a full wall"] = async () => {
  const begun = Date.now();
  const said = await serve(path.join(folder, "floor"));
  boss = await person();
  await boss.goto(base + said.match(/(\/start\?key=\S+)/)[1]);
  await boss.fill("[name=name]", "Demo floor");
  await boss.fill("[name=tz]", "Europe/Lisbon");
  await boss.fill("[name=currency]", "EUR");
  for (const box of await boss.$$("[name=day]")) await box.check();
  await boss.fill("[name=email]", "boss@demo.example");
  await boss.fill("[name=password]", PASSWORD);
  await boss.click("button.main");
  await boss.goto(`${base}/goals`);
  await boss.locator("form[action='/goals/kit'] button").first().click();
  const names = ["Inês Carvalhal", "Kwame Ofori-Mensah", "茅野 ことね", "Marit Solvang", "Piotr Wójcicki"];
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const rows = [];
  for (let n = 0; n < 60; n++) rows.push(`D-${n},Customer ${n},${names[n % 5]},Team ${"AB"[n % 2]},${day(n % 40)},${1000 + 37 * n},EUR,Won`);
  await boss.goto(`${base}/data`);
  await boss.fill("textarea", `Id,Deal,Owner,Team,Close date,Amount,Currency,Stage\n${rows.join("\n")}`);
  await boss.locator("button", { hasText: "See what it would do" }).click();
  const seen = await boss.textContent("main");
  must(seen.includes("Import 60 deals"), `the preview counts the deals: ${seen}`);
  await boss.locator("button", { hasText: "Import" }).click();
  await until("the wall ranks people", async () => {
    const board = await (await fetch(`${base}/boards/main`)).json();
    return board.slides.some((slide) => slide.type === "ranking" && slide.rows.length === 5);
  });
  console.log(`  a full wall after ${((Date.now() - begun) / 1000).toFixed(1)} s of a machine's hands`);
  [managerName, repName] = [names[0], names[1]];
  manager = await invited(boss, managerName, "manager", "ines@demo.example");
  rep = await invited(boss, repName, "rep", "kwame@demo.example");
};

all["a rep finds the next step, taps, and takes it back"] = async () => {
  await rep.goto(`${base}/me`);
  const first = await rep.locator(".card .fig").first().textContent();
  await rep.locator(".tap button").first().click();
  await rep.waitForSelector(".toast");
  must((await rep.locator(".card .fig").first().textContent()) !== first, "the count grew");
  await rep.locator(".toast button").click();
  await until("the count is as it was", async () => (await rep.locator(".card .fig").first().textContent()) === first);
  must((await rep.textContent("#place")).includes("(you)"), "the place is on the page");
};

all["coaching is sent, answered, and nobody else reads it"] = async () => {
  await manager.goto(`${base}/coaching`);
  await manager.locator("button", { hasText: `Begin with ${repName}` }).click();
  const address = manager.url();
  await manager.locator("textarea").first().fill("A canary of coaching 5512");
  await until("the draft keeps itself", async () => {
    const other = await manager.context().newPage();
    await other.goto(address);
    const kept = (await other.locator("textarea").first().inputValue()).includes("5512");
    await other.close();
    return kept;
  });
  await manager.locator("input[name^=action-]").first().fill("Block the mornings");
  await manager.locator("button", { hasText: "Send to" }).click();
  await rep.goto(`${base}/coaching`);
  await rep.locator("main table a").first().click();
  must((await rep.textContent("main")).includes("5512"), "she reads it");
  await rep.locator("textarea[name=answer]").fill("Agreed from Tuesday on");
  await rep.locator("button", { hasText: "I agree" }).click();
  await rep.goto(`${base}/me`);
  await rep.locator("#agreed .tick").click();
  await manager.goto(address);
  const read = await manager.textContent("main");
  must(read.includes("Agreed from Tuesday on") && read.includes("Done "), "the coach reads the answer and the tick");
  const there = await boss.goto(address);
  must(there.status() === 404, "the administrator gets 404");
  const board = await (await fetch(`${base}/boards/main`)).text();
  must(!board.includes("5512"), "the board knows nothing of it");
};

all["a shout-out is gone everywhere within two seconds"] = async () => {
  await rep.goto(`${base}/recognition`);
  await rep.locator("select[name=whom]").selectOption({ label: managerName });
  await rep.fill("input[name=text]", "Saved the demo");
  await rep.locator("button", { hasText: "Say it" }).click();
  const board = async () => (await (await fetch(`${base}/boards/main`)).text()).includes("Saved the demo");
  await until("the wall has it", board);
  await manager.goto(`${base}/recognition`);
  must((await manager.textContent("#shouts")).includes("Saved the demo"), "others see it");
  const begun = Date.now();
  await rep.locator(".toast button").click();
  await until("the wall has it no more", async () => !(await board()));
  const wall = Date.now() - begun;
  await until("an open page has it no more", async () => !(await manager.textContent("#shouts")).includes("Saved the demo"));
  const page = Date.now() - begun;
  console.log(`  off the wall after ${wall} ms, off an open page after ${page} ms`);
  must(wall <= 2000, `off the wall after ${wall} ms`);
};

all["a contest is rehearsed and started"] = async () => {
  await manager.goto(`${base}/contests`);
  await manager.locator("a", { hasText: "New contest" }).click();
  await manager.fill("input[name=title]", "Sprint");
  await manager.locator("input[name=points-deals]").fill("1");
  for (const name of ["calls", "meetings", "demos"]) await manager.locator(`input[name=points-${name}]`).fill("0");
  await manager.fill("input[name=prize-1]", "Lunch for two");
  await manager.locator("button", { hasText: "See it and rehearse" }).click();
  const text = await manager.textContent("main");
  must(text.includes("Rehearsal: had it run") && /\d of 5 took part/.test(text), "the rehearsal says who would have won");
  const address = manager.url().replace("/edit", "");
  await rep.goto(address);
  must((await rep.title()).includes("nothing here"), "nobody else sees a draft");
  await manager.locator("button", { hasText: /^Start / }).click();
  await rep.goto(address);
  must((await rep.textContent("main")).includes("Lunch for two"), "everybody sees it now");
  await until("the wall has it", async () => (await (await fetch(`${base}/boards/main`)).text()).includes("Sprint"));
};

all["a plan ticks from a tap"] = async () => {
  await manager.goto(`${base}/ramps`);
  await manager.locator("select[name=person]").selectOption({ label: repName });
  await manager.locator("button", { hasText: "Start the plan" }).click();
  must(!(await manager.locator(".strip .tick.on", { hasText: "New calls" }).count()), "no call yet");
  await rep.goto(`${base}/me`);
  await rep.locator(".tap button").first().click();
  await rep.waitForSelector(".toast");
  await until("the stage ticked", async () => {
    await manager.goto(`${base}/ramps`);
    return (await manager.locator(".strip .tick.on").count()) > 0;
  });
};

all["by keyboard alone and without script"] = async () => {
  const page = await person();
  await page.goto(`${base}/sign-in`);
  await page.focus("[name=email]");
  await page.keyboard.type("kwame@demo.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/me/);
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".tap button"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector(".toast");
  const plain = await person({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  await plain.goto(`${base}/me`);
  await plain.click(".tap button");
  must(plain.url().includes("logged="), "a tap without script comes back to the page");
  await plain.click(".toast button");
  must(plain.url().includes("undone"), "and is taken back without script");
};

async function audit(page, name) {
  const debug = await page.context().newCDPSession(page);
  // The policy of the pages lets no foreign script in: the debugger puts it in.
  await debug.send("Runtime.evaluate", { expression: AXE });
  const run = "axe.run(document, {}).then((found) => JSON.stringify(found.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | '))))";
  const said = await debug.send("Runtime.evaluate", { expression: run, awaitPromise: true });
  const wrong = JSON.parse(said.result.value).map((line) => `${name}: ${line}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 1) wrong.push(`${name} scrolls sideways by ${wide}`);
  return [...wrong, ...page.wrong.filter((line) => !line.includes("503") && !line.includes("404")).map((line) => `${name}: ${line}`)];
}

all["no page breaks a rule of accessibility or is wider than a screen"] = async () => {
  const views = [
    ["light", { viewport: { width: 1440, height: 900 } }],
    ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
    ["ja", { viewport: { width: 1440, height: 900 }, locale: "ja-JP" }],
    ["phone", { viewport: { width: 390, height: 844 } }],
    ["phone-ja", { viewport: { width: 390, height: 844 }, locale: "ja-JP" }],
    ["narrow", { viewport: { width: 320, height: 700 }, colorScheme: "dark" }],
  ];
  const contest = await manager.goto(`${base}/contests`).then(() => manager.locator("main td a").first().getAttribute("href"));
  await manager.goto(`${base}/coaching`);
  const session = await manager.locator("main table a").first().getAttribute("href");
  await manager.locator("button", { hasText: "Begin with" }).first().click();
  const draft = new URL(manager.url()).pathname;
  const whose = await rep.goto(`${base}/me`).then(() => rep.getAttribute("a[href^='/people/']", "href"));
  const pages = [
    [rep, "rep", ["/me", "/rankings", "/contests", contest, "/coaching", session, "/training", "/recognition", "/ramps", whose]],
    [manager, "manager", ["/team", "/goals", "/coaching", draft, "/coaching/templates", "/contests/new", contest, "/training", "/ramps", "/recognition?preview=1", "/wall"]],
    [boss, "boss", ["/people", "/data", "/nothing"]],
  ];
  const wrong = [];
  for (const [of, who, list] of pages) {
    const state = await of.context().storageState();
    for (const [view, options] of views) {
      const page = await person({ ...options, storageState: state });
      for (const address of list) {
        page.wrong.length = 0;
        await page.goto(base + address);
        const name = `${who}${address.replace(/[^a-z]+/g, "-").replace(/-[a-z0-9]{13}/, "")}-${view}`;
        wrong.push(...(await audit(page, name)));
        if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
      }
      await page.context().close();
    }
  }
  must(wrong.length === 0, wrong.join("\n"));
};

/** Against a provider as companies have one: oidc-provider, certified by the OpenID Foundation. */
all["single sign-on lets in who was invited and nobody else"] = async () => {
  const { default: Provider } = await import(require.resolve("oidc-provider"));
  const free = () => new Promise((go) => {
    const server = http.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => go(port));
    });
  });
  const [port, hubPort] = [await free(), await free()];
  const issuer = `http://127.0.0.1:${port}`;
  const account = (id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id.replace(/^unverified-/, "")}@demo.example`, email_verified: !id.startsWith("unverified-") }),
  });
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "floor", client_secret: "s3cret of the stories", grant_types: ["authorization_code"], response_types: ["code"],
      redirect_uris: [`http://127.0.0.1:${hubPort}/sign-in/oidc/callback`],
    }],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    cookies: { keys: ["stories"] },
    pkce: { required: () => true },
    findAccount: (_, id) => account(id),
  });
  const server = provider.listen(port, "127.0.0.1");
  try {
    await stop();
    const config = path.join(folder, "oidc.toml");
    fs.writeFileSync(config, `[hub]
listen = "127.0.0.1:${hubPort}"
public_url = "http://127.0.0.1:${hubPort}"
oidc = { issuer = "${issuer}", client_id = "floor", client_secret = "s3cret of the stories", label = "Demo account" }
`);
    await serve(path.join(folder, "floor"), "--config", config);
    const visit = async (id) => {
      const page = await person();
      await page.goto(`${base}/sign-in?next=%2Frankings`);
      await page.locator("a.button", { hasText: "Sign in with Demo account" }).click();
      await page.fill("input[name=login]", id);
      await page.fill("input[name=password]", "any");
      await page.locator("button[type=submit]").click();
      await page.locator("button[type=submit]", { hasText: "Continue" }).click();
      await page.waitForURL(`${base}/**`);
      return page;
    };
    const known = await visit("kwame");
    must(known.url() === `${base}/rankings`, `invited: ${known.url()}`);
    must((await known.textContent("main")).includes("Kwame"), "it is the rep's own session");
    const stranger = await visit("stranger");
    must((await stranger.textContent("[role=alert]")).includes("no account for stranger@demo.example"), "a stranger is told why");
    const unverified = await visit("unverified-ines");
    must((await unverified.textContent("[role=alert]")).includes("does not vouch for your mail address"), "an address of nobody is none");
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

let failed = 0;
try {
  for (const [name, story] of Object.entries(all)) {
    if (only.length && name !== Object.keys(all)[0] && !only.some((word) => name.includes(word))) continue;
    const begun = Date.now();
    try {
      await story();
      console.log(`✓ ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`✕ ${name}\n${error.stack ?? error}`);
      if (!rep) break;
    }
  }
} finally {
  await browser.close();
  await stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
