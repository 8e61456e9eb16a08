// PDFium as WebAssembly: the text of a file's pages, and how often a phrase is found.
import fs from 'node:fs';
import { createRequire } from 'node:module';

export async function openPDFium() {
	const require = createRequire(import.meta.url);
	const { init } = require('@embedpdf/pdfium');
	const wasm = fs.readFileSync(require.resolve('@embedpdf/pdfium/pdfium.wasm'));
	const lib = await init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) });
	lib.PDFiumExt_Init();
	const memory = lib.pdfium;

	// eachPage calls visit with each page's text.
	function eachPage(data, visit) {
		const at = memory.wasmExports.malloc(data.length);
		memory.HEAPU8.set(data, at);
		const doc = lib.FPDF_LoadMemDocument(at, data.length, '');
		if (!doc) throw new Error(`PDFium cannot read the file: error ${lib.FPDF_GetLastError()}`);
		const results = [];
		for (let i = 0; i < lib.FPDF_GetPageCount(doc); i++) {
			const page = lib.FPDF_LoadPage(doc, i);
			const text = lib.FPDFText_LoadPage(page);
			results.push(visit(text));
			lib.FPDFText_ClosePage(text);
			lib.FPDF_ClosePage(page);
		}
		lib.FPDF_CloseDocument(doc);
		memory.wasmExports.free(at);
		return results;
	}

	function wholeText(text) {
		const chars = lib.FPDFText_CountChars(text);
		const size = 2 * (2 * chars + 1);
		const at = memory.wasmExports.malloc(size);
		const units = lib.FPDFText_GetText(text, 0, chars, at);
		const words = Buffer.from(memory.HEAPU8.subarray(at, at + 2 * Math.max(0, units - 1))).toString('utf16le');
		memory.wasmExports.free(at);
		return words;
	}

	function count(text, phrase) {
		const words = Buffer.from(phrase + '\0', 'utf16le');
		const at = memory.wasmExports.malloc(words.length);
		memory.HEAPU8.set(words, at);
		const search = lib.FPDFText_FindStart(text, at, 1 /* FPDF_MATCHCASE */, 0);
		let n = 0;
		while (lib.FPDFText_FindNext(search)) n++;
		lib.FPDFText_FindClose(search);
		memory.wasmExports.free(at);
		return n;
	}

	return {
		text: (data) => eachPage(data, wholeText),
		// find gives for each phrase how often it is found in the file.
		find: (data, phrases) => eachPage(data, (text) => phrases.map((phrase) => count(text, phrase)))
			.reduce((sums, page) => sums.map((sum, i) => sum + page[i]), phrases.map(() => 0)),
	};
}
