// Prints articles with a Chromium that is running already, one after another
// through one connection: node chromium.mjs PLAYWRIGHT CHROMIUM NEWSPAPER SECONDS
import { createRequire } from "node:module";

const [playwright, executablePath, newspaper, seconds] = process.argv.slice(2);
const { chromium } = createRequire(playwright + "/")("playwright-core");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
const print = async (n) => {
  await page.goto(`${newspaper}/chromium-${n}.html`, { waitUntil: "load" });
  return (await page.pdf({ format: "A4" })).length;
};
for (let n = 0; n < 3; n++) await print(`warm-${n}`);
const begun = performance.now();
let done = 0;
while (performance.now() - begun < seconds * 1000) {
  await print(done);
  done++;
}
const perSecond = done / ((performance.now() - begun) / 1000);
console.log(JSON.stringify({ perSecond, version: browser.version() }));
await browser.close();
