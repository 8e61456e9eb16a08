package fonts_test

import (
	"strings"
	"testing"

	"offprint/fonts"
	"offprint/typeset"
)

// named is a face that has nothing but a name.
type named struct {
	typeset.Face
	name string
}

func (n named) Name() string { return n.name }

// family makes a family whose loads are counted by face.
func family(name string, loads map[string]int, langs ...string) fonts.Family {
	load := func(face string) func() typeset.Face {
		return func() typeset.Face {
			loads[face]++
			return named{name: face}
		}
	}
	return fonts.Family{Name: name, Langs: langs, Regular: load(name), Bold: load(name + "-Bold")}
}

func names(chain typeset.Chain) string {
	var list []string
	for _, face := range chain {
		list = append(list, face.Name())
	}
	return strings.Join(list, " ")
}

func TestChainPutsTheLanguagesFamilyFirst(t *testing.T) {
	loads := map[string]int{}
	library := fonts.NewLibrary(
		family("SC", loads, "zh", "zh-Hans"),
		family("HK", loads, "zh-Hant", "zh-HK", "zh-TW", "zh-MO"),
		family("JP", loads, "ja"),
	)
	cases := []struct {
		lang string
		bold bool
		want string
	}{
		{"zh-Hans", false, "SC HK JP"},
		{"zh-Hans-HK", false, "SC HK JP"}, // simplified characters, read in Hong Kong
		{"zh", false, "SC HK JP"},
		{"zh-CN", false, "SC HK JP"},
		{"zh-Hant", false, "HK SC JP"},
		{"zh-Hant-HK", false, "HK SC JP"},
		{"zh-hant-tw", false, "HK SC JP"},
		{"zh-TW", false, "HK SC JP"},
		{"ja", false, "JP SC HK"},
		{"ja-JP", false, "JP SC HK"},
		{"jam", false, "SC HK JP"}, // Jamaican Creole
		{"en", false, "SC HK JP"},
		{"", false, "SC HK JP"},
		{"zh-Hant", true, "HK-Bold SC-Bold JP-Bold HK SC JP"},
	}
	for _, c := range cases {
		if got := names(library.Chain(c.lang, c.bold)); got != c.want {
			t.Errorf("chain for %q, bold %t: %s, want %s", c.lang, c.bold, got, c.want)
		}
	}
}

func TestChainLoadsNoBoldFaceForRegularText(t *testing.T) {
	loads := map[string]int{}
	library := fonts.NewLibrary(family("SC", loads, "zh"), family("HK", loads, "zh-Hant"))
	library.Chain("zh", false)
	if loads["SC-Bold"] != 0 || loads["HK-Bold"] != 0 {
		t.Errorf("loaded: %v", loads)
	}
}

func TestChainWithoutBold(t *testing.T) {
	loads := map[string]int{}
	light := family("Light", loads, "en")
	light.Bold = nil
	library := fonts.NewLibrary(light, family("SC", loads, "zh"))
	if got, want := names(library.Chain("en", true)), "SC-Bold Light SC"; got != want {
		t.Errorf("bold chain %s, want %s", got, want)
	}
	if got := names(fonts.NewLibrary().Chain("zh", true)); got != "" {
		t.Errorf("a library of nothing gives %s", got)
	}
}

// A library keeps its own list.
func TestLibraryIsNotChangedFromOutside(t *testing.T) {
	loads := map[string]int{}
	families := []fonts.Family{family("SC", loads, "zh"), family("HK", loads, "zh-Hant")}
	library := fonts.NewLibrary(families...)
	families[0] = families[1]
	if got := names(library.Chain("zh", false)); got != "SC HK" {
		t.Errorf("chain %s", got)
	}
}
