package press

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"offprint/article"
)

// What is kept of a document's warnings. Their codes are counted in full.
const (
	mostWarnings    = 50
	mostWarningText = 300 // bytes of a message, or of a place
	mostCodes       = 32  // that are counted by themselves
	otherCode       = "other"
)

// plainCode is what a code looks like. An article that a caller brings may name others.
var plainCode = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// warned counts a new document's warnings by their codes and has them logged and
// counted. The first ones, of an article that a caller brought, are the caller's own:
// they may be anything, so they are no metric. It gives the counts, and of the warnings
// what is kept.
func (p *Press) warned(
	ctx context.Context, source string, all []article.Warning, brought int,
) (map[string]int, []article.Warning) {
	if len(all) == 0 {
		return nil, nil
	}
	counts := countWarnings(all)
	for code, n := range countWarnings(all[min(brought, len(all)):]) {
		p.config.Warned(code, n)
	}
	p.config.Log.InfoContext(ctx, "a document has warnings", "source", source, "warnings", WarningLine(counts))
	return counts, briefWarnings(all)
}

func countWarnings(all []article.Warning) map[string]int {
	counts := map[string]int{}
	for _, w := range all {
		code := safeCode(w.Code)
		if _, known := counts[code]; !known && len(counts) >= mostCodes {
			code = otherCode
		}
		counts[code]++
	}
	return counts
}

// safeCode gives a code that may stand in a header.
func safeCode(code string) string {
	if plainCode.MatchString(code) {
		return code
	}
	return otherCode
}

// briefWarnings cuts warnings to what is kept of them. The first of each code come
// before the others, so that none of a code is lost behind many of another.
func briefWarnings(all []article.Warning) []article.Warning {
	seen := map[string]bool{}
	var firsts, others []article.Warning
	for _, w := range all {
		w.Code = safeCode(w.Code)
		w.Message, w.Where = cutText(w.Message), cutText(w.Where)
		if seen[w.Code] {
			others = append(others, w)
			continue
		}
		seen[w.Code] = true
		firsts = append(firsts, w)
	}
	brief := append(firsts, others...)
	return brief[:min(len(brief), mostWarnings)]
}

func cutText(s string) string {
	if len(s) <= mostWarningText {
		return s
	}
	return strings.ToValidUTF8(s[:mostWarningText], "") + "…"
}

// WarningLine writes counts of warnings by their codes, as in the header
// Offprint-Warnings: "missing-glyph=3, picture-failed=1". It is empty when there
// are none. The codes stand in the order of the alphabet.
func WarningLine(counts map[string]int) string {
	codes := slices.SortedFunc(maps.Keys(counts), cmp.Compare[string])
	parts := make([]string, len(codes))
	for i, code := range codes {
		parts[i] = code + "=" + strconv.Itoa(counts[code])
	}
	return strings.Join(parts, ", ")
}
