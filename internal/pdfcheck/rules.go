package pdfcheck

// rules are what is asked of a file. A mutation test breaks each of them.
var rules = []rule{
	// PDF/A: the file (ISO 19005-2 §6.1).
	{"header", "ISO 19005-2 §6.1.2", archive, (*report).header},
	{"trailer", "ISO 19005-2 §6.1.3", either, (*report).trailerRule},
	{"streams", "ISO 19005-2 §6.1.7", archive, (*report).streams},
	{"names", "ISO 19005-2 §6.1.8", archive, (*report).nameRule},
	{"limits", "ISO 19005-2 §6.1.13", archive, (*report).limits},

	// PDF/A: graphics (§6.2).
	{"output-intent", "ISO 19005-2 §6.2.3", archive, (*report).outputIntent},
	{"colour", "ISO 19005-2 §6.2.4.3", archive, (*report).colour},
	{"images", "ISO 19005-2 §6.2.8", archive, (*report).images},
	{"transparency", "ISO 19005-2 §6.2.10", archive, (*report).transparency},

	// Fonts, alike in both standards.
	{"font-embedded", "ISO 19005-2 §6.2.11.4.1; ISO 14289-1 §7.21.4.1", either, (*report).fontEmbedded},
	{"font-cid", "ISO 19005-2 §6.2.11.3; ISO 14289-1 §7.21.3", either, (*report).fontCID},
	{"font-widths", "ISO 19005-2 §6.2.11.5; ISO 14289-1 §7.21.5", either, (*report).fontWidths},
	{"font-text", "ISO 19005-2 §6.2.11.7.2; ISO 14289-1 §7.21.7", levelAU, (*report).fontText},
	{"font-notdef", "ISO 19005-2 §6.2.11.8; ISO 14289-1 §7.21.8", either, (*report).fontNotdef},
	{"private-use", "ISO 19005-2 §6.2.11.7.3", levelA, (*report).privateUse},

	// PDF/A: annotations, actions, metadata, files (§6.3–6.9).
	{"annotations", "ISO 19005-2 §6.3", archive, (*report).annotations},
	{"actions", "ISO 19005-2 §6.5", archive, (*report).actions},
	{"forms", "ISO 19005-2 §6.4, 6.9; ISO 14289-1 §7.10, 7.15", either, (*report).forms},
	{"xmp", "ISO 19005-2 §6.6.2, 6.6.4", archive, (*report).xmp},
	{"attached", "ISO 19005-2 §6.8; ISO 19005-3 §6.8", archive, (*report).attached},

	// PDF/UA (ISO 14289-1), and level A of PDF/A where it asks for the same.
	{"ua-id", "ISO 14289-1 §5", accessible, (*report).uaID},
	{"marked", "ISO 14289-1 §7.1; ISO 19005-2 §6.7.2", tagged, (*report).marked},
	{"content", "ISO 14289-1 §7.1", tagged, (*report).contentRule},
	{"parent-tree", "ISO 14289-1 §7.1; ISO 32000-1 §14.7.4.4", tagged, (*report).parentTree},
	{"types", "ISO 14289-1 §7.1; ISO 19005-2 §6.7.3.4", tagged, (*report).types},
	{"grammar", "ISO 14289-1 §7.2; ISO 32000-1 §14.8.4", accessible, (*report).grammar},
	{"title", "ISO 14289-1 §7.1", accessible, (*report).title},
	{"language", "ISO 14289-1 §7.2; ISO 19005-2 §6.7.4", tagged, (*report).language},
	{"figures", "ISO 14289-1 §7.3", accessible, (*report).figures},
	{"headings", "ISO 14289-1 §7.4.2", accessible, (*report).headings},
	{"tables", "ISO 14289-1 §7.5", accessible, (*report).tables},
	{"lists", "ISO 14289-1 §7.6", accessible, (*report).lists},
	{"notes", "ISO 14289-1 §7.9", accessible, (*report).notes},
	{"links", "ISO 14289-1 §7.18.1, 7.18.5", accessible, (*report).links},
	{"tabs", "ISO 14289-1 §7.18.3", accessible, (*report).tabs},
}
