package noto

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The files are those that the table lists, all of them and no other.
func TestFilesAreThoseOfTheTable(t *testing.T) {
	want := map[string]string{licence: licenceSum}
	for _, f := range families {
		for _, one := range f.faces {
			want[one.file] = one.sha256
			if data, err := os.ReadFile(one.file); err != nil || string(data) != *one.data {
				t.Errorf("%s is not the file that is embedded for it (%v)", one.file, err)
			}
		}
	}
	files, err := filepath.Glob("*.t[tx]*") // faces and their licence
	if err != nil || len(files) != len(want) {
		t.Errorf("the files are %v (%v), want %d", files, err, len(want))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want[file] {
			t.Errorf("%s has the hash %s, want %q: run make fonts", file, got, want[file])
		}
	}
}

// refresh.sh reads the table with sed.
func TestRefreshReadsTheTable(t *testing.T) {
	out, err := exec.Command("sh", "../refresh.sh", "--sums").Output()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{licenceSum + "  " + licence}
	for _, f := range families {
		for _, one := range f.faces {
			want = append(want, one.sha256+"  "+one.file)
		}
	}
	got := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("refresh.sh --sums printed\n%q, want\n%q", got, want)
	}
}

// A sample is what its family is drawn for, in each of its weights.
func TestSamplesAreCovered(t *testing.T) {
	for _, f := range families {
		if len(f.samples) == 0 {
			t.Errorf("%s has no sample", f.name)
		}
		for _, sample := range f.samples {
			for _, one := range f.faces {
				font := Face(f.name, one.weight)
				for _, r := range sample.Text {
					if _, ok := font.Glyph(r); !ok {
						t.Errorf("%s has no %c of the sample in %s", one.file, r, sample.Lang)
					}
				}
			}
			if chain := Library().Chain(sample.Lang, false); chain[0] != Face(f.name, Regular) {
				t.Errorf("the sample in %s is set in %s first, not in %s", sample.Lang, chain[0].Name(), f.name)
			}
		}
	}
}

func TestFaceThatIsNotEmbedded(t *testing.T) {
	if Face("Noto Sans SC", 900) != nil || Face("Times", Regular) != nil {
		t.Error("a face that nobody embedded")
	}
	if first, again := Library(), Library(); first != again {
		t.Error("the library is made twice")
	}
}
