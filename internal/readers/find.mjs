// find.mjs CHROMIUM TASKS.json: searches with MuPDF, PDFium, and the find bar's own
// controller of pdf.js, in Chromium. TASKS.json is a list of {path, phrases}. It
// prints {READER: [[number...]...]}: how often each phrase of each task is found.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { openPDFium } from './pdfium.mjs';

const [program, list] = process.argv.slice(2);
const tasks = JSON.parse(fs.readFileSync(list));
const mupdf = await import('mupdf');
const pdfium = await openPDFium();

function byMuPDF(task) {
	const doc = mupdf.Document.openDocument(fs.readFileSync(task.path), 'application/pdf');
	return task.phrases.map((phrase) => {
		let n = 0;
		for (let i = 0; i < doc.countPages(); i++) n += doc.loadPage(i).search(phrase).length;
		return n;
	});
}

// The viewer is a page of ours round pdf.js's own parts; all of it, and the files,
// are served on loopback.
const viewer = `<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="/pdfjs/web/pdf_viewer.css">
<div id="box" style="position:absolute;inset:0;overflow:auto"><div class="pdfViewer"></div></div>
<script type="module">
import * as pdfjs from '/pdfjs/legacy/build/pdf.mjs';
globalThis.pdfjsLib = pdfjs;
const { EventBus, PDFFindController, PDFLinkService, PDFViewer } = await import('/pdfjs/legacy/web/pdf_viewer.mjs');
pdfjs.GlobalWorkerOptions.workerSrc = '/pdfjs/legacy/build/pdf.worker.mjs';
const eventBus = new EventBus(), linkService = new PDFLinkService({ eventBus });
const findController = new PDFFindController({ eventBus, linkService });
const pdfViewer = new PDFViewer({ container: document.getElementById('box'), eventBus, linkService, findController });
linkService.setViewer(pdfViewer);
globalThis.open = async (address) => {
	const doc = await pdfjs.getDocument({ url: address, standardFontDataUrl: '/pdfjs/standard_fonts/' }).promise;
	const ready = new Promise((done) => eventBus.on('pagesinit', done, { once: true }));
	pdfViewer.setDocument(doc);
	linkService.setDocument(doc);
	await ready;
	globalThis.pages = doc.numPages;
};
globalThis.find = async (query) => {
	eventBus.dispatch('find', { source: null, type: 'again', query, caseSensitive: true, entireWord: false, highlightAll: true, findPrevious: false, matchDiacritics: true });
	while (findController.pageMatches.filter(Boolean).length < globalThis.pages || findController._pendingFindMatches.size > 0) await new Promise((next) => setTimeout(next, 5));
	return findController.pageMatches.reduce((n, page) => n + page.length, 0);
};
globalThis.ready = true;
</script>`;

function serve(request, response) {
	const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
	const type = { '.mjs': 'text/javascript', '.css': 'text/css', '.pdf': 'application/pdf' }[path.extname(name)] ?? 'application/octet-stream';
	if (name === '/') return response.setHeader('Content-Type', 'text/html'), response.end(viewer);
	const task = /^\/task\/(\d+)\.pdf$/.exec(name);
	const file = task ? tasks[task[1]].path : path.join(import.meta.dirname, 'node_modules/pdfjs-dist', path.normalize(name.replace(/^\/pdfjs/, '')));
	fs.readFile(file, (err, data) => {
		response.writeHead(err ? 404 : 200, { 'Content-Type': type });
		response.end(data);
	});
}

async function byPDFjs() {
	const server = http.createServer(serve).listen(0, '127.0.0.1');
	await new Promise((done) => server.once('listening', done));
	const here = `http://127.0.0.1:${server.address().port}/`;
	const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
	const results = [];
	for (const [i, task] of tasks.entries()) {
		const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
		page.on('pageerror', (err) => console.error(String(err)));
		await page.route((url) => url.origin + '/' !== here, (route) => route.abort());
		await page.goto(here);
		await page.waitForFunction(() => globalThis.ready);
		await page.evaluate((address) => globalThis.open(address), `/task/${i}.pdf`);
		const counts = [];
		for (const phrase of task.phrases) counts.push(await page.evaluate((words) => globalThis.find(words), phrase));
		results.push(counts);
		await page.close();
	}
	await browser.close();
	server.close();
	return results;
}

console.log(JSON.stringify({
	'npm-mupdf': tasks.map(byMuPDF),
	'pdfium': tasks.map((task) => pdfium.find(fs.readFileSync(task.path), task.phrases)),
	'pdfjs': await byPDFjs(),
}));
process.exit(0);
