package article

import (
	"strings"
	"testing"
)

// The address stands in print: one that nobody could type is none.
func TestAddressTooLong(t *testing.T) {
	const page = "https://news.example/a"
	long := "https://news.example/" + strings.Repeat("a", longestAddress)
	for want, a := range map[string]Article{
		page:                  {URL: page, Canonical: long},
		"":                    {URL: long},
		long[:longestAddress]: {Canonical: long[:longestAddress], URL: page},
	} {
		if got := a.Address(); got != want {
			t.Errorf("address of %d bytes, want %d", len(got), len(want))
		}
	}
}
