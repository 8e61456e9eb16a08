package proof

import (
	"slices"
	"strings"
	"testing"
)

func TestReadExpected(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []Block
		problem  string
	}{
		{"blocks", "title\t渔港\n\np\t南汀镇 1.5 里\n", []Block{{Title, "渔港"}, {Para, "南汀镇 1.5 里"}}, ""},
		{"a tab in the text", "table\t甲\t乙", []Block{{"table", "甲\t乙"}}, ""},
		{"nothing", "", nil, ""},
		{"no tab", "title\t渔港\n南汀镇", nil, "line 2: want KIND, a tab and TEXT"},
		{"no kind", "\t南汀镇", nil, "line 1"},
		{"a line without end", "p\t" + strings.Repeat("甲", 1<<19), nil, "too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadExpected(strings.NewReader(c.in))
			if c.problem != "" {
				if err == nil || !strings.Contains(err.Error(), c.problem) {
					t.Errorf("got %v, want %q", err, c.problem)
				}
				return
			}
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}
