package proof

import "offprint/typeset"

// piece is something on a page that nothing else may touch.
type piece struct {
	box
	line *line // nil for a picture or rule
	text string
	rule bool
}

// overlaps looks for text on text, on a picture or on a rule, and for a picture
// on a picture. Tints lie behind text and are left out: a rule is at most thin.
func (p *proof) overlaps() {
	for n := range p.doc.Pages {
		pieces := p.pieces(n)
		for i := range pieces {
			for k := range i {
				a, b := &pieces[k], &pieces[i]
				if !touches(a, b) {
					continue
				}
				p.report.Faults = append(p.report.Faults, Fault{
					Kind: Overlap, Page: n + 1, Y: b.y0, Text: b.text, Note: "on " + a.text,
				})
			}
		}
	}
}

// touches reports whether the pieces overlap by more than a hair.
func touches(a, b *piece) bool {
	const hair = typeset.Point / 4
	if a.rule && b.rule || a.line != nil && a.line == b.line {
		return false
	}
	slack := hair
	if a.rule || b.rule {
		slack = 0 // a rule may be no thicker than a hair
	}
	return min(a.x1, b.x1)-max(a.x0, b.x0) > slack && min(a.y1, b.y1)-max(a.y0, b.y0) > slack
}

// pieces lists what stands on page n: the article's lines, the furniture's runs,
// readings over words, pictures and thin rules.
func (p *proof) pieces(n int) []piece {
	const thin = 2*typeset.Point + typeset.Point/4
	var list []piece
	for _, l := range p.lines {
		if l.page == n+1 {
			list = append(list, piece{box: l.ink(), line: l, text: l.around()})
		}
	}
	for i := range p.doc.Pages[n].Items {
		item := &p.doc.Pages[n].Items[i]
		switch {
		case item.Kind == typeset.PlacedRun && (item.Block < 0 || item.Artifact || readingOver(item)) && item.Run != nil:
			l := line{page: n + 1}
			l.add(item)
			if len(l.chars) > 0 {
				list = append(list, piece{box: l.ink(), line: &l, text: l.around()})
			}
		case item.Kind == typeset.PlacedImage:
			list = append(list, piece{box: boxOf(item), text: "picture " + item.Alt})
		case item.Kind == typeset.PlacedRule && min(item.W, item.H) <= thin:
			list = append(list, piece{box: boxOf(item), text: "rule", rule: true})
		}
	}
	return list
}
