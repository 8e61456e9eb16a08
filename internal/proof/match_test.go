package proof

import (
	"strings"
	"testing"
)

func TestAlign(t *testing.T) {
	for _, c := range []struct {
		name, want, have string
		matched          string // of want, in the order of have
	}{
		{"alike", "海岸线", "海岸线", "海岸线"},
		{"nothing printed", "海岸线", "", ""},
		{"nothing expected", "", "海岸线", ""},
		{"one lost", "海岸线", "海线", "海线"},
		{"a label before", "海岸线", "作者海岸线", "海岸线"},
		{"one for another", "海岸线", "海案线", "海线"},
		{"turned round", "海岸", "岸海", "岸"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, have := []rune(c.want), []rune(c.have)
			var matched []rune
			for i, at := range align(want, have) {
				if at >= 0 && want[at] != have[i] {
					t.Fatalf("%c stands for %c", have[i], want[at])
				}
				if at >= 0 {
					matched = append(matched, want[at])
				}
			}
			if len(matched) != len([]rune(c.matched)) || len(c.matched) > 3 && string(matched) != c.matched {
				t.Errorf("matched %q, want %q", string(matched), c.matched)
			}
		})
	}
}

// Another text altogether is told as such, in bounded time and memory.
func TestAlignOfAnotherText(t *testing.T) {
	want, have := []rune("题"+strings.Repeat("甲", 9000)), []rune("题"+strings.Repeat("乙", 9000))
	for i, at := range align(want, have) {
		if i == 0 && at != 0 || i > 0 && at >= 0 {
			t.Fatalf("character %d stands for %d", i, at)
		}
	}
}

// As many characters as possible are matched, each once and in order: as many as
// the longest common subsequence has by the textbook's table.
func FuzzAlign(f *testing.F) {
	f.Add("海岸线财经", "海线的财经")
	f.Add("aabbab", "babaa")
	f.Fuzz(func(t *testing.T, a, b string) {
		want, have := []rune(a), []rune(b)
		if len(want) > 60 || len(have) > 60 {
			return
		}
		places, last, matched := align(want, have), -1, 0
		for i, at := range places {
			if at < 0 {
				continue
			}
			if at <= last || want[at] != have[i] {
				t.Fatalf("%q, %q: character %d stands for %d", a, b, i, at)
			}
			last = at
			matched++
		}
		if longest := common(want, have); matched != longest {
			t.Errorf("%q, %q: matched %d of %d", a, b, matched, longest)
		}
	})
}

// common is the length of the longest common subsequence.
func common(a, b []rune) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for k := range b {
			table[i+1][k+1] = max(table[i][k+1], table[i+1][k])
			if a[i] == b[k] {
				table[i+1][k+1] = table[i][k] + 1
			}
		}
	}
	return table[len(a)][len(b)]
}
