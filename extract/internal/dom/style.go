package dom

import (
	"strings"
)

// ParseStyle reads a style attribute.
func ParseStyle(style string) map[string]string {
	if style == "" {
		return nil
	}
	css := map[string]string{}
	for decl := range strings.SplitSeq(strings.ToLower(style), ";") {
		if name, value, ok := strings.Cut(decl, ":"); ok {
			css[strings.TrimSpace(name)] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		}
	}
	return css
}
