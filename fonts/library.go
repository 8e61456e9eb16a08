package fonts

import (
	"fmt"
	"strings"

	"offprint/typeset"
)

// Family is a face in its two weights.
type Family struct {
	Name string // as a reader knows it: "Noto Sans SC"

	// Langs are the languages that it is drawn for, as BCP 47 tags that match
	// all tags they begin: "zh-Hant" matches "zh-Hant-TW". The same character
	// has other shapes in Beijing, Hong Kong and Tokyo.
	Langs []string

	// Regular and Bold load a face. They are called for every chain and give
	// the same face each time. Bold is nil for a family without one.
	Regular, Bold func() typeset.Face
}

// Library is the families that a document may be set in.
type Library struct{ families []Family }

// NewLibrary takes the families in order of preference: the first one serves
// languages that none is drawn for.
func NewLibrary(families ...Family) *Library {
	return &Library{families: append([]Family(nil), families...)}
}

// Chain lists the faces for text of a language (a BCP 47 tag): that of the
// family drawn for it, then those of the other families in their order, for
// characters which it lacks. The bold chain ends with the regular faces. A
// library without families gives an empty chain.
//
// A character that the whole chain lacks is the caller's business. Both 〓
// (U+3013) and □ (U+25A1) are in each of the embedded faces to stand for it.
func (l *Library) Chain(lang string, bold bool) typeset.Chain {
	families := l.inOrder(lang)
	chain := make(typeset.Chain, 0, 2*len(families))
	if bold {
		for _, family := range families {
			if family.Bold != nil {
				chain = append(chain, family.Bold())
			}
		}
	}
	for _, family := range families {
		chain = append(chain, family.Regular())
	}
	return chain
}

// inOrder puts the family that is drawn for lang before the others.
func (l *Library) inOrder(lang string) []Family {
	first := l.drawnFor(lang)
	families := make([]Family, 0, len(l.families))
	for i, family := range l.families {
		if i == first {
			families = append(families, family)
		}
	}
	for i, family := range l.families {
		if i != first {
			families = append(families, family)
		}
	}
	return families
}

// drawnFor gives the family whose languages name lang most closely.
func (l *Library) drawnFor(lang string) int {
	best, length := 0, 0
	for i, family := range l.families {
		for _, tag := range family.Langs {
			if len(tag) > length && matches(lang, tag) {
				best, length = i, len(tag)
			}
		}
	}
	return best
}

// matches reports whether a language tag is prefix or begins with its subtags
// (basic filtering, RFC 4647 §3.3.1).
func matches(tag, prefix string) bool {
	if len(tag) < len(prefix) || !strings.EqualFold(tag[:len(prefix)], prefix) {
		return false
	}
	return len(tag) == len(prefix) || tag[len(prefix)] == '-'
}

// Identity names the files behind the library's faces, one string a file, so that
// documents set with other files are told apart: the face's name, and its head
// table in hexadecimal, which holds its revision and a sum of the whole file.
func (l *Library) Identity() []string {
	var names []string
	for _, family := range l.families {
		for _, load := range []func() typeset.Face{family.Regular, family.Bold} {
			if load == nil {
				continue
			}
			switch face := load().(type) {
			case *Font:
				names = append(names, fmt.Sprintf("%s %x", face.name, string(face.head)))
			default:
				names = append(names, fmt.Sprintf("%s %d %v", face.Name(), face.UnitsPerEm(), face.Metrics()))
			}
		}
	}
	return names
}
