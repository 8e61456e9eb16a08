package noto

import (
	"fmt"
	"slices"
	"sync"

	"offprint/fonts"
	"offprint/typeset"
)

// The weights that the families have, on the scale of OpenType's usWeightClass.
const (
	Regular = 400
	Bold    = 700
)

// family is some faces that differ in weight alone.
type family struct {
	name    string
	langs   []string // as in fonts.Family
	samples []Sample
	faces   []face
}

// face is one embedded file. refresh.sh finds its name and hash by their places:
// one behind the other in a line.
type face struct {
	weight int
	file   string
	sha256 string
	data   *string
}

// Sample is a line of text in a language that the faces are drawn for. All its
// characters are in them.
type Sample struct{ Lang, Text string }

// Library gives the embedded families, the same library each time.
func Library() *fonts.Library { return library() }

var library = sync.OnceValue(func() *fonts.Library { return fonts.NewLibrary(Families()...) })

// Families lists the embedded families in order of preference, for programs that
// put families of their own before them.
func Families() []fonts.Family {
	list := make([]fonts.Family, 0, len(families))
	for _, f := range families {
		list = append(list, fonts.Family{
			Name:    f.name,
			Langs:   slices.Clone(f.langs),
			Regular: f.loader(Regular),
			Bold:    f.loader(Bold),
		})
	}
	return list
}

// Face gives the face of a family, such as "Noto Sans SC", in a weight: the same
// one each time. It is nil for a family or weight that is not embedded.
func Face(name string, weight int) *fonts.Font {
	open, ok := opened()[faceKey{name, weight}]
	if !ok {
		return nil
	}
	return open()
}

// Samples lists a line of text for each language that was thought of when the
// faces were chosen.
func Samples() []Sample {
	var all []Sample
	for _, f := range families {
		all = append(all, f.samples...)
	}
	return all
}

// loader gives what opens the family's face of a weight, or nil when it has none.
func (f *family) loader(weight int) func() typeset.Face {
	open, ok := opened()[faceKey{f.name, weight}]
	if !ok {
		return nil
	}
	return func() typeset.Face { return open() }
}

type faceKey struct {
	family string
	weight int
}

// opened holds what opens each face, once.
var opened = sync.OnceValue(func() map[faceKey]func() *fonts.Font {
	open := map[faceKey]func() *fonts.Font{}
	for _, f := range families {
		for _, one := range f.faces {
			open[faceKey{f.name, one.weight}] = sync.OnceValue(one.open)
		}
	}
	return open
})

func (f face) open() *fonts.Font {
	font, err := fonts.Parse(*f.data)
	if err != nil {
		panic(fmt.Sprintf("noto: the embedded file %s is damaged: %v", f.file, err))
	}
	return font
}
