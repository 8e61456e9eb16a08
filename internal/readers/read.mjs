// read.mjs FOLDER FILE.pdf... takes the text out of each file with MuPDF, pdf.js and
// PDFium, and writes it to FOLDER/NAME.READER.txt, a form feed behind each page.
import fs from 'node:fs';
import path from 'node:path';
import { openPDFium } from './pdfium.mjs';

const [folder, ...files] = process.argv.slice(2);
const mupdf = await import('mupdf');
const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
const pdfium = await openPDFium();
const standardFontDataUrl = path.join(import.meta.dirname, 'node_modules/pdfjs-dist/standard_fonts/');

function byMuPDF(data) {
	const doc = mupdf.Document.openDocument(data, 'application/pdf');
	const pages = [];
	for (let i = 0; i < doc.countPages(); i++) pages.push(doc.loadPage(i).toStructuredText('preserve-whitespace').asText());
	return pages;
}

async function byPDFjs(data) {
	const task = pdfjs.getDocument({ data: new Uint8Array(data), verbosity: 0, standardFontDataUrl });
	const doc = await task.promise;
	const pages = [];
	for (let i = 1; i <= doc.numPages; i++) {
		const content = await (await doc.getPage(i)).getTextContent();
		pages.push(content.items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join(''));
	}
	await task.destroy();
	return pages;
}

const readers = { 'npm-mupdf': byMuPDF, 'pdfjs': byPDFjs, 'pdfium': (data) => pdfium.text(data) };
for (const file of files) {
	for (const [name, read] of Object.entries(readers)) {
		const pages = await read(fs.readFileSync(file));
		fs.writeFileSync(path.join(folder, `${path.basename(file, '.pdf')}.${name}.txt`), pages.map((page) => page + '\f').join(''));
	}
}
process.exit(0);
