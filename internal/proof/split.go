package proof

import "strings"

// units count or measure what stands before them, and are never parted from
// their number (CLREQ 3.1.3; JLREQ cl-13).
const units = "年月日号號时時分秒天周岁歲亿億万萬千百元港美円％%‰℃°度米公吨噸克斤两兩里升名位座个個家人次倍成层層辆輛台张張件份笔筆页頁章条條所间間户戶"

// splits looks at each place where a line ends and the next begins in the same
// block, with no space in the source between them.
func (p *proof) splits() {
	for b, lines := range p.byBlock {
		if !composed(p.expected[b].Kind) {
			continue
		}
		for i := 1; i < len(lines); i++ {
			l, next := lines[i-1], lines[i]
			a, c := l.end(), next.start()
			if a.final < 0 || c.first != a.final+1 || c.spaced {
				continue
			}
			k := splitKind(l, a.r, c.r)
			if k == WordSplit && p.address(a.final) && p.address(c.first) {
				k = AddrSplit
			}
			if k != "" {
				p.fault(k, l, a.text+"│"+c.text)
			}
		}
	}
}

// splitKind says what is torn between a, the end of line l, and b.
func splitKind(l *line, a, b rune) Kind {
	switch {
	case latin(a) && latin(b), wideDigit(a) && (wideDigit(b) || among(b, "．：，")),
		among(a, ",.") && digit(b) && len(l.chars) > 1 && latin(l.chars[len(l.chars)-2].r),
		among(a, "．") && wideDigit(b):
		return WordSplit
	case among(a, dashes) && among(b, dashes), among(a, ellipses) && among(b, ellipses):
		return DashSplit
	case (digit(a) || wideDigit(a)) && among(b, units):
		return UnitSplit
	}
	return ""
}

// address reports whether the expected character at i is part of an address: a
// word of printable ASCII with "://" in it or "www." before it.
func (p *proof) address(i int) bool {
	from, to := i, i
	inside := func(k int) bool {
		if k < 0 || k >= len(p.source) || p.source[k].block != p.source[i].block {
			return false
		}
		return p.source[k].r > ' ' && p.source[k].r <= '~'
	}
	for inside(from-1) && !p.source[from].spaced {
		from--
	}
	for inside(to+1) && !p.source[to+1].spaced {
		to++
	}
	word := make([]rune, 0, to-from+1)
	for k := from; k <= to; k++ {
		word = append(word, p.source[k].r)
	}
	return inside(i) && (strings.Contains(string(word), "://") || strings.HasPrefix(string(word), "www."))
}
