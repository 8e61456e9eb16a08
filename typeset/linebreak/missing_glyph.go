package linebreak

import (
	"fmt"
	"strings"

	"offprint/typeset"
)

// A character that no face has is drawn as 〓, the printer's stand-in, or else
// as □; its text stays what it was, and a warning names it. All regions.
//
// The Unicode Standard, chapter 5, "Unknown and Missing Characters"; 〓 is U+3013 GETA MARK.
// https://www.unicode.org/versions/latest/core-spec/chapter-5/
const ruleMissingGlyph typeset.RuleID = "missing-glyph"

func (p *paragraph) missingGlyphs() []typeset.Warning {
	if len(p.missing) == 0 {
		return nil
	}
	named := make([]string, 0, 8)
	for i, r := range p.missing {
		if i == 8 {
			named = append(named, fmt.Sprintf("and %d more", len(p.missing)-i))
			break
		}
		named = append(named, fmt.Sprintf("%q (%U)", r, r))
	}
	return []typeset.Warning{{
		Code:    string(ruleMissingGlyph),
		Message: "no face has " + strings.Join(named, ", ") + ": drawn as a stand-in",
		Where:   p.block.Source,
	}}
}
